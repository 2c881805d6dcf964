"""填表 — the only room that writes workbooks for people to fill in: 办理登记.xlsx, with drop-downs.

Nothing in it can act: every text is written as text, no formula, no link; given the same moment the file is the same,
byte for byte. What the drop-downs offer stands on a sheet of its own, so that it is never too long for one.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tool.model import ACT_WORDS, Act, Item, printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_SHEET, _CHOICES = "办理登记", "选项"
_ROWS = 200
_FONT, _HEAD_FONT = "宋体", "黑体"
_HOW = (
    "一行记一件：“办理事项”“编号”“单位”从下拉表里选，日期写成 2016-5-20。电话催办、督办函、约谈、问责可以只写单位，"
    "其余都要写小项编号；一件事涉及几个小项的，编号用顿号隔开。填好保存，下次运行时自动读取。"
)
_NEEDS: dict[Act, str] = {
    Act.CLOSE: "核查合格，同意销号。要写日期、编号",
    Act.REOPEN: "销号后又发现问题，重新列入台账。要写日期、编号、事由",
    Act.EXTEND: "批准了延期，从此按新时限计。要写日期（批准的日期）、编号、新时限",
    Act.RETURN: "核查不合格，退回单位重改。要写日期、编号、事由",
    Act.ASK: "单位申请延期，还没有批准，时限不变。要写日期、编号、新时限（申请延到哪一天）",
    Act.CALL: "打过催办电话。要写日期，编号或单位；谁接的、怎么说的写在事由里",
    Act.LETTER: "发出督办函。要写日期，编号或单位",
    Act.TALK: "已经约谈。要写日期，编号或单位",
    Act.ACCOUNTABILITY: "已经问责。要写日期，编号或单位",
}


class _Column(NamedTuple):
    """登记表的列 — heading, width in half-width characters, the style of its cells, and where its choices stand."""

    heading: str
    width: int
    style: str
    choices: int | None = None
    must: bool = False


_COLUMNS = (
    _Column("办理日期", 13, "day"),
    _Column("办理事项", 13, "word", 0, must=True),
    _Column("编号", 10, "word", 2),
    _Column("单位", 22, "text", 5),
    _Column("新时限", 13, "day"),
    _Column("事由", 40, "text"),
    _Column("办理人（职务）", 18, "text"),
    _Column("备注", 20, "text"),
)
"""登记表的各列 — where ``must`` nothing but a choice is taken; elsewhere another text is asked about."""

_CHOICE_WIDTHS = (13, 70, 10, 52, 24, 24)
_MOST = 24  # Chinese characters that the column of the matter shows on one line
_CHOICE_HEADINGS = ("可选的事项", "什么时候用，要写什么", "小项编号", "小项", "牵头单位", "可选的单位")


def write_register(path: Path, items: Sequence[Item], units: Sequence[str], by: str, now: datetime, mark: str) -> None:
    """写办理登记 — an empty register to fill in; the file appears whole.

    Args:
        path: Where to; a file that is there already is never replaced.
        items: The items whose numbers the drop-down offers.
        units: The units it offers.
        by: The office that keeps the register, "" for none.
        now: The time of making noted in its properties.
        mark: What every page bears (示例·虚构), "" for nothing.

    Raises:
        FileExistsError: There is one already; it is untouched.
        OSError: It cannot be saved.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "file exists", str(path))
    content = _register(items, units, by, now, mark)
    fresh = path.with_name(f"~${path.name}.新")  # a name that is never read, should the program die here
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _register(items: Sequence[Item], units: Sequence[str], by: str, now: datetime, mark: str) -> bytes:
    import xlsxwriter

    package = io.BytesIO()
    with xlsxwriter.Workbook(package, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": _SHEET, "author": printable(by), "created": now})
        styles = _styles(book)
        page = book.add_worksheet(_SHEET)
        choices = _choices(items, units)
        _lay_out(page, styles, by, mark)
        _offer(page, [len(one) for one in choices])
        _list(book.add_worksheet(_CHOICES), styles, choices, mark)
        page.activate()
    return package.getvalue()


# ---------------------------------------------------------------- 登记页 ----

_TITLE, _NOTE, _HEAD = 0, 1, 2
_FIRST, _LAST = _HEAD + 1, _HEAD + _ROWS


def _lay_out(page: Worksheet, styles: dict[str, Any], by: str, mark: str) -> None:
    """版面 — title, how to fill it in, headings that stay and repeat, and rows ready to be written in."""
    last = len(_COLUMNS) - 1
    for index, column in enumerate(_COLUMNS):
        page.set_column(index, index, column.width, styles[column.style])
        page.write_string(_HEAD, index, column.heading, styles["heading"])
        for row in range(_FIRST, _LAST + 1):
            page.write_blank(row, index, None, styles[f"{column.style}_boxed"])
    page.merge_range(_TITLE, 0, _TITLE, last, "", styles["title"])
    page.write_string(_TITLE, 0, _SHEET, styles["title"])
    page.merge_range(_NOTE, 0, _NOTE, last, "", styles["note"])
    page.write_string(_NOTE, 0, printable(f"登记单位：{by}。{_HOW}" if by else _HOW), styles["note"])
    for row, height in ((_TITLE, 30), (_NOTE, 32), (_HEAD, 24)):
        page.set_row(row, height)
    page.freeze_panes(_FIRST, 0)
    page.repeat_rows(_HEAD)
    _print_setup(page, mark)


def _offer(page: Worksheet, counts: Sequence[int]) -> None:
    """下拉表与提示 — the choices of each column, days that are days, and in Chinese what is wanted."""
    for index, column in enumerate(_COLUMNS):
        area = (_FIRST, index, _LAST, index)
        if column.style == "day":
            page.data_validation(*area, _DAYS)
        elif column.choices is not None and counts[column.choices]:
            letter = "ABCDEF"[column.choices]
            first, last = _CHOICE_FIRST + 1, _CHOICE_FIRST + counts[column.choices]
            page.data_validation(
                *area,
                {
                    "validate": "list",
                    "source": f"={_CHOICES}!${letter}${first}:${letter}${last}",
                    "error_type": "stop" if column.must else "warning",
                    "error_title": f"{column.heading}不在表里",
                    "error_message": _MUST if column.must else _ASKED,
                },
            )


_DAYS = {
    "validate": "date",
    "criteria": "between",
    "minimum": date(2000, 1, 1),
    "maximum": date(2099, 12, 31),
    "input_title": "日期",
    "input_message": "写成 2016-5-20",
    "error_title": "不是日期",
    "error_message": "请写成 2016-5-20 这样的日期。",
}
_MUST = "请从下拉表里选一个；各是什么意思，见“选项”页。"
_ASKED = "下拉表里没有这个写法。确实要这样写，选“是”；填错了，选“否”。"


# ---------------------------------------------------------------- 选项页 ----

_CHOICE_FIRST = 2


def _choices(items: Sequence[Item], units: Sequence[str]) -> tuple[Sequence[str], ...]:
    """选项 — the columns of the second sheet, in the order of its headings."""
    return (
        [ACT_WORDS[act] for act in Act],
        [_NEEDS[act] for act in Act],
        [item.no for item in items],
        [_short(item.matter) for item in items],
        [item.lead or "" for item in items],
        list(units),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"


def _list(page: Worksheet, styles: dict[str, Any], choices: Sequence[Sequence[str]], mark: str) -> None:
    """选项页 — what may be written and when; numbers as text, so that 4-2 stays 4-2."""
    page.merge_range(0, 0, 0, len(choices) - 1, "", styles["title"])
    page.write_string(0, 0, "选项和填写说明（这一页不用填，也不会读取）", styles["title"])
    for row in range(_CHOICE_FIRST + max(map(len, choices))):
        page.set_row(row, 20 if row else 30)
    columns = zip(_CHOICE_HEADINGS, _CHOICE_WIDTHS, choices, strict=True)
    for index, (heading, width, texts) in enumerate(columns):
        page.set_column(index, index, width, styles["text"])
        page.write_string(_CHOICE_FIRST - 1, index, heading, styles["heading"])
        for row, text in enumerate(texts, _CHOICE_FIRST):
            page.write_string(row, index, printable(text), styles["text_boxed"])
    page.freeze_panes(_CHOICE_FIRST, 0)
    page.repeat_rows(_CHOICE_FIRST - 1)
    _print_setup(page, mark)


# ---------------------------------------------------------------- 样式 ----


def _print_setup(page: Worksheet, mark: str) -> None:
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    if mark:
        page.set_header(f"&C{printable(mark).replace('&', '&&')}")
    page.set_footer("&C第 &P 页，共 &N 页")


def _styles(book: Workbook) -> dict[str, Any]:
    base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True}
    looks: dict[str, dict[str, Any]] = {
        "day": {"num_format": "yyyy-mm-dd", "align": "center"},
        "word": {"num_format": "@", "align": "center"},
        "text": {"num_format": "@", "align": "left"},
    }
    boxed = {f"{name}_boxed": {**look, "border": 1} for name, look in looks.items()}
    heads = {
        "title": {"font_name": _HEAD_FONT, "font_size": 16, "align": "center"},
        "note": {"font_size": 10, "align": "left"},
        "heading": {"font_name": _HEAD_FONT, "align": "center", "border": 1, "bg_color": "#DDEBF7"},
    }
    return {name: book.add_format({**base, **look}) for name, look in {**looks, **boxed, **heads}.items()}
