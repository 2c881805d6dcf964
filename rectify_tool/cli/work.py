"""办事的命令 — run, check, print, templates, read-deadline: options → Job, Outcome → lines and exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from rectify_tool.cli.console import Progress, keep_log, print_json, progress, say, told, working

if TYPE_CHECKING:
    from rectify_tool.model import Deadline, Job, Outcome

OK, STRICT = 0, 1


def run(options: argparse.Namespace) -> int:
    """运行 — read, merge, judge, and write the papers."""
    from rectify_tool.story.run import run

    return _engine(run, options)


def check(options: argparse.Namespace) -> int:
    """查看 — the same, writing nothing."""
    from rectify_tool.story.examine import examine

    return _engine(examine, options)


def print_papers(options: argparse.Namespace) -> int:
    """打印 — the last papers, or only the PDF of the bulletin."""
    from pathlib import Path

    from rectify_tool.story.printing import prepare, print_papers

    keep_log()
    working("正在排版，第一次要等一会儿……")
    prepared = prepare(Path(options.folder), Path(options.out) if options.out else None)
    for finding in prepared.findings:
        say(told(finding))
    for name in prepared.changed:
        say(f"“{name}”写出以后改过，用的是改后的稿子。")
    for name in prepared.open:
        say(f"“{name}”正打开着，用的是最后一次保存的稿子。")
    say(f"已写出：{prepared.pdf}")
    if not options.pdf:
        working("正在送打印……")
        papers = tuple(paper for paper in prepared.papers if (options.only or "") in paper.name)
        printer = print_papers(papers)
        say(f"已交给打印机“{printer}”：{'、'.join(paper.name for paper in papers)}，请到打印机前核对页数。")
    return OK


def templates(options: argparse.Namespace) -> int:
    """模板 — copied out to edit."""
    from pathlib import Path

    from rectify_tool.story.templates import hand_out_templates

    keep_log()
    given = hand_out_templates(Path(options.folder), options.layout, date.today())
    if given.copied:
        say(f"已复制：{given.template}（版式：{given.layout}）")
    else:
        say(f"没有动：{given.template}。这个模板已经有了；要换成新的，先把它移走或改名，再运行一次。")
    say(f"已写出：{given.guide}（有哪些填空、怎样写）")
    say("下一步：用 Word 或 WPS 改“模板”里的模板，保存后关闭，下次运行就用它；移走它，就用默认的模板。")
    say("换版式：把改过的模板移走，在这条命令后面加上 --layout 版式名（有哪些版式，见填空说明）。")
    return OK


def read_deadline(options: argparse.Namespace) -> int:
    """读时限 — how each phrase is read."""
    from rectify_tool.story.deadline import read_deadlines

    base = options.base or date.today()
    deadlines = read_deadlines(options.text, base)
    if options.json:
        print_json([_deadline_json(one) for one in deadlines])
        return OK
    if options.base is None:
        say(f"（没有给 --base，按今天{base.isoformat()}起算）")
    for one in deadlines:
        none = "周期性，没有单独的一天" if one.every else "定不出日子"
        days = "、".join(day.isoformat() for day in one.due) or none
        doubt = "（有疑问）" if one.doubt else ""
        notes = f"〔{'；'.join(one.notes)}〕" if one.notes else ""
        say(f"{one.text}\n    {days}{doubt}{notes}\n    规则：{one.rule}。{one.because}")
    return OK


def job_of(options: argparse.Namespace) -> Job:
    """任务 — what the options ask for."""
    from pathlib import Path

    from rectify_tool.model import Job

    now, out = datetime.now(), getattr(options, "out", None)
    return Job(
        folder=str(Path(options.folder).absolute()),
        as_of=getattr(options, "as_of", None) or now.date(),
        now=now,
        number=getattr(options, "number", None),
        out=str(Path(out).absolute()) if out else None,
        jobs=options.jobs,
        pdf=getattr(options, "pdf", False),
    )


def absolute(path: str) -> str:
    """绝对路径 — of what was typed."""
    from pathlib import Path

    return str(Path(path).absolute())


def _deadline_json(deadline: Deadline) -> dict[str, object]:
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "due": [day.isoformat() for day in deadline.due],
        "doubt": deadline.doubt,
        "rule": deadline.rule,
        "because": deadline.because,
    }


def _engine(work: Callable[[Job, Progress | None], Outcome], options: argparse.Namespace) -> int:
    """一次运行 — the log kept, the collector calmed: a run is hundreds of thousands of values without a cycle."""
    import gc

    keep_log()
    gc.set_threshold(200_000)
    return _tell(work(job_of(options), progress()), options)


def _tell(outcome: Outcome, options: argparse.Namespace) -> int:
    if options.json:
        from rectify_tool.papers.answer import as_json

        print_json(as_json(outcome))
    else:
        _print_outcome(outcome)
    worst = any(finding.severity.value == "error" for finding in outcome.findings)
    return STRICT if options.strict and worst else OK


def _print_outcome(outcome: Outcome) -> None:
    written = bool(outcome.outputs)
    for finding in outcome.findings:
        if finding.severity.value != "note" or not written:
            say(told(finding))
    say(_figures(outcome))
    if written:
        say("“说明”一级的核对意见不在这里列出，全部见整改汇总表“核对意见”。")
    for paper in outcome.outputs.values():
        say(f"已写出：{paper}")


def _figures(outcome: Outcome) -> str:
    from rectify_tool.model import SEVERITY_WORDS, STANDING_WORDS, Standing
    from rectify_tool.papers.counts import count, units_heard

    counts = count(outcome.verdicts)
    parts = [f"{STANDING_WORDS[one]}{counts[one.value]}项" for one in Standing if counts[one.value]]
    heard = units_heard(outcome.ledger)
    units = [f"应报单位{len(outcome.ledger.expected)}个", f"已报{len(heard['reported'])}个"]
    for word, silent in (("未报", heard["missing"]), ("收到未能读取", heard["unreadable"])):
        units += [f"{word}{len(silent)}个（{'、'.join(silent)}）"] if silent else []
    severities = [finding.severity for finding in outcome.findings]
    findings = "，".join(f"{word}{severities.count(one)}条" for one, word in SEVERITY_WORDS.items())
    return (
        f"截至{outcome.job.as_of.isoformat()}：共{counts['items']}项，其中{'、'.join(parts)}。\n"
        f"{'，'.join(units)}。\n核对意见：{findings}。"
    )
