"""打包 — how what was understood travels from a reading process to the parent: as columns of plain values.

Pickle writes a named tuple by asking for its class and its fields, one cell after the other; a tuple of a thousand
texts it writes at once. A table's rows therefore travel as five columns of cell fields and the shape of each row,
which costs a third on the way out and half on the way in.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from rectify_tool.model import Cell, Column, Finding, Heading, Received, Row, SetAside, Submission, Table

Shape = tuple[tuple[Column, ...], tuple[int, ...] | None]
"""行的形状 — the columns a row fills, and how many cells each holds; None where each holds one, as nearly always."""

Fields = tuple[tuple[Any, ...], ...]
"""各栏 — one tuple for each field of a named tuple, in the order of its fields; none where there are no tuples."""

_as_cell: Callable[[tuple[Any, ...]], Cell] = partial(tuple.__new__, Cell)  # past the named tuple's own slow __new__
_as_aside: Callable[[tuple[Any, ...]], SetAside] = partial(tuple.__new__, SetAside)


def pack(noun: object) -> bytes:
    """打包 — a noun of this room with all that it holds."""
    parcel = io.BytesIO()
    _Packer(parcel, pickle.HIGHEST_PROTOCOL).dump(noun)
    return parcel.getvalue()


def unpack(parcel: bytes) -> Any:
    """拆包 — the noun again; raises where the parcel is torn."""
    return pickle.loads(parcel)


def _pack_table(table: Table) -> tuple[Any, ...]:
    files, sheets, numbers, cells, hidden = zip(*table.rows, strict=True) if table.rows else ((),) * 5
    all_cells = chain.from_iterable(chain.from_iterable(map(dict.values, cells)))
    rows = (files, sheets, numbers, _shapes(cells), hidden)
    return _table, (table.sheet, table.title, table.headings, rows, tuple(zip(*all_cells, strict=True)), table.footer)


def _shapes(rows: Sequence[dict[Column, tuple[Cell, ...]]]) -> tuple[Shape, ...]:
    """Equal shapes are one object, so that each travels once."""
    known: dict[tuple[tuple[Column, ...], tuple[int, ...]], Shape] = {}
    shapes: list[Shape] = []
    for cells in rows:
        key = (tuple(cells), tuple(map(len, cells.values())))
        shape = known.get(key)
        if shape is None:
            shape = known[key] = (key[0], None if set(key[1]) <= {1} else key[1])
        shapes.append(shape)
    return tuple(shapes)


def _table(
    sheet: str, title: tuple[Cell, ...], headings: tuple[Heading, ...], rows: Fields, cells: Fields, footer: Any
) -> Table:
    return Table(sheet, title, headings, tuple(_rows(rows, cells)), footer)


def _rows(rows: Fields, fields_of_cells: Fields) -> Iterator[Row]:
    cells = map(_as_cell, zip(*fields_of_cells, strict=True))
    for file, sheet, number, (columns, counts), hidden in zip(*rows, strict=True):
        # a zip asks the columns first, so that it takes no cell beyond the last column
        each = zip(cells) if counts is None else (tuple(islice(cells, count)) for count in counts)
        yield Row(file, sheet, number, dict(zip(columns, each)), hidden)  # noqa: B905 - the cells go on


def _pack_submission(content: Submission) -> tuple[Any, ...]:
    aside = tuple(zip(*content.set_aside, strict=True))
    return _submission, (content.file, content.tables, aside, content.findings)


def _submission(file: str, tables: tuple[Table, ...], aside: Fields, findings: tuple[Finding, ...]) -> Submission:
    return Submission(file, tables, tuple(map(_as_aside, zip(*aside, strict=True))), findings)


def _by_fields(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """A frozen dataclass would be asked for its fields anew each time."""
    values = attrgetter(*(one.name for one in fields(kind)))
    return lambda noun: (kind, values(noun))


class _Packer(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | {
        Table: _pack_table,
        Submission: _pack_submission,
        Heading: _by_fields(Heading),
        Finding: _by_fields(Finding),
        Received: _by_fields(Received),
    }
