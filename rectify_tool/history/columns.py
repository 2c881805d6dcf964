"""列 — what each column of 台账.db holds of which noun, and how it is kept.

Text is kept as text, so that a person can read the tables in any SQLite browser; only what is no Unicode (half a
surrogate pair) is kept as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from rectify_tool.model import Act, Claim, Heard, Severity, Standing

Stored = str | int | bytes | None
"""存下的值 — what SQLite holds in one cell."""
Cells = tuple[Stored, ...]
"""存下的行 — the cells of one row."""


class Form(NamedTuple):
    """存法 — how a value of one column becomes what SQLite stores, and how it comes back."""

    put: Callable[[Any], Stored]
    take: Callable[[Any], Any]


def _put_text(text: str) -> Stored:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def take_text(stored: str | bytes) -> str:
    """文字 — as it was, of what SQLite stored."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")


def _or_none(form: Form) -> Form:
    put, take = form
    return Form(
        lambda value: None if value is None else put(value), lambda stored: None if stored is None else take(stored)
    )


def _remembered(take: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """记住 — for what comes again in every bulletin: the same days, words and lists of units."""
    return lru_cache(maxsize=4096)(take)


def _word(kind: type[Enum]) -> Form:
    return Form(attrgetter("value"), _remembered(kind))


_TEXT = Form(_put_text, take_text)
_NUMBER = Form(int, int)
_FLAG = Form(int, bool)
_DAY = Form(date.isoformat, _remembered(date.fromisoformat))
_MOMENT = Form(datetime.isoformat, datetime.fromisoformat)
_NAMES = Form(
    lambda names: _put_text(json.dumps(names, ensure_ascii=False)),
    _remembered(lambda stored: tuple(json.loads(take_text(stored)))),
)
PLACE = {"file": _TEXT, "sheet": _or_none(_TEXT), "cell": _or_none(_TEXT)}

PUBLISHING: Mapping[str, Form] = {
    "number": _NUMBER,
    "as_of": _DAY,
    "published": _MOMENT,
    "tool": _TEXT,
    "folder": _TEXT,
    "why": _TEXT,
    "accepted": _TEXT,
}
ENTRY: Mapping[str, Form] = {
    "no": _TEXT,
    "aspect": _TEXT,
    "problem": _TEXT,
    "matter": _TEXT,
    "leaders": _NAMES,
    "lead": _or_none(_TEXT),
    "units": _NAMES,
    "deadline": _TEXT,
    "due": _or_none(_DAY),
    "standing": _word(Standing),
    "days_left": _or_none(_NUMBER),
    "because": _TEXT,
    "claimed": _word(Claim),
    "finished": _or_none(_DAY),
    "to_confirm": _FLAG,
    "heard": _word(Heard),
}
REPLY: Mapping[str, Form] = {
    "unit": _or_none(_TEXT),
    "claimed": _word(Claim),
    "progress": _TEXT,
    "sent": _or_none(_DAY),
    **PLACE,
    "lead": _FLAG,
}
FINDING: Mapping[str, Form] = {"code": _TEXT, "severity": _word(Severity), **PLACE, "message": _TEXT}
HEARD: Mapping[str, Form] = {"unit": _TEXT, "heard": _word(Heard)}
DIGEST: Mapping[str, Form] = {"file": _TEXT, "sha256": _TEXT}
RECORD: Mapping[str, Form] = {
    "at": _MOMENT,
    "act": _or_none(_word(Act)),
    "no": _or_none(_TEXT),
    "unit": _or_none(_TEXT),
    "day": _or_none(_DAY),
    "new_due": _or_none(_DAY),
    "why": _TEXT,
    "by": _TEXT,
    "undoes": _or_none(_NUMBER),
}
BELOW: Mapping[str, Mapping[str, Form]] = {
    "entry": ENTRY,
    "reply": REPLY,
    "heard": HEARD,
    "finding": FINDING,
    "source": DIGEST,
    "output": DIGEST,
}
"""一次定稿之下的各表 — in the order they are written and sealed."""


def columns_of(table: str) -> tuple[str, ...]:
    """一表的各列 — which publishing and where in it, then what it holds; the bytes of a paper apart."""
    within = ("entry", "place") if table == "reply" else ("place",)
    return ("publishing", *within, *BELOW[table])


def row_of(columns: Mapping[str, Form], noun: object, apart: Mapping[str, object] | None = None) -> Cells:
    """一行 — the fields of a noun in the order of the columns; those named in ``apart`` from there."""
    apart = apart or {}
    return tuple(form.put(apart[name] if name in apart else getattr(noun, name)) for name, form in columns.items())


def pair_of(columns: Mapping[str, Form], pair: tuple[object, ...]) -> Cells:
    """一对 — a name and what it maps to, as a row."""
    return tuple(form.put(value) for form, value in zip(columns.values(), pair, strict=True))


def fields_of(columns: Mapping[str, Form], cells: Sequence[Stored]) -> dict[str, Any]:
    """各项 — the fields of a noun by name, of a row."""
    return {name: form.take(cell) for (name, form), cell in zip(columns.items(), cells, strict=True)}
