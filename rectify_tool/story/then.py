"""往期的文件 — what the published bulletins were made from, against what lies in the work folder now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from rectify_tool.findings import Code
from rectify_tool.model import Finding, Past, Published, Received, Source
from rectify_tool.places import INBOX, is_register


def came_later(past: Past, as_of: date, number: int) -> frozenset[str]:
    """以后才收到的 — digests of the files only bulletins after this one were made from: it could not know of them."""
    same = past.of(as_of.year, number)
    then = (*past.before(as_of, number), *([same] if same else []))
    known = {digest for one in then for digest in one.sources.values()}
    return frozenset(digest for one in past.after(as_of, number) for digest in one.sources.values()) - known - {""}


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
