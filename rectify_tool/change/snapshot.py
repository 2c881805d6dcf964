"""留底 — a run as it is to be published."""

from __future__ import annotations

from rectify_tool.findings import Code
from rectify_tool.model import Outcome, Published, PublishedItem, PublishedReply, Verdict


def snapshot(outcome: Outcome, tool: str) -> Published:
    """留底 — the outcome as it is to be published: every standing, every word, every finding and digest.

    Files that only later bulletins were made from are not among its sources: it did not know of them.

    ``serial``, ``folder``, ``why``, ``accepted`` and ``outputs`` are empty: they belong to the publishing itself.
    """
    ledger = outcome.ledger
    not_known = {one.source.file for one in outcome.findings if one.code == Code.CAME_LATER.code}
    return Published(
        serial=0,
        number=outcome.number,
        as_of=outcome.job.as_of,
        published=outcome.job.now,
        tool=tool,
        folder="",
        why="",
        accepted="",
        items=tuple(_published(verdict) for verdict in outcome.verdicts),
        heard={unit: ledger.heard(unit) for unit in ledger.expected},
        findings=outcome.findings,
        sources={record.file: record.sha256 for record in ledger.files if record.file not in not_known},
        outputs={},
    )


def _published(verdict: Verdict) -> PublishedItem:
    entry, item = verdict.entry, verdict.entry.item
    replies = (
        PublishedReply(one.unit, one.claimed, one.progress or one.status, one.sent, one.source, one is entry.lead_reply)
        for one in entry.replies
    )
    return PublishedItem(
        no=item.no,
        aspect=item.aspect,
        problem=item.problem,
        matter=item.matter,
        leaders=item.leaders,
        lead=item.lead,
        units=item.units,
        deadline=item.deadline.text,
        due=verdict.due,
        standing=verdict.standing,
        days_left=verdict.days_left,
        because=verdict.because,
        claimed=verdict.claimed,
        finished=verdict.finished,
        to_confirm=verdict.to_confirm,
        heard=entry.heard,
        replies=tuple(replies),
    )
