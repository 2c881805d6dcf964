"""成文 — the only room that writes .docx: a Paper set in a Word template the office may edit.

The template is taken as the office left it: a tag that is broken or unknown stops the work with its name and place,
a template that leaves out part of the text does too, and the shipped template is never used in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_tool.document.filling import Used, fill, paragraphs_in
from rectify_tool.document.guide import as_guide
from rectify_tool.document.package import TEXT, NotADocument, is_as_written, open_document, packed, text_parts
from rectify_tool.document.template import WrongTag, read_part
from rectify_tool.errors import RectifyError, Stop, Way
from rectify_tool.model import Field, Paper

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["guide_content", "is_as_written", "write_document"]

_SECTION = r"<w:sectPr\b(?:[^>]*/>|(?:(?!<w:sectPr\b).)*?</w:sectPr>)"
_EMPTY_END = re.compile(rf"({_SECTION})((?:(?!<w:p[ >]|<w:tbl>).)*</w:p>)\s*{_SECTION}(?=\s*</w:body>)", re.DOTALL)


def write_document(paper: Paper, template: Path, target: Path, sample: Mapping[str, Field] | None = None) -> None:
    """成文 — ``paper`` set in ``template``, written to ``target``; the same paper gives the same bytes.

    Args:
        paper: What is to be set.
        template: The Word template.
        target: The file to write.
        sample: One example of everything a tag can hold. The template is tried with it first, so that a wrong tag is
            found even where this paper has nothing to set there.

    Raises:
        RectifyError: SETTINGS_UNUSABLE where the template is no Word document, one of its tags is broken or unknown,
            or it has no place for a paragraph of the paper.
        OSError: Where the file cannot be saved; whoever delivers the set tells of it.
    """
    try:
        content = _set(open_document(template), paper, sample)
    except (NotADocument, WrongTag) as error:
        raise _unusable(template, str(error)) from error
    target.write_bytes(content)


def guide_content(guide: Paper, template: Path) -> bytes:
    """填空说明 — a .docx of headings, paragraphs and tables on the page and in the styles of ``template``."""
    return _set(as_guide(open_document(template)), guide, None)


def _set(document: Document, paper: Paper, sample: Mapping[str, Field] | None) -> bytes:
    parts = [read_part(name, label, content) for name, label, content in text_parts(document)]
    filled, used = fill(parts, paper.fields, sample)
    _check_whole(paper, used)
    filled[TEXT] = _without_empty_end(filled[TEXT])
    return packed(document, paper, filled)


def _check_whole(paper: Paper, used: Used) -> None:
    """全文都在 — what 数据来源 lists as said must stand in the document, and so must the tables the text speaks of."""
    for name, field in paper.fields.items():
        lost = next((one for one in paragraphs_in(field) if one not in used.paragraphs), None)
        if lost is not None:
            raise WrongTag("", lost.text, f"模板里没有地方写这一段（填空“{name}”），专报会缺少内容")
        rows = [one for one in field if isinstance(one, Mapping)] if isinstance(field, tuple) else []
        if any(id(row) not in used.rows for row in rows):
            caption = str(paper.fields.get(f"{name}_caption", name))
            raise WrongTag("", caption, f"模板里没有这张表（{{%tr for row in {name} %}}），而正文和附件说明提到它")


def _without_empty_end(text: str) -> str:
    """去掉空的末节 — a last section the tags left nothing of (no 版记) would still print a blank page."""
    start = text.rfind("<w:sectPr", 0, max(text.rfind("<w:sectPr"), 0))
    empty = _EMPTY_END.match(text, start) if start >= 0 else None
    return text[:start] + empty[2] + empty[1] + text[empty.end() :] if empty else text


def _unusable(template: Path, problem: str) -> RectifyError:
    return RectifyError(
        Stop.SETTINGS_UNUSABLE,
        f"模板“{template.name}”{problem}。它在“{template.absolute().parent}”里。"
        "请改正后再运行；也可以把它移到别处，改用默认模板。",
        way=Way.TEMPLATE,
    )
