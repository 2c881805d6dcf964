"""汇总表 — the only room that writes .xlsx: a Book set in sheets that read and print well.

XlsxWriter makes the book: its styles, titles, headings, filters, print setup and charts. The rows under the headings,
which may be many thousands, are built here as text and put in their place (`rows`): three times faster, and nothing
a unit typed can become a formula or a link, because every text is an inline string.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from rectify_tool.model import OUTPUT_CATEGORY, Book, printable
from rectify_tool.workbook.page import Body, lay_out
from rectify_tool.workbook.rows import fill_in
from rectify_tool.workbook.styles import OWN_FONT, Styles

PROGRAM = "整改督查工具"


def write_workbook(book: Book, target: Path, *, now: datetime) -> None:
    """写汇总表 — every sheet of ``book`` to ``target``; ``now`` is the time of making noted in its properties.

    Raises:
        OSError: Where the file cannot be saved; whoever delivers the set tells of it.
    """
    package, bodies = _frame(book, now)
    target.write_bytes(fill_in(package, bodies, book.home))


def _frame(book: Book, now: datetime) -> tuple[io.BytesIO, list[Body]]:
    """框架 — the book without the rows of its tables, and where those belong."""
    import xlsxwriter

    package = io.BytesIO()
    own_font = dict(OWN_FONT)  # XlsxWriter takes out of it what it has used: the next book would be set otherwise
    made = xlsxwriter.Workbook(package, {"in_memory": True, "default_format_properties": own_font})
    made.set_properties(
        {"title": printable(book.title), "author": PROGRAM, "category": OUTPUT_CATEGORY, "created": now}
    )
    styles = Styles(made)
    bodies = [body for sheet in book.sheets for body in lay_out(made, styles, book, sheet)]
    made.close()
    return package, bodies
