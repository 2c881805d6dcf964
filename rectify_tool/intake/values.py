"""取值 — the fast reader (calamine): the values of every worksheet, and merges where it tells of them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from rectify_tool.findings import Code
from rectify_tool.intake.failure import Unreadable
from rectify_tool.model import FileOutcome, Span


@dataclass(frozen=True, slots=True)
class SheetValues:
    """一页的值 — as calamine gives them, anchored at A1: "" for a blank cell, 1.0 for a whole number."""

    index: int
    name: str
    hidden: bool
    rows: list[list[object]]
    merges: tuple[Span, ...]


def fast_values(data: bytes, *, merges: bool) -> list[SheetValues] | None:
    """取值 — every worksheet in order (chart and macro sheets left out); None where calamine cannot.

    Raises Unreadable where a password is needed.
    """
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _sheet(
                    book.get_sheet_by_index(index), index, about.visible != calamine.SheetVisibleEnum.Visible, merges
                )
                for index, about in enumerate(book.sheets_metadata)
                if about.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise Unreadable(Code.FILE_PASSWORD, FileOutcome.NEEDS_PASSWORD) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the Rust reader is not an Exception
        return None


def _sheet(sheet: object, index: int, hidden: bool, merges: bool) -> SheetValues:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    ranges = (sheet.merged_cell_ranges or ()) if merges else ()  # type: ignore[attr-defined]
    spans = tuple(Span(top, left, bottom, right) for (top, left), (bottom, right) in ranges)
    return SheetValues(index, sheet.name, hidden, rows, spans)  # type: ignore[attr-defined]
