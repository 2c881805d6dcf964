"""模板 — the Word templates copied into the work folder to edit, with 填空说明.docx beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rectify_tool.document import guide_content, is_as_written
from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.model import BULLETIN_TEMPLATE
from rectify_tool.papers.tags import make_guide
from rectify_tool.places import DEFAULT_LAYOUT, GUIDE, TEMPLATES, layouts


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

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such folder or layout), CANNOT_WRITE.
    """
    if not folder.is_dir():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有找到文件夹“{folder}”，请检查名称和位置。")
    known, wanted = layouts(), layout or DEFAULT_LAYOUT
    if wanted not in known:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有“{wanted}”这种版式；现有的版式：{'、'.join(known)}。")
    place = folder / TEMPLATES
    template, content = place / BULLETIN_TEMPLATE, known[wanted].read_bytes()
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
    return HandedOut(place, template, copied, wanted, guide)


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
