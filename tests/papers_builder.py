"""样本 — small outcomes built by hand, for the tests of the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from rectify_tool.findings import Code
from rectify_tool.model import (
    Act,
    Cell,
    Claim,
    Column,
    Deadline,
    Decision,
    Entry,
    FileOutcome,
    FileRecord,
    FileRole,
    Finding,
    Item,
    Job,
    Kind,
    Ledger,
    Outcome,
    Reason,
    Reply,
    Row,
    Rules,
    SetAside,
    Source,
    Standing,
    Verdict,
)
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules

AS_OF = date(2016, 5, 20)
BREAKDOWN = "责任分解表.xlsx"


def rules(**office: str) -> Rules:
    """默认口径, with this office's texts over it."""
    shipped = read_rules(default_rules_text())
    return replace(shipped, office={**shipped.office, **office})


def row(file: str, at: int, sheet: str = "Sheet1", **texts: str) -> Row:
    """一行 — row ``at`` (from 0) with the columns given by name, side by side from column A."""
    cells = {
        Column(name): (Cell(text, at, place, text),) for place, (name, text) in enumerate(texts.items()) if text.strip()
    }
    return Row(file, sheet, at, cells)


def reply(
    unit: str,
    no: str,
    claimed: Claim = Claim.IN_PROGRESS,
    progress: str = "正在推进",
    finished: date | None = None,
    at: int = 3,
    deadline: str = "",
    evidence: str = "",
) -> Reply:
    """反馈 — of ``unit`` on item ``no``, in its own file."""
    file = f"报送/{unit}.xlsx"
    typed = row(file, at, no=no, progress=progress, deadline=deadline, evidence=evidence)
    return Reply(
        no=no,
        unit=unit,
        claimed=claimed,
        progress=progress,
        status="",
        finished=finished,
        evidence=evidence,
        difficulty="",
        next="",
        sent=AS_OF,
        sha256="0" * 64,
        source=typed.source(Column.PROGRESS),
        row=typed,
    )


def verdict(
    no: str,
    standing: Standing = Standing.ON_TRACK,
    *,
    lead: str | None = "区财政局",
    others: Sequence[str] = (),
    leaders: Sequence[str] = ("区委副书记",),
    aspect: str = "落实“两个责任”方面",
    problem: str = "关于履行监督责任有所缺失的问题",
    matter: str = "建立健全监督责任清单",
    deadline: Deadline | None = None,
    due: date | None = date(2016, 6, 30),
    finished: date | None = None,
    replies: Sequence[Reply] | None = None,
    decisions: Sequence[Decision] = (),
    reported: bool = True,
    unreadable: bool = False,
    to_confirm: bool = False,
    claimed: Claim | None = None,
    because: str = "按时限和单位反馈判定",
) -> Verdict:
    """判定 — an item with its replies and where it stands; the due day defaults to one that fits the standing."""
    fits = {Standing.OVERDUE: AS_OF - timedelta(20), Standing.DUE_SOON: AS_OF + timedelta(5)}
    due = fits.get(standing, due) if due == date(2016, 6, 30) else due
    if standing in (Standing.LONG_TERM, Standing.UNDATED) and deadline is None:
        due = None
    read = deadline or _deadline(standing, due)
    done = standing in (Standing.CLOSED, Standing.FINISHED, Standing.FINISHED_LATE)
    claim = claimed or (Claim.DONE if done else Claim.IN_PROGRESS)
    units = tuple(dict.fromkeys([*([lead] if lead else []), *others]))
    said = (
        tuple(replies)
        if replies is not None
        else ((reply(lead, no, claim, at=_place(no)),) if lead and reported else ())
    )
    item = Item(
        no=no,
        aspect=aspect,
        problem=problem,
        item=matter,
        measure="制定清单，逐项落实",
        goal="责任到人",
        leaders=tuple(leaders),
        lead=lead,
        units=units,
        person="",
        deadline=read,
        row=row(BREAKDOWN, _place(no), "分解表", no=no, item=matter, deadline=read.text),
    )
    lead_reply = next((one for one in said if one.unit == lead and lead), None)
    entry = Entry(item, said, lead_reply, tuple(decisions), reported, unreadable)
    return Verdict(
        entry=entry,
        standing=standing,
        due=due,
        days_left=(due - AS_OF).days if due else None,
        because=because,
        claimed=claim if lead_reply else Claim.NONE,
        finished=finished,
        to_confirm=to_confirm,
        not_reported=not reported and not unreadable and lead is not None,
        passed=due is not None and due < AS_OF,
    )


def outcome(
    *verdicts: Verdict,
    findings: Sequence[Finding] = (),
    missing: Sequence[str] = (),
    unreadable: Sequence[str] = (),
    files: Sequence[FileRecord] | None = None,
    using: Rules | None = None,
    number: int = 8,
    out: str | None = None,
) -> Outcome:
    """结果 — of a run over these verdicts; units not named missing or unreadable have reported."""
    expected = tuple(dict.fromkeys(unit for one in verdicts for unit in one.entry.item.units))
    expected = tuple(dict.fromkeys([*expected, *missing, *unreadable]))
    heard = tuple(unit for unit in expected if unit not in {*missing, *unreadable})
    ledger = Ledger(
        entries=tuple(one.entry for one in verdicts),
        expected=expected,
        reported=heard,
        missing=tuple(missing),
        unreadable=tuple(unreadable),
        superseded=(),
        unmatched=(),
        retired=(),
        files=tuple(files) if files is not None else tuple(record(f"报送/{unit}.xlsx", unit) for unit in heard),
        base=date(2016, 2, 26),
        base_because="责任分解表标题",
    )
    job = Job(folder="/示例区", as_of=AS_OF, now=datetime(2016, 5, 20, 9, 30), out=out)
    return Outcome(job, number, ledger, verdicts, tuple(findings), using or rules(), {})


def record(file: str, unit: str | None, aside: Sequence[SetAside] = ()) -> FileRecord:
    """来源 — a file read, with ten cells used beside those set aside."""
    kept = tuple(aside) or (SetAside("Sheet1", 0, 0, "整改情况表", Reason.TITLE),)
    return FileRecord(
        file=file,
        role=FileRole.SUBMISSION,
        unit=unit,
        unit_because="填报单位一栏",
        outcome=FileOutcome.READ,
        sha256="ab" * 32,
        sent=AS_OF,
        cells=10 + len(kept),
        used=10,
        aside=kept,
        headings=(),
        items=3,
    )


def at(one: Reply, column: Column = Column.PROGRESS) -> Source:
    """出处 — the cell of a reply a finding points at."""
    return one.row.source(column)


def _deadline(standing: Standing, due: date | None) -> Deadline:
    if standing is Standing.LONG_TERM:
        return Deadline("长期坚持", Kind.LONG_TERM, rule="长期坚持", because="长期坚持，没有到期日")
    if due is None:
        return Deadline("尽快", Kind.VAGUE, rule="没有具体日期", because="“尽快”没有具体日期")
    text = f"{due.month}月{due.day}日前"
    return Deadline(text, Kind.DATED, (due,), rule="某月某日", because=f"{text}即{due}", notes=("年份推定",))


def _place(no: str) -> int:
    return 3 + sum(int(part) * weight for part, weight in zip(no.split("-"), (20, 1), strict=False))


def story(**office: str) -> Outcome:
    """一期 — a small issue in which nearly everything that can be said is said once."""
    first, second, third = "一、落实“两个责任”方面", "二、执行廉洁纪律方面", "三、执行组织纪律方面"
    clashing = reply("区审计局", "3-2", Claim.IN_PROGRESS, "部分单位尚未整改到位")
    bare = reply("区委办公室", "3-1", Claim.DONE, "已完成", at=8)
    changed = reply("区住建局", "6-1", progress="已拟定方案，正在征求意见", deadline="8月底前")
    extended = Decision(
        Act.EXTEND, "4-2", date(2016, 4, 20), date(2016, 5, 15), "经批准", Source(BREAKDOWN, "分解表", "M9")
    )
    surveyed = reply("区财政局", "4-1", progress="已完成摸底，正在制定“撤并”方案。\n下一步报区政府审定")
    doubtful = Deadline(
        "4月初启动", Kind.DATED, (date(2016, 4, 10),), doubt=True, guess=True, because="“4月初”只说了何时开始"
    )
    verdicts = (
        verdict(
            "1-1", Standing.CLOSED, lead="区委办公室", finished=date(2016, 4, 10), aspect=first, leaders=("区委书记",)
        ),
        verdict("1-2", Standing.FINISHED, lead="区委办公室", finished=date(2016, 4, 28), aspect=first),
        verdict(
            "2-1",
            Standing.FINISHED_LATE,
            lead="区审计局",
            due=date(2016, 4, 30),
            finished=date(2016, 5, 6),
            aspect=first,
        ),
        verdict("2-2", Standing.LONG_TERM, lead="区纪委", aspect=first),
        verdict("3-1", Standing.FINISHED, lead="区委办公室", replies=[bare], due=date(2016, 4, 30), aspect=first),
        verdict(
            "3-2",
            Standing.FINISHED,
            others=["区审计局"],
            replies=[reply("区财政局", "3-2", Claim.DONE, "4月28日已全部完成"), clashing],
            aspect=second,
            finished=date(2016, 4, 28),
        ),
        verdict(
            "4-1",
            Standing.OVERDUE,
            others=["区审计局"],
            aspect=second,
            matter="清理规范各类指挥部，撤销、合并一批",
            replies=[surveyed],
        ),
        verdict(
            "4-2",
            Standing.OVERDUE,
            lead="区城管局",
            due=date(2016, 5, 15),
            aspect=second,
            matter="开展“四费”专项检查",
            reported=False,
            decisions=[extended],
        ),
        verdict(
            "5-1",
            Standing.OVERDUE,
            lead="区教育局",
            aspect=second,
            reported=False,
            unreadable=True,
            due=date(2016, 5, 19),
        ),
        verdict("6-1", Standing.DUE_SOON, lead="区住建局", replies=[changed], aspect=third, leaders=("副区长",)),
        verdict("6-2", Standing.DUE_SOON, lead="区人社局", due=AS_OF, aspect=third, leaders=("副区长",)),
        verdict("6-3", Standing.ON_TRACK, lead="区人社局", aspect=third, leaders=("副区长",)),
        verdict("7-1", Standing.UNDATED, lead="区住建局", aspect=third, leaders=()),
        verdict(
            "7-2",
            Standing.UNDATED,
            lead="区住建局",
            to_confirm=True,
            aspect=third,
            deadline=doubtful,
            due=date(2016, 4, 10),
        ),
    )
    findings = (
        Code.UNITS_CLASH.at(
            at(clashing),
            no="3-2",
            unit="区财政局",
            claim="已完成",
            other="区审计局",
            other_claim="整改中",
            place="原件",
        ),
        Code.EVIDENCE_MISSING.at(at(bare), no="3-1"),
        Code.DEADLINE_CHANGED.at(at(changed, Column.DEADLINE), issued="5月25日前", typed="8月底前"),
        Code.UNIT_UNKNOWN_FILE.at(Source("报送/新建.xlsx")),
    )
    texts = {
        "mark": "示例·虚构",
        "sender": "中共示例区委督查室",
        "report_to": "区委书记、副书记，区委常委",
        "copies": "60",
    }
    return outcome(
        *verdicts, findings=findings, missing=["区城管局"], unreadable=["区教育局"], using=rules(**texts | office)
    )
