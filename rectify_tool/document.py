"""成文 — the only module that writes .docx: a Paper set in a Word template the office may edit.

The template is taken as the office left it: a tag that is broken or unknown stops the work with its name and place,
and the shipped template is never used in its stead.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import OUTPUT_CATEGORY, Field, Paper, Paragraph, printable

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

PROGRAM = "整改督查工具"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_SPECIAL = re.compile("[{}\x00-\x08\n-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)


def write_document(paper: Paper, template: Path, target: Path) -> None:
    """成文 — ``paper`` set in ``template``, written to ``target``; the same paper gives the same bytes.

    Raises:
        RectifyError: SETTINGS_UNUSABLE where the template is no Word document or one of its tags is broken or
            unknown; CANNOT_WRITE where the file cannot be saved.
    """
    document = _opened(template)
    _fill(document, paper, template)
    _drop_empty_end(document)
    _describe(document, paper)
    try:
        target.write_bytes(_packed(document))
    except OSError as error:
        raise RectifyError(
            Stop.CANNOT_WRITE,
            f"无法写入“{target.name}”（{error.strerror or '原因不明'}）。请检查磁盘空间和权限；"
            "文件若正在 Word 或 WPS 中打开，请关闭后重试。",
        ) from error


def _opened(template: Path) -> DocxTemplate:
    from docx.opc.exceptions import OpcError

    document = _strict_template()(io.BytesIO(_bytes(template)))
    try:
        document.init_docx()
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, SyntaxError) as error:
        raise _unusable(template, "不是能打开的 Word 文档（.docx），请用 Word 或 WPS 重新另存为 .docx") from error
    return document


@cache
def _strict_template() -> type[DocxTemplate]:
    """严格的模板 — docxtpl without its two repairs: they cost most of the time, and one of them hides broken XML."""
    from docxtpl import DocxTemplate
    from lxml import etree  # type: ignore[import-untyped]

    class StrictTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
        def resolve_listing(self, xml: str) -> str:
            """换行 — line breaks come ready-made from `_plain`."""
            return xml

        def fix_tables(self, xml: str) -> Any:
            """表格 — rows repeat, columns never do, so every table keeps the grid it has in the template."""
            return etree.fromstring(xml, etree.XMLParser(huge_tree=True))

    return StrictTemplate


def _bytes(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise _unusable(template, f"打不开（{error.strerror or '原因不明'}），请检查文件是否还在、能否读取") from error


def _fill(document: DocxTemplate, paper: Paper, template: Path) -> None:
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    fields = {name: _plain(field) for name, field in paper.fields.items()}
    try:
        document.render(fields, environment, autoescape=True)
    except (TemplateError, SyntaxError) as error:
        raise _unusable(template, _wrong_tag(template, error, paper)) from error


def _plain(field: Field) -> Any:
    """填空的值 — text that is nothing but text: braces become character references, line ends become breaks."""
    if isinstance(field, Mapping):
        return {name: _plain(inner) for name, inner in field.items()}
    if isinstance(field, tuple):
        return [_plain(inner) for inner in field]
    text = field.text if isinstance(field, Paragraph) else field
    return _marked_up(printable(text)) if _SPECIAL.search(text) else text


def _marked_up(text: str) -> Any:
    from markupsafe import Markup, escape

    safe = str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(safe.replace("\n", _LINE_BREAK))


# ---------------------------------------------------------------- 模板有误 ----


def _wrong_tag(template: Path, error: Exception, paper: Paper) -> str:
    """标签有误 — which tag is wrong, where it stands, and what there is instead."""
    unknown = re.search(r"'(\w+)' is undefined|has no attribute '(\w+)'", str(error))
    if unknown:
        name = unknown[1] or unknown[2]
        return f"{_place(template, name)}，没有“{name}”这一项；可用的填空有：{'、'.join(paper.fields)}"
    return f"{_near(error) or _place(template, None)}，填空或条件写得不完整（{_told(error)}）"


def _near(error: Exception) -> str:
    """出错的一段 — docxtpl keeps the paragraphs from three above the failing line on; "" where it has none."""
    lines = [str(line).strip() for line in getattr(error, "docx_context", ())]
    at = min(3, getattr(error, "lineno", 1) - 1)
    return f"“{lines[at][:40]}”处" if at < len(lines) and _TAG.search(lines[at]) else ""


def _place(template: Path, name: str | None) -> str:
    """标签在哪里 — the paragraph of the template that holds the tag ``name``, or else the first that looks broken."""
    for where, text in _paragraphs(template):
        tags = _TAG.findall(text)
        if name is not None and any(re.search(rf"\b{re.escape(name)}\b", tag) for tag in tags):
            return f"{where}“{text.strip()[:40]}”"
        if name is None and re.search(r"{[{%]|[}%]}", _TAG.sub("", text)):
            return f"{where}“{text.strip()[:40]}”"
    return "正文中的填空"


def _paragraphs(template: Path) -> Iterator[tuple[str, str]]:
    import docx

    document = docx.Document(io.BytesIO(template.read_bytes()))
    for at, paragraph in enumerate(document.element.body.iter(f"{_W}p"), 1):
        yield f"正文第{at}段", "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
    for section in document.sections:
        for where, part in (("页眉", section.header), ("页脚", section.footer)):
            for one in part.paragraphs:
                yield where, one.text


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BROKEN = (
    ("endfor", "有“for”没有“endfor”，或多了一个“endfor”"),
    ("endif", "有“if”没有“endif”，或多了一个“endif”"),
    ("expected token", "括号里的写法读不懂"),
    ("unexpected", "括号没有成对，或用了中文标点"),
)


def _told(error: Exception) -> str:
    text = str(error)
    return next((told for mark, told in _BROKEN if mark in text), "请与默认模板对照")


def _unusable(template: Path, problem: str) -> RectifyError:
    return RectifyError(
        Stop.SETTINGS_UNUSABLE, f"模板“{template.name}”{problem}。请改正后再运行；也可以移走这个模板，改用默认模板。"
    )


# ---------------------------------------------------------------- 存盘 ----


def _drop_empty_end(document: DocxTemplate) -> None:
    """去掉空的末节 — a last section the tags left nothing of (no 版记) would still print a blank page."""
    body = document.docx.element.body
    last = body.sectPr.getprevious()
    ending = last.find(f"{_W}pPr/{_W}sectPr") if last is not None else None
    if ending is not None:
        body.replace(body.sectPr, ending)


def _describe(document: DocxTemplate, paper: Paper) -> None:
    """文档属性 — fixed by the paper alone; the category tells intake that the file is our own."""
    properties = document.docx.core_properties
    moment = datetime.combine(paper.day, time())
    properties.title = paper.title
    properties.author = properties.last_modified_by = PROGRAM
    properties.category = OUTPUT_CATEGORY
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1


def _packed(document: DocxTemplate) -> bytes:
    """打包 — the document's parts with a fixed time in the package, so that equal papers are equal files."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts.read(name))
    return packed.getvalue()
