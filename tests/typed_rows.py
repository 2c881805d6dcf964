"""报送行样例 — rows of a table written as a sheet, for tests that start behind the table finder."""

from __future__ import annotations

from datetime import date

from rectify_tool.model import Cell, Column, Deadline, Item, Kind, Row, Value

_HEADINGS = {
    "编号": Column.NO,
    "方面": Column.ASPECT,
    "问题": Column.PROBLEM,
    "小项": Column.ITEM,
    "措施": Column.MEASURE,
    "时限": Column.DEADLINE,
    "进展": Column.PROGRESS,
}


def typed_rows(sheet: str) -> tuple[Row, ...]:
    """表样 → 行 — "|" between cells, ``^`` for a cell merged with the one above, ``=…`` for a value, not a text.

    ``=4.1`` is a figure, ``=2016-04-02`` a real date; everything else is text.
    """
    head, *body = [[cell.strip() for cell in line.split("|")] for line in sheet.strip().splitlines()]
    columns = [_HEADINGS[word] for word in head]
    above: dict[Column, Cell] = {}
    rows: list[Row] = []
    for place, line in enumerate(body, 1):
        cells: dict[Column, tuple[Cell, ...]] = {}
        for index, (column, written) in enumerate(zip(columns, line, strict=True)):
            if written == "^" and column in above:
                cells[column] = (above[column]._replace(inherited=True),)
            elif written not in ("", "^"):
                above[column] = Cell(written.lstrip("="), place, index, _value(written))
                cells[column] = (above[column],)
        rows.append(Row("样例.xlsx", "Sheet1", place, cells))
    return tuple(rows)


def typed_items(sheet: str) -> tuple[Item, ...]:
    """表样 → 小项 — the same sheet as the items of a breakdown; 编号 is taken as it stands."""
    return tuple(_item(row) for row in typed_rows(sheet))


def _item(row: Row) -> Item:
    return Item(
        no=row.text(Column.NO),
        aspect=row.text(Column.ASPECT),
        problem=row.text(Column.PROBLEM),
        item=row.text(Column.ITEM),
        measure=row.text(Column.MEASURE),
        goal="",
        leaders=(),
        lead=None,
        units=(),
        person="",
        deadline=Deadline(row.text(Column.DEADLINE), Kind.NONE),
        row=row,
    )


def _value(written: str) -> Value:
    if not written.startswith("="):
        return written
    if written.count("-") == 2:
        return date.fromisoformat(written[1:])
    return float(written[1:])
