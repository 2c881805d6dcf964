"""收表 — what holds for every sheet: nothing is lost between the readers, and no file is able to stop the run."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rectify_tool.intake import list_files, plaintext, receive, sheetxml
from rectify_tool.intake.grids import count_cells
from rectify_tool.intake.kinds import FileKind, kind_of
from rectify_tool.intake.reading import read_book
from rectify_tool.model import FileOutcome, Value
from tests import forge
from tests.test_intake import understand

blanks = st.sampled_from([" ", "\u00a0", "\u3000 ", "\x0b"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | blanks
days = st.dates(date(1900, 3, 1), date(2100, 12, 31))
values = st.none() | texts | st.integers(-(10**9), 10**9) | st.booleans() | days
sheets = st.lists(st.lists(values, max_size=6), max_size=8)


def written(rows: Sequence[Sequence[Value | None]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, shown_as_day = book.add_worksheet("台账"), book.add_format({"num_format": 31})
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            _write(sheet, row, column, value, shown_as_day)
    book.close()
    return file.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value | None, day: object) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif value is not None:
        sheet.write_number(row, column, value)


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_the_independent_count_equals_the_cells_read(rows: list[list[Value | None]]) -> None:
    book = read_book("表.xlsx", written(rows), FileKind.XLSX)
    assert book.counted == count_cells(book.grids)


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_both_readers_give_the_same_values(rows: list[list[Value | None]]) -> None:
    data = written(rows)
    first, second = (read_book("表.xlsx", data, FileKind.XLSX, second=way) for way in (False, True))
    assert [cells(grid.rows) for grid in first.grids] == [cells(grid.rows) for grid in second.grids]


def cells(rows: Sequence[Sequence[Value | None]]) -> dict[tuple[int, int], Value]:
    return {(r, c): value for r, line in enumerate(rows) for c, value in enumerate(line) if value is not None}


kinds = st.sampled_from(["", ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="n"'])
cell_texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=6).map(escape)
raw_cells = st.tuples(kinds, st.sampled_from(["", "<f>A1+1</f>", '<f t="shared" si="0"/>']), st.none() | cell_texts)


raw_rows = st.tuples(st.sampled_from(["", ' hidden="1"', ' ht="0"', ' ht="20"']), st.lists(raw_cells, max_size=4))
RawRows = list[tuple[str, list[tuple[str, str, str | None]]]]


@settings(max_examples=100, deadline=None)
@given(st.lists(raw_rows, max_size=4))
def test_the_pattern_and_the_parser_see_the_same_sheet(rows: RawRows) -> None:
    part = _sheet_part(rows).encode()
    plain, any_way = sheetxml._plain_sheet(part), sheetxml._any_sheet(part)
    if plain is not None:
        assert sorted(map(_comparable, plain.cells), key=str) == sorted(map(_comparable, any_way.cells), key=str)
        assert plain.hidden_rows == any_way.hidden_rows


def _sheet_part(rows: RawRows) -> str:
    lines = []
    for at, (hidden, line) in enumerate(rows, start=1):
        written_cells = "".join(
            f'<c r="{"ABCD"[column]}{at}" s="1"{kind}'
            + ("/>" if text is None and not formula else f">{formula}{'' if text is None else f'<v>{text}</v>'}</c>")
            for column, (kind, formula, text) in enumerate(line)
        )
        lines.append(f'<row r="{at}"{hidden}>{written_cells}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _comparable(cell: sheetxml.RawCell) -> tuple[str, str, str, bool, str | None]:
    reference, style, kind, formula, text = cell
    return reference, "" if kind == "s" else style, kind, bool(formula), text  # a shared string needs no number format


@given(st.lists(st.lists(st.text('整改完成已ab,;\n" ', max_size=5), min_size=2, max_size=4), min_size=2, max_size=5))
@example([[";\n", ";"], [";\n", ";"]])
def test_a_text_table_is_read_back_in_every_encoding(rows: list[list[str]]) -> None:
    lines = [["序号", "进展"], *rows]
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        decoded = plaintext.decode(text.encode(encoding))
        assert decoded is not None and decoded.text == text
        assert plaintext.split_rows(decoded.text, is_csv=True) == lines


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(data: bytes) -> None:
    assert isinstance(kind_of(data), FileKind)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)), st.booleans())
def test_a_day_and_its_serial_are_one(day: date, epoch_1904: bool) -> None:
    from rectify_tool.intake.numfmt import from_serial

    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    serial = (day - start) / timedelta(1)
    if serial >= (0 if epoch_1904 else 61):
        assert from_serial(serial, epoch_1904) == day


@pytest.mark.parametrize("make", [forge._odd_xls, forge._chinese_date_formats, forge._odd_ods, forge._error_codes])
def test_seeded_mutants_each_end_in_one_outcome(make: forge.Make, tmp_path: Path) -> None:
    whole, seed = make(), random.Random(20160520)
    for at in range(25):
        (tmp_path / f"{at:02}.xlsx").write_bytes(_mutant(whole, seed))
    files, _ = list_files(tmp_path)
    ended = receive(files, understand, None, seconds=8)
    assert len(ended) == 25 and all(isinstance(one.outcome, FileOutcome) for one in ended)
    assert all(one.findings for one in ended if one.outcome is not FileOutcome.READ)
    assert not any(finding.code == "F06" for one in ended for finding in one.findings)


def _mutant(whole: bytes, seed: random.Random) -> bytes:
    mutant = bytearray(whole)
    for _ in range(seed.choice((1, 2, 8))):
        at = seed.randrange(len(mutant))
        change = seed.randrange(4)
        if change == 0:
            mutant[at] ^= 1 << seed.randrange(8)
        elif change == 1:
            del mutant[at : at + seed.randrange(1, 40)]
        elif change == 2:
            mutant[at:at] = seed.randbytes(seed.randrange(1, 40))
        else:
            mutant[at : at + 16] = bytes(16)
    return bytes(mutant)
