"""填空 — Jinja text and the paper's fields → the XML of a part; what is filled in is text and nothing but text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tool.document.template import NO_PARAGRAPH, Part, WrongTag
from rectify_tool.model import Field, Paragraph, printable

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

_SPECIAL = re.compile("[&<>\x00-\x08\n-\x1f\ud800-\udfff\ufffe\uffff]|(?<=[0-9])-(?=[0-9])")
_HYPHEN = re.compile("(?<=[0-9])-(?=[0-9])")
_KEPT = re.compile(rf"(</w:p>|<w:p(?: [^>]*)?/>){NO_PARAGRAPH}")
_BETWEEN = '</w:t>{}<w:t xml:space="preserve">'
_LINE_BREAK = _BETWEEN.format("<w:br/>")
_NO_BREAK_HYPHEN = _BETWEEN.format("<w:noBreakHyphen/>")
_TEMPLATE_FILE = "<template>"


class Used(NamedTuple):
    """用到的 — the paragraphs that were set, and the rows any part of which was, by identity."""

    paragraphs: frozenset[Paragraph]
    rows: frozenset[int]


def fill(
    parts: Sequence[Part], fields: Mapping[str, Field], sample: Mapping[str, Field] | None = None
) -> tuple[dict[str, str], Used]:
    """填空 — the filled XML of every part by name, and what was set anywhere.

    Args:
        parts: The template.
        fields: What its tags hold.
        sample: What they are tried with first, None for no trial.

    Raises:
        WrongTag: Where a tag asks for what there is not.
    """
    paragraphs: set[Paragraph] = set()

    def set_in(value: object) -> str:
        if isinstance(value, Paragraph):
            paragraphs.add(value)
            value = value.text
        return _as_text(value)

    rows: set[int] = set()
    environment = _environment()(rows, finalize=set_in)
    compiled = [(part, _compiled(part, environment)) for part in parts]
    if sample is not None:
        for part, template in compiled:
            _filled(part, template, sample)
        paragraphs.clear()
    filled = {part.name: _filled(part, template, fields) for part, template in compiled}
    return filled, Used(frozenset(paragraphs), frozenset(rows))


def paragraphs_in(field: Field) -> Iterator[Paragraph]:
    """各自然段 — of a field, at any depth."""
    if isinstance(field, Paragraph):
        yield field
    elif not isinstance(field, str):
        for inner in field.values() if isinstance(field, Mapping) else field:
            if not isinstance(inner, str):
                yield from paragraphs_in(inner)


@cache
def _environment() -> Callable[..., SandboxedEnvironment]:
    from jinja2 import StrictUndefined
    from jinja2.runtime import LoopContext
    from jinja2.sandbox import SandboxedEnvironment

    class Environment(SandboxedEnvironment):
        """填空环境 — names lead into the fields and nowhere else; every value is escaped once, where it is set.

        Jinja's own escaping is off: it would trust text that calls itself safe, and escape joined text twice.
        """

        def __init__(self, rows: set[int], **settings: Any) -> None:
            super().__init__(undefined=StrictUndefined, autoescape=False, **settings)
            self.globals.clear()
            self.filters = {"length": len}
            self._rows = rows

        def getattr(self, obj: Any, attribute: str) -> Any:
            """取一项 — of a row or part by its name, of ``loop`` its counters."""
            self._rows.add(id(obj))
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(f"没有“{attribute}”这一项，这里可用的有：{'、'.join(obj)}")
            except TypeError:
                if isinstance(obj, LoopContext):
                    return super().getattr(obj, attribute)
                return self.undefined(f"没有“{attribute}”这一项")

    return Environment


def _compiled(part: Part, environment: SandboxedEnvironment) -> Template:
    from jinja2 import TemplateError

    try:
        return environment.from_string(part.source)
    except TemplateError as error:
        raise _blamed(part, error, {}) from error


def _filled(part: Part, template: Template, fields: Mapping[str, Field]) -> str:
    from jinja2 import TemplateError

    try:
        text = template.render(fields)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise _blamed(part, error, fields) from error
    return _KEPT.sub(r"\1", text).replace(NO_PARAGRAPH, "<w:p/>") if NO_PARAGRAPH in text else text


def _as_text(value: object) -> str:
    """成文字 — escaped; line ends become breaks, and a hyphen between digits does not end a line (4-2, 2016-05-20)."""
    if not isinstance(value, str):
        return _number(value)
    if not _SPECIAL.search(value):
        return value
    text = printable(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _HYPHEN.sub(_NO_BREAK_HYPHEN, text).replace("\n", _LINE_BREAK)


def _number(value: object) -> str:
    from jinja2 import Undefined

    if isinstance(value, int | Undefined):
        return str(value)
    raise ValueError(_NOT_TEXT)


_NOT_TEXT = "里面有好几项，不能直接写成文字；要用 for 逐个写（见填空说明）"
_WORDINGS = (
    (_NOT_TEXT, _NOT_TEXT),
    ("expected token", "条件的写法读不懂"),
    ("unexpected char", "里面有中文标点或别的不认识的符号"),
    ("end of statement block", "条件没有写完"),
    ("No filter named", "“|”后面只能写 length"),
)


def _blamed(part: Part, error: Exception, fields: Mapping[str, Field]) -> WrongTag:
    """归到标签 — a tag begins on a line of its own, so the line Jinja names is the tag."""
    line = getattr(error, "lineno", None) or _line_of(error)
    tag = part.tags[min(max(line - 2, 0), len(part.tags) - 1)]
    return tag.wrong(_told(str(error), fields))


def _line_of(error: Exception) -> int:
    """出错的行 — the innermost line of the template in the error's trace."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _TEMPLATE_FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _told(message: str, fields: Mapping[str, Field]) -> str:
    unknown = re.match(r"'(\w+)' is undefined", message)
    if unknown:
        within = "；row、part 这样的名称只能写在自己的 for 和 endfor 之间"
        return f"没有“{unknown[1]}”这一项，可用的有：{'、'.join(fields)}{within}"
    if message.startswith("没有"):
        return message
    return next((told for mark, told in _WORDINGS if mark in message), "写法不对，请与填空说明和默认模板对照")
