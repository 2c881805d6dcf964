"""往期的文件 — what the published bulletins were made from, against what lies in the work folder now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from rectify_tool.findings import Code
from rectify_tool.model import Finding, Past, Published, Received, Source
from rectify_tool.places import INBOX, is_register


def came_later(past: Past, as_of: date, number: int) -> frozenset[str]:
    """以后才收到的 — digests of the files only bulletins after this one were made from: it could not know of them."""
    same = past.of(as_of.year, number)
    then = (*past.before(as_of, number), *([same] if same else []))
    known = {digest for one in then for digest in one.sources.values()}
    return frozenset(digest for one in past.after(as_of, number) for digest in one.sources.values()) - known - {""}


def as_first_seen(past: Past, received: Sequence[Received]) -> list[Received]:
    """不晚于定稿 — what a bulletin was made from came by that bulletin's day, whenever the file was touched since.

    Only the file's own time is held back, and the order of such times is kept: what stands inside a file is of its
    digest. A correction may be made from what came after its day, so only first publishings tell.
    """
    by: dict[str, date] = {}
    for bulletin in past.published:
        for digest in filter(None, bulletin.sources.values() if not bulletin.why else ()):
            by[digest] = min(bulletin.as_of, by.get(digest, bulletin.as_of))
    late = sorted({moment for one in received if (moment := _touched_after(one, by))}, reverse=True)
    ends = {moment: timedelta(microseconds=place) for place, moment in enumerate(late)}
    return [
        replace(one, modified=datetime.combine(by[one.sha256], time.max) - ends[moment])
        if (moment := _touched_after(one, by))
        else one
        for one in received
    ]


def _touched_after(received: Received, by: Mapping[str, date]) -> datetime | None:
    """定稿以后的文件时间 — None where the file came by its bulletin's day, or is of no bulletin."""
    day, moment = by.get(received.sha256), received.modified
    return moment if day and moment and moment.date() > day else None


def about_files_then(
    received: Sequence[Received],
    sent: Collection[str],
    since: Published | None,
    same: Published | None,
    later: frozenset[str],
) -> Iterable[Finding]:
    """往期文件核对 — registers gone or broken since the last bulletin; reports that came later or are gone.

    Args:
        received: Every file of the work folder.
        sent: The names of those that units sent.
        since: The last published bulletin before this one.
        same: The publishing of this very number, where it is done again.
        later: What `came_later` found.

    Yields:
        Findings K19, C13, C14, C15.
    """
    there = {one.file for one in received}
    for one in received:
        if one.file in sent and one.sha256 in later:
            yield Code.CAME_LATER.at(Source(one.file))
        elif one.file in sent and same and one.sha256 and one.sha256 not in same.sources.values():
            yield Code.CAME_SINCE.at(Source(one.file), number=same.number)
        elif is_register(one.file) and one.content is None:
            yield Code.REGISTER_GONE.at(Source(""), file=one.file, what="没有读出来")
    for file in filter(is_register, since.sources if since else ()):
        if since and file not in there:
            yield Code.REGISTER_GONE.at(Source(""), file=file, what=f"第{since.number}期采用过，这次不在了")
    used = {one.sha256 for one in received if one.sha256 not in later}
    replaced = {one.file for one in received if one.sha256 not in later}
    for file, digest in same.sources.items() if same else ():
        gone = digest and digest not in used and file not in replaced
        if same and gone and file.startswith(f"{INBOX}/"):
            yield Code.FILE_GONE.at(Source(""), number=same.number, file=file)
