"""附件 — the tables behind a bulletin: 逾期清单, 临期清单, 责任领导一览; one without rows is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rectify_tool.model import DONE, LIGHTS, STANDING_WORDS, Field, Standing, Verdict
from rectify_tool.papers.cases import extension, lead_said, sent_back, two_readings
from rectify_tool.papers.counts import UNNAMED, Group, by_leader, count, nearest_first, standing_in
from rectify_tool.papers.speech import Speech, brief, listed, spoken_day

Attachment = tuple[str, str, tuple[Field, ...]]
"""附件 — (its name, the template's field for its rows, the rows)."""


def attachment_fields(verdicts: Sequence[Verdict], speech: Speech) -> dict[str, Field]:
    """附件各填空 — names in order, the note below the text, and rows, label and name of each table."""
    attachments = _attachments(verdicts, speech)
    names = [name for name, _, _ in attachments]
    return {"attachments": tuple(names), "attachment_note": _attachment_note(names), **_attached(attachments)}


def _attachments(verdicts: Sequence[Verdict], speech: Speech) -> list[Attachment]:
    overdue, due_soon = (nearest_first(standing_in(verdicts, one)) for one in (Standing.OVERDUE, Standing.DUE_SOON))
    found: list[Attachment] = [
        (speech.word("attachment_overdue"), "overdue", _item_rows(overdue, speech)),
        (speech.word("attachment_due_soon"), "due_soon", _item_rows(due_soon, speech)),
        (speech.word("attachment_leaders"), "leaders", _leader_rows(verdicts, speech)),
    ]
    return [one for one in found if one[2]]


def _attached(attachments: Sequence[Attachment]) -> dict[str, Field]:
    """附件各表 — rows and heading of every table; a table without rows has neither."""
    fields: dict[str, Field] = {}
    for field in ("overdue", "due_soon", "leaders"):
        fields |= {field: (), f"{field}_heading": "", f"{field}_caption": ""}
    for at, (name, field, rows) in enumerate(attachments, 1):
        label = f"附件{at}" if len(attachments) > 1 else "附件"
        fields |= {field: rows, f"{field}_heading": label, f"{field}_caption": name}
    return fields


def _attachment_note(names: Sequence[str]) -> tuple[str, ...]:
    """附件说明 — 附件：1.逾期清单, one line each; a single attachment has no number (GB/T 9704-2012 7.3.4)."""
    if len(names) < 2:
        return tuple(f"附件：{name}" for name in names)
    return tuple(f"{'附件：' if at == 1 else '　　　'}{at}. {name}" for at, name in enumerate(names, 1))


def _item_rows(verdicts: Sequence[Verdict], speech: Speech) -> tuple[Field, ...]:
    return tuple(_item_row(at, verdict, speech) for at, verdict in enumerate(verdicts, 1))


def _item_row(at: int, verdict: Verdict, speech: Speech) -> Mapping[str, Field]:
    item = verdict.entry.item
    return {
        "order": str(at),
        "light": LIGHTS[verdict.standing].value,
        "standing": STANDING_WORDS[verdict.standing],
        "no": item.no,
        "matter": brief(item.matter, 60),
        "lead": item.lead or UNNAMED,
        "units": "、".join(unit for unit in item.units if unit != item.lead),
        "leaders": listed(item.leaders) or UNNAMED,
        "deadline": brief(item.deadline.text, 40),
        "due": _due(verdict, speech),
        "days": "待确认" if two_readings(verdict) else str(abs(verdict.days_left or 0)),
        "said": _said(verdict, speech),
    }


def _due(verdict: Verdict, speech: Speech) -> str:
    if verdict.due is None:
        return ""
    due, earlier = spoken_day(verdict.due), two_readings(verdict)
    if due in verdict.entry.item.deadline.text:
        return ""
    if extension(verdict):
        return speech.word("due_extended_brief", due=due)
    return f"{spoken_day(earlier)}或\n{due}" if earlier else due


def _said(verdict: Verdict, speech: Speech) -> str:
    name, wrote = lead_said(verdict)
    if not wrote:
        return brief(speech.word(name), 60)
    sent, told = sent_back(verdict), brief(wrote, 60)
    day = spoken_day(sent.day) if sent and sent.day else ""
    return told if name == "said_progress" else speech.word(f"{name}_brief", progress=told, day=day)


def _leader_rows(verdicts: Sequence[Verdict], speech: Speech) -> tuple[Field, ...]:
    """责任领导一览 — a single leader needs no table."""
    groups = by_leader(verdicts, speech.rules.leader_order)
    return tuple(_leader_row(group) for group in groups) if len(groups) > 1 else ()


def _leader_row(group: Group) -> Mapping[str, Field]:
    counts = count(group.verdicts)
    overdue = standing_in(group.verdicts, Standing.OVERDUE)
    return {
        "leader": group.name,
        "total": str(counts["items"]),
        "done": str(sum(counts[standing.value] for standing in DONE)),
        **{key: str(counts[key]) for key in ("closed", "finished_late", "on_track", "due_soon", "overdue")},
        **{key: str(counts[key]) for key in ("long_term", "undated")},
        "overdue_nos": "、".join(verdict.entry.item.no for verdict in overdue),
    }
