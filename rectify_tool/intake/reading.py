"""读表 — bytes and their kind to grids, by the reader for that kind or by its second reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from rectify_tool.findings import Code
from rectify_tool.intake import biff, ooxml, opendocument, plaintext, properties
from rectify_tool.intake.failure import Unreadable
from rectify_tool.intake.grids import Book, Cleaner, Extras, Note, make_grid
from rectify_tool.intake.kinds import FileKind, extension_of, kind_of
from rectify_tool.intake.opened import decrypted, is_locked_xls
from rectify_tool.intake.package import Parts, unpack
from rectify_tool.intake.values import SheetValues, fast_values
from rectify_tool.model import FileOutcome

Rows = Sequence[Sequence[object]]

_REPAIRED: Note = (Code.FILE_REPAIRED, {})
_FOREIGN_TABLES = frozenset({FileKind.HTML, FileKind.XML_SHEET, FileKind.XML})
_TEXT_TABLES = frozenset({"csv", "tsv"})


def read_book(file: str, data: bytes, kind: FileKind, *, second: bool = False) -> Book:
    """读表 — the grids of one file; Unreadable where it is no workbook or will not open.

    ``second`` passes over the first reader, which has died on this file already.
    """
    if kind is FileKind.TEXT:
        return _read_text(file, data)
    if kind is FileKind.ENCRYPTED:
        data = decrypted(data)
        kind = kind_of(data)
    if kind in _READERS:
        return _READERS[kind](data, second)
    raise _not_a_table(kind)


def _not_a_table(kind: FileKind) -> Unreadable:
    if kind is FileKind.SHORTCUT:
        return Unreadable(Code.FILE_LINKED, FileOutcome.SKIPPED)
    if kind in _FOREIGN_TABLES:
        return Unreadable(Code.FILE_FOREIGN_TABLE, kind=kind.value)
    return Unreadable(Code.FILE_NOT_WORKBOOK, FileOutcome.SKIPPED, kind=kind.value)


# ---------------------------------------------------------------- 各种格式 ----


def _read_xlsx(data: bytes, second: bool) -> Book:
    parts = unpack(data)
    if properties.is_own_output(parts):
        raise Unreadable(Code.FILE_OWN_OUTPUT, FileOutcome.SKIPPED)
    book = ooxml.open_workbook(parts)
    scans = [ooxml.scan_sheet(book, sheet) for sheet in book.sheets]
    unfit = book.names_repeat or any(scan.is_sparse for scan in scans)
    rows = None if second or unfit else _rows_of(fast_values(data, merges=False), book.sheets)
    notes = _macro_note(parts) + ((_REPAIRED,) if rows is None and not unfit else ())
    return _book(
        [scan.extras for scan in scans],
        rows or [ooxml.read_values(book, sheet) for sheet in book.sheets],
        counted=sum(scan.counted for scan in scans),
        saved_at=properties.ooxml_saved_at(parts),
        notes=notes,
    )


def _rows_of(found: list[SheetValues] | None, sheets: Sequence[ooxml.Sheet]) -> list[Rows] | None:
    """The fast reader's rows for these sheets; None where it failed or does not see the same sheets."""
    known = {(sheet.index, sheet.name): sheet.rows for sheet in found or ()}
    places = [(sheet.index, sheet.name) for sheet in sheets]
    return [known[place] for place in places] if all(place in known for place in places) else None


def _macro_note(parts: Parts) -> tuple[Note, ...]:
    return ((Code.FILE_MACRO, {}),) if any(name.endswith("vbaproject.bin") for name in parts) else ()


def _read_xlsb(data: bytes, second: bool) -> Book:
    parts = unpack(data)
    found = None if second else fast_values(data, merges=True)
    if found is None:
        raise Unreadable(Code.FILE_READER_DIED, detail="二进制工作簿的内容不合规范")
    extras, rows, counted = _joined(found, None)
    saved_at = properties.ooxml_saved_at(parts)
    return _book(extras, rows, counted=counted, saved_at=saved_at, notes=_macro_note(parts))


def _read_xls(data: bytes, second: bool) -> Book:
    if is_locked_xls(data):
        data = decrypted(data)
    beside = biff.scan_beside(data)
    unfit = any(sheet.is_sparse for sheet in beside or ())
    found = None if second or unfit else fast_values(data, merges=True)
    extras, rows, counted = _joined(found, beside if found or beside else biff.read_alone(data))
    notes = (_REPAIRED,) if found is None and not unfit else ()
    return _book(extras, rows, counted=counted, saved_at=properties.ole_saved_at(data), notes=notes)


def _read_raw_xls(data: bytes, second: bool) -> Book:
    extras, rows, counted = _joined(None, biff.read_alone(data))
    return _book(extras, rows, counted=counted, saved_at=None, notes=())


def _read_ods(data: bytes, second: bool) -> Book:
    parts = unpack(data)
    beside = opendocument.scan(parts)
    unfit = any(sheet.is_sparse for sheet in beside)
    found = None if second or unfit else fast_values(data, merges=False)
    extras, rows, counted = _joined(found, beside)
    notes = (_REPAIRED,) if found is None and not unfit else ()
    return _book(extras, rows, counted=counted, saved_at=properties.ods_saved_at(parts), notes=notes)


def _joined(
    found: list[SheetValues] | None, beside: Sequence[biff.BiffSheet | opendocument.OdsSheet] | None
) -> tuple[list[Extras], list[Rows], int | None]:
    """The fast reader's values under the side reader's extras, sheet by sheet; either alone where the other failed."""
    by_name = {sheet.extras.name: sheet for sheet in beside or ()}
    if found is None:
        sheets = list(beside or ())
        return [sheet.extras for sheet in sheets], [sheet.rows for sheet in sheets], sum(s.counted for s in sheets)
    rows: list[Rows] = [sheet.rows for sheet in found]
    if len(by_name) != len(found) or any(sheet.name not in by_name for sheet in found):
        return [Extras(sheet.name, sheet.hidden, list(sheet.merges)) for sheet in found], rows, None
    return [by_name[sheet.name].extras for sheet in found], rows, sum(sheet.counted for sheet in by_name.values())


def _read_text(file: str, data: bytes) -> Book:
    """One grid, called after the file as Excel calls the sheet when it opens such a file."""
    decoded = plaintext.decode(data)
    rows = plaintext.split_rows(decoded.text, is_csv=extension_of(file) in _TEXT_TABLES) if decoded else None
    if decoded is None or rows is None:
        raise _not_a_table(FileKind.TEXT)
    notes: tuple[Note, ...] = ((Code.FILE_TEXT_GUESS, {"encoding": decoded.encoding}),) if decoded.guessed else ()
    return _book([Extras(PurePosixPath(file).stem)], [rows], counted=None, saved_at=None, notes=notes)


def _book(
    extras: Iterable[Extras],
    rows: Iterable[Rows],
    *,
    counted: int | None,
    saved_at: datetime | None,
    notes: tuple[Note, ...],
) -> Book:
    cleaner = Cleaner()
    grids = tuple(make_grid(extra, lines, cleaner) for extra, lines in zip(extras, rows, strict=True))
    return Book(grids, counted, saved_at, notes + cleaner.notes)


_READERS: dict[FileKind, Callable[[bytes, bool], Book]] = {
    FileKind.XLSX: _read_xlsx,
    FileKind.XLSB: _read_xlsb,
    FileKind.XLS: _read_xls,
    FileKind.RAW_XLS: _read_raw_xls,
    FileKind.ODS: _read_ods,
}
