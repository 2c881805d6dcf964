"""改口径文件 — one value of a TOML text set or taken out; every other byte, comment and order stays as it was.

There are several ways to write the same thing into a text that people have laid out as they like. Each is tried in
turn, the neatest first, and the first is taken whose text means exactly what was wanted: meaning is checked by another
reader (tomllib) than the one that writes (tomlkit).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

Path = Sequence[str]
Value = str | bool | int | date | list[str] | None
_LONG = 80


class CannotRewrite(Exception):
    """改不了 — the text is laid out in a way that none of ours can change; a person can, in an editor."""


def rewritten(text: str, path: Path, value: Value) -> str:
    """改写 — ``text`` with the value at ``path`` set, or taken out where it is None.

    What is taken out goes with the comment on its own line; comments on lines of their own stay. A value that is set
    keeps the comment behind it, a ``{ value, source }`` its source. A new one stands after the last of its section, a
    new section at the end.

    Raises:
        CannotRewrite: Where no way of writing it means what was wanted.
    """
    from tomlkit.exceptions import TOMLKitError

    wanted = _meaning_with(text, path, value)
    if wanted == _meaning(text):
        return text
    for way in (_in_place, _behind_the_last, _as_new_section, _anyhow):
        try:
            made = way(text, path, value)
        except (TOMLKitError, KeyError, TypeError, ValueError):  # laid out otherwise than this way can write
            continue
        if _meaning(made) == wanted:
            return made
    raise CannotRewrite(".".join(path))


# ---------------------------------------------------------------- 含义 ----


def _meaning(text: str) -> dict[str, Any] | None:
    """含义 — what the text says, sections without content left aside; None where it is no TOML."""
    try:
        return _without_empty(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return None


def _meaning_with(text: str, path: Path, value: Value) -> dict[str, Any]:
    tree = tomllib.loads(text)
    *sections, name = path
    inner = tree
    for section in sections:
        inner = inner.setdefault(section, {})
        if not isinstance(inner, dict):
            raise CannotRewrite(".".join(path))
    given = inner.get(name)
    if value is None:
        inner.pop(name, None)
    elif isinstance(given, dict):
        given["value"] = value
    else:
        inner[name] = value
    return _without_empty(tree)


def _without_empty(tree: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: _without_empty(value) if isinstance(value, dict) else value for key, value in tree.items()}
    return {key: value for key, value in kept.items() if value != {}}


# ---------------------------------------------------------------- 写法 ----


def _in_place(text: str, path: Path, value: Value) -> str:
    """就地 — what is there already: another value in its place, or its line gone."""
    import tomlkit

    document = tomlkit.parse(text)
    inner, name = _section(document, path), path[-1]
    given = inner[name]
    if value is None:
        del inner[name]
    elif isinstance(given, dict):
        given["value"] = value
    elif isinstance(given, list) and isinstance(value, list):
        inner[name] = _grown(given, value) or _item(value)
    else:
        inner[name] = value
    return tomlkit.dumps(document)


def _grown(given: Any, value: list[str]) -> Any:
    """原来的名单 — without what is gone and with what is new at its end, its comments kept; None where words moved."""
    old = list(given)
    kept = [one for one in old if one in value]
    if value[: len(kept)] != kept or len(set(old)) < len(old):
        return None
    for one in [one for one in old if one not in value]:
        given.remove(one)
    given.extend(value[len(kept) :])
    return given


def _behind_the_last(text: str, path: Path, value: Value) -> str:
    """跟在后面 — a line of its own behind the last one of its section, before any comment on the next."""
    import tomlkit
    from tomlkit.items import AoT, Table

    document = tomlkit.parse(text)
    table = _section(document, path)
    if not isinstance(table, Table):
        raise TypeError(type(table))
    lines = [item for key, item in table.value.body if key is not None and not isinstance(item, Table | AoT)]
    trivia = (lines[-1] if lines else table).trivia
    trivia.trail = (trivia.trail or "\n") + _line(path[-1], value)
    return tomlkit.dumps(document)


def _as_new_section(text: str, path: Path, value: Value) -> str:
    """另起一节 — at the end of the text."""
    import tomlkit

    head = ".".join(tomlkit.key(one).as_string() for one in path[:-1])
    before = "{}\n\n".format(text.rstrip("\n")) if text.strip() else ""
    return f"{before}[{head}]\n{_line(path[-1], value)}"


def _anyhow(text: str, path: Path, value: Value) -> str:
    """随它放 — wherever the library finds a place: inside ``{ … }``, or among dotted names."""
    import tomlkit

    document = tomlkit.parse(text)
    inner: Any = document
    for section in path[:-1]:
        inner = inner.setdefault(section, {})
    inner[path[-1]] = value
    return tomlkit.dumps(document)


def _section(document: Any, path: Path) -> Any:
    for section in path[:-1]:
        document = document[section]
    return document


def _line(name: str, value: Value) -> str:
    import tomlkit

    return tomlkit.dumps(tomlkit.document().add(name, _item(value)))


def _item(value: Value) -> Any:
    """写成的值 — long lists one to a line."""
    import tomlkit

    if not isinstance(value, list):
        return tomlkit.item(value)
    made = tomlkit.array()
    made.extend(value)
    return made.multiline(sum(map(len, value)) > _LONG)
