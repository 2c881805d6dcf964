"""往期的文件 — what the published bulletins were made from, against what lies in the work folder now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rectify_tool.findings import Code
from rectify_tool.model import Finding, Past, Published, Received, Source
from rectify_tool.story.gather import INBOX, is_register


def came_later(past: Past, as_of: date, number: int) -> frozenset[str]:
    """以后才收到的 — digests of the files only bulletins after this one were made from: it could not know of them."""
    same = past.of(as_of.year, number)
    then = (*past.before(as_of, number), *([same] if same else []))
    known = {digest for one in then for digest in one.sources.values()}
    return frozenset(digest for one in past.after(as_of, number) for digest in one.sources.values()) - known - {""}


def about_files_then(
    received: Sequence[Received], since: Published | None, same: Published | None, later: frozenset[str]
) -> Iterable[Finding]:
    """往期文件核对 — registers gone or broken since the last bulletin; reports that came later or are gone.

    Args:
        received: Every file of the work folder.
        since: The last published bulletin before this one.
        same: The publishing of this very number, where it is done again.
        later: What `came_later` found.

    Yields:
        Findings K19, C13, C14.
    """
    there = {one.file: one for one in received}
    for one in received:
        if one.sha256 in later and one.file.startswith(f"{INBOX}/"):
            yield Code.CAME_LATER.at(Source(one.file))
    for file in filter(is_register, since.sources if since else ()):
        if since and (file not in there or there[file].content is None):
            what = "没有读出来" if file in there else "不在了"
            yield Code.REGISTER_GONE.at(Source(""), number=since.number, file=file, what=what)
    digests = {one.sha256 for one in received}
    for file, digest in same.sources.items() if same else ():
        if same and digest and digest not in digests and file.startswith(f"{INBOX}/"):
            yield Code.FILE_GONE.at(Source(""), number=same.number, file=file)
