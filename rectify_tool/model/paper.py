"""公文、簿册 — the papers as plain data, before they are set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from rectify_tool.model.ledger import Light


@dataclass(frozen=True, slots=True)
class Sentence:
    """语句 — text and the items it counts (their numbers) and the units it names, so that it can be walked back.

    ``name`` is the wording it was made from ("" for plain text); ``of`` are the items of its denominator, where the
    text states a rate.
    """

    text: str
    nos: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    name: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """自然段 — sentences set one behind the other."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """全段文字 — as printed."""
        return "".join(sentence.text for sentence in self.sentences)


Field = str | Paragraph | tuple["Field", ...] | Mapping[str, "Field"]
"""模板填空 — what one tag of a Word template holds: text, a paragraph, a list, or named parts."""


@dataclass(frozen=True, slots=True)
class Paper:
    """公文 — a document as plain data: the template it is set in, and what each tag of it holds.

    ``template`` is the template's file name; ``day`` the day the paper speaks for, also its date of making.
    """

    template: str
    title: str
    day: date
    fields: Mapping[str, Field]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """全部语句 — in the order of the fields."""
        return tuple(_sentences_in(self.fields))


def _sentences_in(field: Field) -> Iterator[Sentence]:
    if isinstance(field, Paragraph):
        yield from field.sentences
    elif isinstance(field, Mapping):
        for inner in field.values():
            yield from _sentences_in(inner)
    elif isinstance(field, tuple):
        for inner in field:
            yield from _sentences_in(inner)


class Lamp(NamedTuple):
    """灯格 — a cell with a light's colour; the word is always beside it, so that black-and-white print tells it too."""

    light: Light
    word: str


class Link(NamedTuple):
    """出处格 — a cell that leads to a file of the work folder, and where it is known to the cell in it.

    ``file`` is relative to the work folder, with "/"; ``sheet`` and ``cell`` are "" where the whole file is meant.
    """

    text: str
    file: str
    sheet: str = ""
    cell: str = ""


class Ref(NamedTuple):
    """索引格 — a figure or a text that leads to the rows it stands for: those of ``sheet`` named by ``keys``.

    A figure counts exactly its keys: item numbers, or units where the sheet lists units.
    """

    shown: int | str
    keys: tuple[str, ...]
    sheet: str


SheetValue = str | int | float | date | Lamp | Link | Ref | None
"""簿册格的值 — a float stands in a column of rates only; None is a blank cell."""


class Show(Enum):
    """列的样式 — how the cells of a summary column are shown."""

    WORD = "短文字，居中"
    TEXT = "长文字，左对齐，自动换行"
    COUNT = "整数"
    RATE = "百分比"
    DAY = "日期"


class SheetColumn(NamedTuple):
    """簿册的列 — heading, width in half-width characters, and how its cells are shown.

    ``bar`` draws a light bar behind each figure, beside which the figure still stands.
    """

    heading: str
    width: int
    show: Show = Show.TEXT
    bar: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """簿册的表 — one table of a sheet: a caption ("" for none), columns, rows as long as the columns.

    ``empty`` is what stands in its place where there are no rows; ``total`` marks the last row as 合计; ``key`` is the
    column that names the rows, by which a `Ref` finds them, None where nothing leads here.
    """

    caption: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[tuple[SheetValue, ...]]
    empty: str = "无"
    total: bool = False
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """图 — a bar chart of a table of the same sheet: the first column names the bars, ``columns`` are their parts.

    ``rows`` are the first and last row of the table drawn, None for all but 合计; ``lights`` the colours of the bars of
    a single column, in their order, none for a plain colour.
    """

    title: str
    table: int
    columns: tuple[int, ...]
    rows: tuple[int, int] | None = None
    lights: tuple[Light, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """簿册的页 — a sheet: its title, the notes under it (基准日, definitions), its tables one below the other.

    ``wide`` prints on A3; ``printed`` is how many columns are printed, 0 for all: the others are for the screen.
    ``tab`` is the light of its tab.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    tables: tuple[SheetTable, ...]
    charts: tuple[Chart, ...] = ()
    wide: bool = False
    printed: int = 0
    tab: Light | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """簿册 — a workbook as plain data.

    ``mark`` is printed on every page (示例·虚构), "" for none; ``home`` is the way from the folder the book lies in to
    the work folder, with "/", None where it is not known (then nothing is linked to its files).
    """

    title: str
    mark: str
    home: str | None
    sheets: tuple[Sheet, ...]


BULLETIN_TEMPLATE = "督查专报.docx"
"""专报模板的文件名 — in templates/, and in the work folder's 模板/."""

OUTPUT_CATEGORY = "rectify-tool 成果"
"""本工具成果的标记 — the category in the properties of every paper written; intake knows our own output by it."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """可打印文字 — the text without the characters an office file cannot hold (XML 1.0), line ends as one "\\n"."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)
