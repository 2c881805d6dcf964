"""行 — the nouns as rows of 台账.db and back again; every publishing and record sealed by a digest of its rows.

SQLite notices a broken page, not a letter changed inside one: the seal does.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rectify_tool.history.columns import (
    BELOW,
    DIGEST,
    ENTRY,
    FINDING,
    HEARD,
    PLACE,
    PUBLISHING,
    RECORD,
    REPLY,
    Cells,
    Form,
    Stored,
    columns_of,
    fields_of,
    pair_of,
    row_of,
    take_text,
)
from rectify_tool.history.trouble import Trouble, Unusable
from rectify_tool.model import (
    DATABASE,
    Decision,
    Finding,
    Past,
    Published,
    PublishedItem,
    PublishedReply,
    Record,
    Source,
)

SEALED: Mapping[str, str] = {"publishing": "次定稿", "record": "条办理记录"}
"""封存的表 — and what one row of it is called."""


def add_publishing(db: sqlite3.Connection, published: Published, papers: Mapping[str, bytes]) -> int:
    """存一次定稿 — in the transaction that is open; returns its serial."""
    serial = _next(db, "publishing")
    head = (serial, *row_of(PUBLISHING, published))
    below = _rows_below(serial, published)
    _insert(db, "publishing", ("serial", *PUBLISHING, "seal"), [(*head, _seal(head, below))])
    for table, rows in below.items():
        if table != "output":
            _insert(db, table, columns_of(table), rows)
    outputs = [(*row, papers[name]) for row, name in zip(below["output"], published.outputs, strict=True)]
    _insert(db, "output", (*columns_of("output"), "content"), outputs)
    return serial


def add_record(db: sqlite3.Connection, record: Record) -> Record:
    """存一条办理记录 — in the transaction that is open; its serial is given here."""
    serial = _next(db, "record")
    row = (serial, *_record_row(record))
    _insert(db, "record", ("serial", *RECORD, "seal"), [(*row, _seal(row, {}))])
    return _record(row)


def read_all(db: sqlite3.Connection, place: Path) -> Past:
    """全部往期 — everything, each publishing and record checked against its seal, each paper against its digest.

    Raises:
        Unusable: DAMAGED; ``place`` is the file it names.
    """
    below = {table: _by_publishing(db, table) for table in BELOW}
    published = [
        _published(row, {table: below[table].get(row[0], []) for table in BELOW})
        for row in _unsealed(db, "publishing", PUBLISHING, below, place)
    ]
    records = [_record(row) for row in _unsealed(db, "record", RECORD, {}, place)]
    for publishing, name, digest, content in db.execute("SELECT publishing, file, sha256, content FROM output"):
        if type(content) is not bytes or sha256(content) != digest:
            raise Unusable(Trouble.DAMAGED, place, f"第{publishing}次定稿的“{take_text(name)}”与当时写下的不同")
    return Past(tuple(published), tuple(records))


def read_papers(db: sqlite3.Connection, serial: int) -> dict[str, bytes]:
    """一次定稿的材料 — byte for byte; empty where there is no such publishing."""
    rows = db.execute("SELECT file, content FROM output WHERE publishing = ? ORDER BY place", (serial,))
    return {take_text(name): content for name, content in rows}


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """各有多少 — publishings and records."""
    return {table: _next(db, table) - 1 for table in SEALED}


def sha256(content: bytes) -> str:
    """摘要 — the SHA-256 of a paper, in hex."""
    return hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------- 写 ----


def _rows_below(serial: int, published: Published) -> dict[str, list[Cells]]:
    replies = [
        (serial, entry, place, *row_of(REPLY, one, _source_of(one)))
        for entry, item in enumerate(published.items, 1)
        for place, one in enumerate(item.replies, 1)
    ]
    return {
        "entry": _placed(serial, (row_of(ENTRY, item) for item in published.items)),
        "reply": replies,
        "heard": _placed(serial, (pair_of(HEARD, pair) for pair in published.heard.items())),
        "finding": _placed(serial, (row_of(FINDING, one, _source_of(one)) for one in published.findings)),
        "source": _placed(serial, (pair_of(DIGEST, pair) for pair in published.sources.items())),
        "output": _placed(serial, (pair_of(DIGEST, pair) for pair in published.outputs.items())),
    }


def _placed(serial: int, rows: Iterable[Cells]) -> list[Cells]:
    return [(serial, place, *row) for place, row in enumerate(rows, 1)]


def _source_of(noun: PublishedReply | Finding) -> Mapping[str, object]:
    return noun.source._asdict()


def _record_row(record: Record) -> Cells:
    if record.decision is None:
        unset = dict.fromkeys(("act", "no", "unit", "day", "new_due"))
        return row_of(RECORD, record, unset)
    return row_of(RECORD, record.decision, {"at": record.at, "undoes": None})


def _insert(db: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    slots = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({slots})", rows)


def _next(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT 1 + coalesce(max(serial), 0) FROM {table}").fetchone()[0])


def _seal(head: Cells, below: Mapping[str, Sequence[Cells]]) -> str:
    """封存 — the digest of a row and of the rows below it, table after table.

    ascii() and not repr(): what repr() shows as it is depends on the Unicode tables of the Python at hand.
    """
    digest = hashlib.sha256(ascii(head).encode())
    for table, rows in below.items():
        digest.update(table.encode())
        for row in rows:
            digest.update(ascii(row).encode())
    return digest.hexdigest()


# ---------------------------------------------------------------- 读 ----


def _by_publishing(db: sqlite3.Connection, table: str) -> Mapping[Stored, list[Cells]]:
    """按定稿分组 — rows in the order of writing, which is the order of their places."""
    grouped: defaultdict[Stored, list[Cells]] = defaultdict(list)
    for row in _rows(db, table, columns_of(table)):
        grouped[row[0]].append(row)
    return grouped


def _rows(db: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Cells]:
    names = ", ".join(f'"{name}"' for name in columns)
    return db.execute(f"SELECT {names} FROM {table} ORDER BY rowid")


def _unsealed(
    db: sqlite3.Connection,
    table: str,
    columns: Mapping[str, Form],
    below: Mapping[str, Mapping[Stored, list[Cells]]],
    place: Path,
) -> Iterator[Cells]:
    """验封 — the rows of a sealed table without their seals, each checked; their serials leave no gap."""
    for serial, (*row, seal) in enumerate(_rows(db, table, ("serial", *columns, "seal")), 1):
        head = tuple(row)
        under = {name: groups.get(head[0], []) for name, groups in below.items()}
        if head[0] != serial or _seal(head, under) != seal:
            raise Unusable(Trouble.DAMAGED, place, f"第{serial}{SEALED[table]}与当时写下的不同")
        yield head


def _published(row: Cells, below: Mapping[str, list[Cells]]) -> Published:
    replies: defaultdict[Stored, list[PublishedReply]] = defaultdict(list)
    for _, entry, _, *cells in below["reply"]:
        replies[entry].append(PublishedReply(**_sourced(fields_of(REPLY, cells))))
    return Published(
        serial=int(row[0] or 0),
        **fields_of(PUBLISHING, row[1:]),
        items=tuple(
            PublishedItem(**fields_of(ENTRY, cells), replies=tuple(replies[place]))
            for _, place, *cells in below["entry"]
        ),
        heard=_mapping(HEARD, below["heard"]),
        findings=tuple(Finding(**_sourced(fields_of(FINDING, cells))) for _, _, *cells in below["finding"]),
        sources=_mapping(DIGEST, below["source"]),
        outputs=_mapping(DIGEST, below["output"]),
    )


def _record(row: Cells) -> Record:
    serial, fields = int(row[0] or 0), fields_of(RECORD, row[1:])
    at, undoes = fields.pop("at"), fields.pop("undoes")
    if undoes is not None:
        return Record(serial, at, None, undoes, fields["why"], fields["by"])
    return Record(serial, at, Decision(**fields, source=Source(DATABASE, None, f"第{serial}条")))


def _sourced(fields: dict[str, Any]) -> dict[str, Any]:
    source = Source(*(fields.pop(name) for name in PLACE))
    return {**fields, "source": source}


def _mapping(columns: Mapping[str, Form], rows: Iterable[Cells]) -> dict[Any, Any]:
    key, value = columns.values()
    return {key.take(one): value.take(other) for _, _, one, other in rows}
