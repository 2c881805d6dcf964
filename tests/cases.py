"""Small values for tests of the core, said in the office's own words."""

from __future__ import annotations

from datetime import date

from rectify_tool.dates import read_deadline
from rectify_tool.model import (
    Act,
    Cell,
    Claim,
    Column,
    Decision,
    Entry,
    Heard,
    Item,
    Reply,
    Row,
    Rules,
    Source,
)
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules

BASE = date(2016, 2, 26)
RULES: Rules = read_rules(default_rules_text())


def day(text: str) -> date:
    """A day of 2016 written M-D, or any day written Y-M-D."""
    return date.fromisoformat(text) if len(text) > 5 else date(2016, *map(int, text.split("-")))


def row(file: str = "责任分解表.xlsx", **texts: str) -> Row:
    cells = {Column(name): (Cell(text, 6, place, text),) for place, (name, text) in enumerate(texts.items())}
    return Row(file, "Sheet1", 6, cells)


def item(deadline: str = "4月底前", *, no: str = "1-1", lead: str | None = "区财政局", units: str = "") -> Item:
    names = tuple(dict.fromkeys([*([lead] if lead else []), *units.split()]))
    typed = row(no=no, item="修订办法", deadline=deadline)
    read = read_deadline(deadline, BASE, RULES)
    return Item(no, "方面", "问题", "修订办法", "", "", (), lead, names, "某科室负责人", read, typed)


def reply(
    claimed: Claim = Claim.DONE,
    *,
    unit: str | None = "区财政局",
    no: str = "1-1",
    finished: str = "",
    sent: str = "5-18",
    stages: tuple[str, ...] = (),
    file: str = "",
    since: str = "",
    dated: str = "",
) -> Reply:
    typed = row(file or f"报送/{unit}.xlsx", no=no, progress="进展")
    return Reply(
        no=no,
        unit=unit,
        claimed=claimed,
        progress="进展",
        status="",
        finished=day(finished) if finished else None,
        evidence="",
        difficulty="",
        next="",
        sent=day(sent) if sent else None,
        sha256=typed.file,
        source=typed.source(Column.PROGRESS),
        row=typed,
        stages_done=tuple(day(one) for one in stages),
        finished_since=day(since) if since else None,
        dated=day(dated) if dated else None,
    )


def decision(act: Act, on: str = "", *, new_due: str = "", no: str = "1-1") -> Decision:
    return Decision(
        act,
        no,
        day(on) if on else None,
        day(new_due) if new_due else None,
        "",
        Source("责任分解表.xlsx", "Sheet1", "K7"),
    )


def entry(
    deadline: str = "4月底前",
    said: Reply | None = None,
    *decisions: Decision,
    reported: bool = True,
    unreadable: bool = False,
    carried: bool = False,
    lead: str | None = "区财政局",
) -> Entry:
    assigned = item(deadline, lead=lead)
    replies = (said,) if said else ()
    silent = Heard.UNREADABLE if unreadable else Heard.CARRIED if carried else Heard.MISSING
    return Entry(
        assigned, replies, said, decisions, silent if unreadable or carried or not reported else Heard.REPORTED
    )
