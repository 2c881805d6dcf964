"""样本 — small outcomes built by hand, for the tests of the papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from rectify_tool.change import compare, snapshot
from rectify_tool.findings import Code
from rectify_tool.model import (
    Act,
    Cell,
    Change,
    Claim,
    Column,
    Deadline,
    Decision,
    Entry,
    FileOutcome,
    FileRecord,
    FileRole,
    Finding,
    Heard,
    Item,
    Job,
    Kind,
    Ledger,
    Outcome,
    Published,
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
    carried: bool = False,
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
    silent = Heard.UNREADABLE if unreadable else Heard.CARRIED if carried else Heard.MISSING
    heard = Heard.REPORTED if reported and not carried else silent
    entry = Entry(item, said, lead_reply, tuple(decisions), heard)
    return Verdict(
        entry=entry,
        standing=standing,
        due=due,
        days_left=(due - AS_OF).days if due else None,
        because=because,
        claimed=claim if lead_reply else Claim.NONE,
        finished=finished,
        to_confirm=to_confirm,
        not_reported=heard in (Heard.CARRIED, Heard.MISSING) and lead is not None,
        passed=due is not None and due < AS_OF,
    )


def outcome(
    *verdicts: Verdict,
    findings: Sequence[Finding] = (),
    missing: Sequence[str] = (),
    unreadable: Sequence[str] = (),
    carried: Sequence[str] = (),
    acts: Sequence[Decision] = (),
    earlier: Sequence[Published] = (),
    files: Sequence[FileRecord] | None = None,
    using: Rules | None = None,
    number: int = 8,
    out: str | None = None,
) -> Outcome:
    """结果 — of a run over these verdicts, held against the bulletins published ``earlier``.

    Units not named missing, carried or unreadable have reported; the carried are counted among the missing.
    """
    missing = tuple(dict.fromkeys([*missing, *carried]))
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
        carried=tuple(carried),
        acts=tuple(acts),
    )
    office = using or rules()
    change, _ = compare(verdicts, ledger, earlier, office, AS_OF) if earlier else (Change(), ())
    job = Job(folder="/示例区", as_of=AS_OF, now=datetime(2016, 5, 20, 9, 30), out=out)
    return Outcome(job, number, ledger, verdicts, tuple(findings), office, {}, change)


def published(
    *verdicts: Verdict,
    number: int = 7,
    as_of: date = date(2016, 5, 10),
    missing: Sequence[str] = (),
    unreadable: Sequence[str] = (),
) -> Published:
    """往期 — a published bulletin that showed these verdicts."""
    made = outcome(*verdicts, missing=missing, unreadable=unreadable, number=number)
    return snapshot(replace(made, job=replace(made.job, as_of=as_of)), "0.2.0")


def act(kind: Act, no: str, day: date, *, to: date | None = None, why: str = "", unit: str | None = None) -> Decision:
    """办理决定 — recorded in 台账.db."""
    return Decision(kind, no, day, to, why, Source("台账.db", None, "第1条"), unit)


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


def _saying(one: Verdict) -> Verdict:
    """上期的话 — what a lead only says in general it said otherwise in the bulletin before."""
    general = one.entry.lead_reply is not None and one.entry.lead_reply.progress == "正在推进"
    said = tuple(replace(each, progress="已启动" if general else each.progress) for each in one.entry.replies)
    return replace(one, entry=replace(one.entry, replies=said, lead_reply=said[0] if said else None))


def _sent(one: Reply, day: date) -> Reply:
    return replace(one, sent=day)


def sequel(**office: str) -> Outcome:
    """又一期 — the eighth again, after three others: nearly everything that can be said of change is said once."""
    back = act(Act.RETURN, "1-4", date(2016, 5, 12), why="2016年5月12日退回：佐证材料只有3份")
    again = act(Act.REOPEN, "1-5", date(2016, 5, 13), why="抽查12件，仍有2件不实")
    letter = act(Act.LETTER, "2-3", date(2016, 5, 3), why="督办函第4号")
    blame = act(Act.ACCOUNTABILITY, "2-4", date(2016, 5, 16))
    asked = act(Act.ASK, "2-5", date(2016, 5, 15), to=date(2016, 6, 30))
    first = act(Act.EXTEND, "3-1", date(2016, 4, 20), to=date(2016, 5, 5))
    second = act(Act.EXTEND, "3-1", date(2016, 5, 11), to=date(2016, 5, 27))
    talk = act(Act.TALK, "", date(2016, 5, 17), unit="区教育局")
    asked_soon = act(Act.ASK, "6-4", date(2016, 5, 14), to=date(2016, 7, 15))
    done = _sent(reply("区审计局", "1-4", Claim.DONE, "已建立4项制度"), date(2016, 5, 9))
    opened = act(Act.REOPEN, "1-6", date(2016, 5, 13), why="信访反映仍有3人在岗")
    earlier_back = act(Act.RETURN, "1-7", date(2016, 5, 6), why="没有附2份合同")
    shut = act(Act.REOPEN, "1-8", date(2016, 5, 14), why="5月14日重新打开")
    two = Deadline(
        "2016年6月前",
        Kind.DATED,
        (date(2016, 6, 30),),
        doubt=True,
        earlier=date(2016, 5, 31),
        because="有两种理解：2016年5月31日，或者2016年6月30日",
    )
    now = (
        verdict("1-1", Standing.FINISHED, finished=date(2016, 5, 18)),
        verdict("1-2", Standing.CLOSED, finished=date(2016, 5, 6)),
        verdict("1-3", lead="区审计局"),
        verdict("1-4", lead="区审计局", replies=[done], decisions=[back], claimed=Claim.IN_PROGRESS),
        verdict("1-5", lead="区审计局", decisions=[again]),
        verdict(
            "1-6",
            Standing.OVERDUE,
            lead="区编办",
            replies=[_sent(reply("区编办", "1-6", Claim.DONE, "已清退12人"), date(2016, 5, 9))],
            decisions=[opened],
            claimed=Claim.IN_PROGRESS,
        ),
        verdict(
            "1-7",
            lead="区编办",
            replies=[_sent(reply("区编办", "1-7", Claim.DONE, "合同已签2份"), date(2016, 5, 4))],
            decisions=[earlier_back],
            claimed=Claim.IN_PROGRESS,
        ),
        verdict("1-8", lead="区编办", decisions=[shut]),
        verdict("2-1", Standing.OVERDUE, lead="区住建局"),
        verdict("2-2", Standing.OVERDUE),
        verdict("2-3", Standing.OVERDUE, lead="区住建局", decisions=[letter]),
        verdict("2-4", Standing.OVERDUE, lead="区城管局", decisions=[blame]),
        verdict("2-5", Standing.OVERDUE, decisions=[asked]),
        verdict("3-1", Standing.DUE_SOON, due=date(2016, 5, 27), decisions=[first, second]),
        verdict("3-2", due=date(2016, 6, 20)),
        verdict(
            "3-3",
            lead="区人社局",
            replies=[reply("区人社局", "3-3", progress="正在修订《办法》，已征求12个单位意见。")],
        ),
        verdict(
            "3-4",
            lead="区人社局",
            replies=[reply("区人社局", "3-4", progress="截至5月19日，正在起草清单，下一步征求意见")],
        ),
        verdict("4-1", Standing.OVERDUE, lead="区水务局", carried=True),
        verdict("4-2", lead="区教育局", reported=False),
        verdict("4-3", lead="区林业局", carried=True),
        verdict("4-4", lead="区卫计局"),
        verdict("5-1"),
        verdict("6-1", Standing.FINISHED_LATE, lead="区委办公室", due=date(2016, 4, 30)),
        verdict("6-2", Standing.FINISHED_LATE, lead="区委办公室", due=date(2016, 4, 15)),
        verdict("6-3", lead="区委办公室", due=date(2016, 7, 10)),
        verdict("6-4", Standing.DUE_SOON, lead="区委办公室", decisions=[asked_soon]),
        replace(verdict("6-5", Standing.DUE_SOON, lead="区委办公室", deadline=two), due=two.due[0], days_left=41),
        verdict("6-6", lead="区委办公室", claimed=Claim.NONE, replies=()),
        verdict("6-7", lead="区委办公室", claimed=Claim.NONE, replies=()),
    )
    then = {
        "1-1": verdict("1-1"),
        "1-2": verdict("1-2", Standing.FINISHED),
        "1-3": verdict("1-3", Standing.FINISHED, lead="区审计局"),
        "1-4": verdict("1-4", Standing.FINISHED, lead="区审计局"),
        "1-5": verdict("1-5", Standing.CLOSED, lead="区审计局"),
        "1-6": verdict("1-6", Standing.CLOSED, lead="区编办", due=date(2016, 4, 30)),
        "1-7": verdict("1-7", lead="区编办"),
        "1-8": verdict("1-8", Standing.FINISHED, lead="区编办"),
        "2-1": verdict("2-1", Standing.DUE_SOON, lead="区住建局", due=date(2016, 4, 30)),
        "3-1": verdict("3-1", Standing.OVERDUE, due=date(2016, 5, 5)),
        "3-2": verdict("3-2", due=date(2016, 6, 30)),
        "3-3": verdict(
            "3-3", lead="区人社局", replies=[reply("区人社局", "3-3", progress="正在修订《办法》，已征求12个单位意见")]
        ),
        "3-4": verdict(
            "3-4",
            lead="区人社局",
            replies=[reply("区人社局", "3-4", progress="截至5月9日，正在起草清单，下一步征求意见")],
        ),
        "4-4": verdict("4-4", lead="区卫计局", reported=False),
        "6-1": verdict("6-1", Standing.OVERDUE, lead="区委办公室", due=date(2016, 4, 30)),
        "6-2": verdict("6-2", Standing.FINISHED_LATE, lead="区委办公室", due=date(2016, 4, 15)),
        "6-3": verdict("6-3", Standing.OVERDUE, lead="区委办公室", due=date(2016, 4, 30)),
        "6-4": verdict("6-4", lead="区委办公室", due=AS_OF + timedelta(5)),
        "6-5": verdict("6-5", lead="区委办公室", deadline=two),
        "6-6": verdict("6-6", lead="区委办公室", claimed=Claim.NONE, replies=()),
        "6-7": verdict("6-7", lead="区委办公室"),
        "9-1": verdict("9-1"),
        "9-2": verdict("9-2"),
    }
    kept = {
        one.entry.item.no: one for one in now if one.entry.item.no in ("2-2", "2-3", "2-4", "2-5", "4-1", "4-2", "4-3")
    }
    last = {**then, **kept}
    last = {no: _saying(one) for no, one in last.items()}
    on_time = {no: verdict(no, lead=one.entry.item.lead) for no, one in last.items()}
    shown = {
        5: {**on_time, **{no: last[no] for no in ("2-4",)}},
        6: {**on_time, **{no: last[no] for no in ("2-3", "2-4")}},
        7: last,
    }
    days = {5: date(2016, 4, 20), 6: date(2016, 4, 29), 7: date(2016, 5, 10)}
    silent = {5: ["区教育局"], 6: ["区教育局"], 7: ["区教育局", "区水务局", "区卫计局"]}
    earlier = [
        published(*one.values(), number=number, as_of=days[number], missing=silent[number])
        for number, one in shown.items()
    ]
    made = outcome(
        *now,
        missing=["区教育局"],
        carried=["区水务局", "区林业局"],
        acts=[talk],
        earlier=earlier,
        using=rules(**{"sender": "中共示例区委督查室", "mark": "示例·虚构"} | office),
    )
    corrected = published(*shown[7].values(), number=8, as_of=date(2016, 5, 18))
    return replace(made, change=replace(made.change, corrects=corrected))
