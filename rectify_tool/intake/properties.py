"""文件属性 — when the workbook was last saved, as it says itself, and whether this tool wrote it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from rectify_tool.intake.compound import summary_saved_at
from rectify_tool.intake.package import Parts
from rectify_tool.intake.private import CHINA

OWN_MARK = "rectify-tool 成果"
"""In the core properties of every workbook this tool writes, so that it never reads its own word as a unit's."""

_FIRST_YEAR = 1980  # writers that know no time leave the epoch of 1601
_CORE = "docprops/core.xml"
_MODIFIED = re.compile(r"<(?:\w+:)?modified[^>]*>\s*([^<]+?)\s*<")
_ODS_DATE = re.compile(r"<dc:date>\s*([^<]+?)\s*<")
_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?"
)


def is_own_output(parts: Parts) -> bool:
    """是否本工具的成果 — by the mark in its core properties."""
    return OWN_MARK.encode() in parts.get(_CORE, b"")


def ooxml_saved_at(parts: Parts) -> datetime | None:
    """保存时间 — from docProps/core.xml, in 北京时间; None where it is not told or makes no sense."""
    return _found(_MODIFIED, parts.get(_CORE, b""))


def ods_saved_at(parts: Parts) -> datetime | None:
    """保存时间 — from meta.xml, which writes local time without a zone."""
    return _found(_ODS_DATE, parts.get("meta.xml", b""))


def ole_saved_at(data: bytes) -> datetime | None:
    """保存时间 — from the OLE summary information, which is UTC."""
    saved = summary_saved_at(data)
    return _in_china(saved.replace(tzinfo=UTC)) if saved and saved.year > _FIRST_YEAR else None


def _found(pattern: re.Pattern[str], part: bytes) -> datetime | None:
    match = pattern.search(part.decode("utf-8", errors="replace"))
    return _moment(match[1]) if match else None


def _moment(text: str) -> datetime | None:
    match = _MOMENT.fullmatch(text)
    if not match:
        return None
    try:
        moment = datetime(*(int(match[group] or 0) for group in range(1, 7)))  # type: ignore[arg-type]
    except ValueError:
        return None
    return _in_china(moment.replace(tzinfo=_zone(match[7]))) if match[7] else moment


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _in_china(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(CHINA).replace(tzinfo=None)
    except (OverflowError, ValueError):
        return None
