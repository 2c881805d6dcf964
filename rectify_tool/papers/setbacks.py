"""整改进展停滞或出现反复 — words that did not change, and what was done and no longer is, by whose word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rectify_tool.model import Act, Claim, Decision, Heard, Paragraph, Verdict
from rectify_tool.papers.cases import Case, opened_again, sent_back
from rectify_tool.papers.speech import Speech, brief, quoted, spoken_day


def stalled(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """进展停滞 — the progress is that of the last bulletin, word for word or nearly."""
    return (*speech.listing("same_text", case.same_text), *speech.listing("near_text", case.near_text))


def went_back(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """单位自己改口 — with what the unit itself says now, or that it no longer says so."""
    verdicts = tuple(one for one in case.went_back if sent_back(one) is None)
    return speech.listing("went_back", verdicts, lambda verdict: _went_back(verdict, speech))


def put_back(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """退回 — since the last bulletin, or before it and not sent again."""
    verdicts = _apart(case, case.put_back, case.returned)
    return speech.listing("put_back", verdicts, lambda verdict: _by_act("put_back_item", verdict, case, speech))


def reopened(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """重新打开 — since the last bulletin, or before it and not sent again."""
    verdicts = _apart(case, case.reopened, case.opened)
    return speech.listing("reopened", verdicts, lambda verdict: _by_act("reopened_item", verdict, case, speech))


def reason(decision: Decision) -> str:
    """理由 — as written, without the day and the act it may begin with."""
    return brief(_OWN_DAY.sub("", decision.why), 60)


_DAY = r"(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?"
_OWN_DAY = re.compile(rf"^\s*(?:{_DAY}\s*)?(?:(?:退回|重新打开)(?=[：:，,；;\s]|$))?[：:，,；;\s]*")


def _apart(case: Case, *lists: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """各在一处说 — but for the overdue of which the unit's word and the act are told where they are named overdue."""
    wanted = {one.entry.item.no for members in lists for one in members}
    wanted -= {one.entry.item.no for one in case.overdue if sent_back(one)}
    return tuple(one for one in case.verdicts if one.entry.item.no in wanted)


def _went_back(verdict: Verdict, speech: Speech) -> str:
    reply = verdict.entry.lead_reply
    wrote = (reply.progress or reply.status) if reply and reply.claimed is not Claim.NONE else ""
    if not wrote.strip():
        return speech.item(verdict, "went_back_silent")
    name = "went_back_carried" if verdict.entry.heard is Heard.CARRIED else "went_back_said"
    return speech.item(verdict, name, progress=quoted(brief(wrote, 40)))


def _by_act(name: str, verdict: Verdict, case: Case, speech: Speech) -> str:
    """退回、重新打开 — with the day and the reason of the office's act; a closing may also just be gone."""
    opening = name == "reopened_item"
    back = opened_again(verdict, case.as_of)
    if back is None or back.day is None or (opening and back.act is not Act.REOPEN):
        return speech.item(verdict, "reopened_bare" if opening else "plain_item")
    why = reason(back)
    return speech.item(verdict, name, day=spoken_day(back.day), why=speech.word("because", why=why) if why else "")
