"""模板 — the Word templates copied into the work folder to edit, with 填空说明.docx beside them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rectify_tool.document import guide_content, is_as_written
from rectify_tool.errors import RectifyError, Stop, Way, refusal
from rectify_tool.model import BULLETIN_TEMPLATE
from rectify_tool.papers.tags import make_guide
from rectify_tool.places import DEFAULT_LAYOUT, GUIDE, TEMPLATES, layouts, office_template

OFFICE_LAYOUT = "本单位改过的"
"""本单位的版式 — how the template is called that lies beside the program and is none of the layouts."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """交付的模板 — the folder, the template in it, whether it was copied now, in which layout, and the guide.

    ``copied`` is False where the office has a template of that name already: it stays as it is.
    """

    folder: Path
    template: Path
    copied: bool
    layout: str
    guide: Path


def hand_out_templates(folder: Path, layout: str | None, today: date) -> HandedOut:
    """交付模板 — the template in the given layout, unless the office has its own, and 填空说明.docx, always up to date.

    A guide somebody has written in stays; the new one goes beside it with a number.

    Args:
        folder: The work folder.
        layout: None for the template that is used without one in the work folder.
        today: The day of the guide.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such folder or layout), SETTINGS_UNUSABLE (the one beside the program cannot
            be read), CANNOT_WRITE.
    """
    if not folder.is_dir():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有找到文件夹“{folder}”，请检查名称和位置。")
    known = layouts()
    if layout and layout not in known:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有“{layout}”这种版式；现有的版式：{'、'.join(known)}。")
    content = _content(known[layout] if layout else office_template(BULLETIN_TEMPLATE))
    named = layout or next((name for name, one in known.items() if _is(one, content)), OFFICE_LAYOUT)
    place = folder / TEMPLATES
    template = place / BULLETIN_TEMPLATE
    explained = guide_content(make_guide(BULLETIN_TEMPLATE, tuple(known), today), known[DEFAULT_LAYOUT])
    try:
        place.mkdir(exist_ok=True)
        copied = not template.exists()
        if copied:
            _whole(template, content)
        guide = _free_name(place)
        _whole(guide, explained)
    except OSError as error:
        raise _cannot_write(place, error) from error
    return HandedOut(place, template, copied, named, guide)


def _content(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise RectifyError(
            Stop.SETTINGS_UNUSABLE,
            f"打不开模板“{template}”（{refusal(error)}）。请检查这个文件；也可以把它移到别处，改用默认模板。",
            way=Way.TEMPLATE,
        ) from error


def _is(layout: Path, content: bytes) -> bool:
    with suppress(OSError):
        return layout.read_bytes() == content
    return False


def _whole(target: Path, content: bytes) -> None:
    """整个写好 — under another name first, so that nobody ever opens half a file."""
    fresh = target.with_name(f".新-{target.name}")
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _free_name(place: Path) -> Path:
    """说明的文件名 — the first that is free or still as this program wrote it."""
    number, path = 1, place / f"{GUIDE}.docx"
    while path.exists() and not is_as_written(path):
        number += 1
        path = place / f"{GUIDE} ({number}).docx"
    return path


def _cannot_write(place: Path, error: OSError) -> RectifyError:
    return RectifyError(
        Stop.CANNOT_WRITE,
        f"无法写入“{place}”（{refusal(error)}）。请检查权限和磁盘空间；"
        "“填空说明”若正在 Word 或 WPS 中打开，请关闭后重试。",
    )
