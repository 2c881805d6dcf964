"""样例的写法 — the text of a case → a work folder on disk."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from tests.findings.deeds import DEEDS, edit_parts
from tests.sheets import sheet

CASES = Path(__file__).parent
BREAKDOWN = "责任分解表.xlsx"
_WORKBOOKS = (".xlsx", ".xlsm", ".et")
_TYPED = re.compile(r"(?P<value>[-\d.]+)\{(?P<format>[^{}]*)\}")
_UNDER_MERGE = re.compile(r"\^([^|\s][^|]*?)\s*$")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
_UNCACHED = re.compile(rb"(</f>)<v>0</v>")


@dataclass(frozen=True, slots=True)
class File:
    """样例里的一个文件 — its path, what was done to it ("" for nothing), and its text."""

    path: str
    deed: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """样例 — what it shows, for which day and number, on which day, its findings word for word, and its files."""

    code: str
    about: str
    as_of: date
    number: int
    now: date
    stage: str
    expected: tuple[str, ...]
    files: tuple[File, ...]


def read_cases() -> dict[str, Case]:
    """全部样例 — by code."""
    return {path.stem: read_case(path.stem) for path in sorted(CASES.glob("[A-Z][0-9][0-9].txt"))}


def read_case(code: str) -> Case:
    """一个样例 — with the common 责任分解表 where it brings none of its own."""
    head, files = _parse((CASES / f"{code}.txt").read_text(encoding="utf-8"))
    if BREAKDOWN not in [file.path for file in files] and head.get("breakdown") != ["none"]:
        files = (*common_files(), *files)
    return Case(
        code=code,
        about="".join(head.get("#", ())),
        as_of=date.fromisoformat(head.get("as_of", ["2016-05-20"])[0]),
        number=int(head.get("number", ["1"])[0]),
        now=date.fromisoformat((head.get("now") or head.get("as_of", ["2016-05-20"]))[0]),
        stage=head.get("stage", [""])[0],
        expected=tuple(head.get("expect", ())),
        files=files,
    )


def common_files() -> tuple[File, ...]:
    """常用的责任分解表 — what most cases are read against."""
    return _parse((CASES / "common.txt").read_text(encoding="utf-8"))[1]


def _parse(text: str) -> tuple[dict[str, list[str]], tuple[File, ...]]:
    top, *sections = re.split(r"^== ", text, flags=re.MULTILINE)
    head: dict[str, list[str]] = {}
    for line in top.splitlines():
        key, value = ("#", line[1:]) if line.startswith("#") else line.split(":", 1) if line else ("", "")
        head.setdefault(key, []).append(value.strip())
    files = []
    for section in sections:
        heading, _, body = section.partition("\n")
        path, _, deed = heading.partition("!")
        files.append(File(path.strip(), deed.strip(), body.rstrip("\n")))
    return head, tuple(files)


# ---------------------------------------------------------------- 写到盘上 ----


def lay_out(case: Case, folder: Path) -> None:
    """铺开样例 — every file of the case below ``folder``, and then what was done to it."""
    for file in case.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        saved = datetime.combine(case.as_of, time(9))
        path.write_bytes(workbook(file.text, saved) if path.suffix in _WORKBOOKS else file.text.encode())
    for file in case.files:
        name, _, argument = file.deed.partition(" ")
        if name:
            DEEDS[name](folder / file.path, argument)


def workbook(text: str, saved: datetime) -> bytes:
    """工作簿 — the sheets of a text as .xlsx, saved at a given moment."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": saved})
        for heading, body in _sheets(text):
            name, *flags = heading.split()
            page = book.add_worksheet(name)
            _write_sheet(book, page, body)
            _hide(page, flags)
    return _without_cached(buffer.getvalue())


def _sheets(text: str) -> list[tuple[str, str]]:
    if not text.startswith("-- "):
        return [("Sheet1", text)]
    parts = [part.partition("\n") for part in re.split(r"^-- ", text, flags=re.MULTILINE)[1:]]
    return [(heading, body.rstrip("\n")) for heading, _, body in parts]


def _write_sheet(book: Any, page: Any, text: str) -> None:
    under: dict[tuple[int, int], str] = {}
    lines = []
    for row, line in enumerate(text.splitlines()):
        cells = line.split("|")
        for column, cell in enumerate(cells):
            if found := _UNDER_MERGE.match(cell.strip()):
                under[row, column] = found[1]
                cells[column] = "^"
        lines.append("|".join(cells))
    grid = sheet("\n".join(lines))
    for span in grid.merges:
        page.merge_range(*span, "")
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if value is not None:
                _write_cell(book, page, row, column, str(value))
    for (row, column), text in under.items():
        page.write_string(row, column, text)


def _write_cell(book: Any, page: Any, row: int, column: int, text: str) -> None:
    if text in _ERRORS:
        page.write_formula(row, column, "=NA()", None, text)
    elif text.startswith("=DISPIMG("):
        page.write_formula(row, column, text, None, text)
    elif text.startswith("="):
        page.write_formula(row, column, text)
    elif typed := _TYPED.fullmatch(text):
        shape = book.add_format({"num_format": typed["format"] or "General"})
        value = typed["value"]
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            page.write_datetime(row, column, datetime.fromisoformat(value), shape)
        else:
            page.write_number(row, column, float(value), shape)
    else:
        page.write_string(row, column, text)


def _hide(page: Any, flags: list[str]) -> None:
    for flag in flags:
        if flag == "隐藏":
            page.hide()
        elif flag.startswith("隐藏行"):
            page.set_row(int(flag[3:]) - 1, None, None, {"hidden": True})
        elif flag.startswith("隐藏列"):
            page.set_column(f"{flag[3:]}:{flag[3:]}", None, None, {"hidden": True})
        else:
            raise ValueError(f"不认识的标志：{flag}")


def _without_cached(data: bytes) -> bytes:
    """XlsxWriter stores 0 as the result of a formula; programs that do not calculate store nothing."""
    return edit_parts(data, lambda name, part: _UNCACHED.sub(rb"\1", part) if "worksheets/" in name else part)
