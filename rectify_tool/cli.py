"""命令行 — flags → Job, Outcome → lines and exit code."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, NoReturn

from rectify_tool import __version__
from rectify_tool.errors import RectifyError, Stop, refusal

if TYPE_CHECKING:  # the nouns take longer to load than --help to print, so each function loads what it needs
    from pathlib import Path

    from rectify_tool.model import Deadline, Finding, Job, Outcome

    _Commands = argparse._SubParsersAction["_Parser"]

Progress = Callable[[int, int, str], None]
OK, STRICT, BUG, INTERRUPTED = 0, 1, 70, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """命令行入口 — runs one command; the exit code is the contract's."""
    _speak_utf8()
    given = sys.argv[1:] if arguments is None else list(arguments)
    wants_json = "--json" in given
    try:
        options = _parser().parse_args(given)
        if options.command is None:
            _parser().print_help()
            return OK
        return int(options.run(options))
    except RectifyError as error:
        return _failed(error.stop.word, error.message, error.stop.exit_code, wants_json)
    except KeyboardInterrupt:
        exec("")  # else one that passed through an exec (a dataclass in the making) ends Python by signal, without code
        return _failed("interrupted", "已停止。原有的成果没有改动。", INTERRUPTED, wants_json)
    except Exception as error:
        return _failed("bug", _keep_bug(error), BUG, wants_json)


def _failed(code: str, message: str, exit_code: int, wants_json: bool) -> int:
    print(message, file=sys.stderr)
    if wants_json:
        with suppress(RectifyError):
            _print_json({"error": {"code": code, "message": message}})
    return exit_code


def _keep_bug(error: Exception) -> str:
    """程序出错 — the one place where a bug is kept: details into the log, an apology to the person."""
    import traceback

    apology = "很抱歉，程序出错了，原有的成果和各单位的文件都没有改动。"
    details = "".join(traceback.format_exception(error))
    log = _keep_log()
    if log is None:
        return f"{apology}详细情况如下，请发给维护人员：\n{details}"
    import logging

    logging.getLogger("rectify_tool").error("%s", details)
    return f"{apology}请把这个文件发给维护人员：{log}"


def _keep_log() -> Path | None:
    """日志 — from now on what only the maintainers need goes to the log file; None where none can be kept."""
    import logging

    from rectify_tool.places import log_file

    logger, path = logging.getLogger("rectify_tool"), log_file()
    if logger.handlers:
        return path
    logger.propagate = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    except OSError:
        logger.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter(f"—— %(asctime)s {__version__}\n%(message)s"))
    logger.addHandler(handler)
    return path


# ---------------------------------------------------------------- 命令 ----


def _run(options: argparse.Namespace) -> int:
    from rectify_tool.story.run import run

    return _engine(run, options)


def _check(options: argparse.Namespace) -> int:
    from rectify_tool.story.examine import examine

    return _engine(examine, options)


def _print(options: argparse.Namespace) -> int:
    from pathlib import Path

    from rectify_tool.story.printing import prepare, print_papers

    _keep_log()
    _working("正在排版，第一次要等一会儿……")
    prepared = prepare(Path(options.folder), Path(options.out) if options.out else None)
    for finding in prepared.findings:
        _say(_told(finding))
    for name in prepared.changed:
        _say(f"“{name}”写出以后改过，用的是改后的稿子。")
    for name in prepared.open:
        _say(f"“{name}”正打开着，用的是最后一次保存的稿子。")
    _say(f"已写出：{prepared.pdf}")
    if not options.pdf:
        _working("正在送打印……")
        papers = tuple(paper for paper in prepared.papers if (options.only or "") in paper.name)
        printer = print_papers(papers)
        _say(f"已交给打印机“{printer}”：{'、'.join(paper.name for paper in papers)}，请到打印机前核对页数。")
    return OK


def _working(what: str) -> None:
    if sys.stderr.isatty():
        print(what, file=sys.stderr, flush=True)


def _templates(options: argparse.Namespace) -> int:
    from pathlib import Path

    from rectify_tool.story.templates import hand_out_templates

    _keep_log()
    given = hand_out_templates(Path(options.folder), options.layout, date.today())
    if given.copied:
        _say(f"已复制：{given.template}（版式：{given.layout}）")
    else:
        _say(f"没有动：{given.template}。这个模板已经有了；要换成新的，先把它移走或改名，再运行一次。")
    _say(f"已写出：{given.guide}（有哪些填空、怎样写）")
    _say("下一步：用 Word 或 WPS 改“模板”里的模板，保存后关闭，下次运行就用它；移走它，就用默认的模板。")
    return OK


def _read_deadline(options: argparse.Namespace) -> int:
    from rectify_tool.story.deadline import read_deadlines

    base = options.base or date.today()
    deadlines = read_deadlines(options.text, base)
    if options.json:
        _print_json([_deadline_json(one) for one in deadlines])
        return OK
    if options.base is None:
        _say(f"（没有给 --base，按今天{base.isoformat()}起算）")
    for one in deadlines:
        none = "周期性，没有单独的一天" if one.every else "定不出日子"
        days = "、".join(day.isoformat() for day in one.due) or none
        doubt = "（有疑问）" if one.doubt else ""
        notes = f"〔{'；'.join(one.notes)}〕" if one.notes else ""
        _say(f"{one.text}\n    {days}{doubt}{notes}\n    规则：{one.rule}。{one.because}")
    return OK


def _deadline_json(deadline: Deadline) -> dict[str, object]:
    return {
        "text": deadline.text,
        "kind": deadline.kind.value,
        "due": [day.isoformat() for day in deadline.due],
        "doubt": deadline.doubt,
        "rule": deadline.rule,
        "because": deadline.because,
    }


def _job(options: argparse.Namespace) -> Job:
    from pathlib import Path

    from rectify_tool.model import Job

    now, out = datetime.now(), getattr(options, "out", None)
    return Job(
        folder=str(Path(options.folder).absolute()),
        as_of=options.as_of or now.date(),
        now=now,
        number=getattr(options, "number", None),
        out=str(Path(out).absolute()) if out else None,
        jobs=options.jobs,
        pdf=getattr(options, "pdf", False),
    )


# ---------------------------------------------------------------- 应答 ----


def _engine(work: Callable[[Job, Progress | None], Outcome], options: argparse.Namespace) -> int:
    """一次运行 — the log kept, the collector calmed: a run is hundreds of thousands of values without a cycle."""
    import gc

    _keep_log()
    gc.set_threshold(200_000)
    return _tell(work(_job(options), _progress()), options)


def _tell(outcome: Outcome, options: argparse.Namespace) -> int:
    if options.json:
        from rectify_tool.papers.answer import as_json

        _print_json(as_json(outcome))
    else:
        _print_outcome(outcome)
    worst = any(finding.severity.value == "error" for finding in outcome.findings)
    return STRICT if options.strict and worst else OK


def _print_outcome(outcome: Outcome) -> None:
    written = bool(outcome.outputs)
    for finding in outcome.findings:
        if finding.severity.value != "note" or not written:
            _say(_told(finding))
    _say(_figures(outcome))
    if written:
        _say("“说明”一级的核对意见不在这里列出，全部见整改汇总表“核对意见”。")
    for paper in outcome.outputs.values():
        _say(f"已写出：{paper}")


def _told(finding: Finding) -> str:
    from rectify_tool.model import SEVERITY_WORDS

    return f"{SEVERITY_WORDS[finding.severity]}  {finding}"


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


def _print_json(value: object) -> None:
    import json

    _say(json.dumps(value, ensure_ascii=False))


_READER_GONE = (errno.EPIPE, errno.EINVAL)  # the latter on Windows


def _say(text: str) -> None:
    """应答 — on stdout; whoever reads us may have seen enough (| head), the work goes on all the same.

    Raises:
        RectifyError: CANNOT_WRITE where it cannot be kept (| tee on a full disk); nothing is told there any more.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno not in _READER_GONE:
            raise RectifyError(Stop.CANNOT_WRITE, f"结果没有输出完：{refusal(error)}。请处理后再运行一次。") from error


def _speak_utf8() -> None:
    """输出编码 — UTF-8 whatever the console; what cannot be shown is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


class _Bar:
    """进度 — one line on a terminal that says how many files are read and which is now."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, done: int, total: int, name: str) -> None:
        filled = "█" * (20 * done // max(total, 1))
        self._stream.write(f"\r\033[K正在读取 {filled:　<20} {done}/{total} {name[-40:]}")
        if done == total:
            self._stream.write("\r\033[K")
        self._stream.flush()


def _progress() -> _Bar | None:
    return _Bar(sys.stderr) if sys.stderr.isatty() else None


# ---------------------------------------------------------------- 参数 ----


class _Parser(argparse.ArgumentParser):
    """参数解析 — argparse with Chinese words and the contract's way to fail."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这个说明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        for english, chinese in _WORDS:
            message = message.replace(english, chinese)
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"参数不对：{message}。运行 rectify-tool --help 看用法。")


_WORDS = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识 "),
    ("invalid choice: ", "没有 "),
    ("(choose from ", "（可以用的有 "),
    ("argument ", ""),
    ("expected one argument", "后面要写一个值"),
    ("expected at least one argument", "后面至少要写一个值"),
    ("命令: ", ""),
)


def _parser() -> _Parser:
    parser = _Parser(
        prog="rectify-tool",
        description="整改督查工具：读各单位报来的整改表，合成台账，判定逾期，写出督查专报和整改汇总表。",
        epilog="退出码：0 完成 · 1 用了 --strict 且有错误 · 2 参数不对 · 3 没有能读的表 · 4 无法写入或打印 · "
        "5 口径或模板有误 · 6 正在使用 · 7 数字对不上 · 70 程序出错 · 130 已停止",
    )
    parser.add_argument("--version", action="version", version=f"整改督查工具 {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令")
    _add_work(commands)
    _add_papers(commands)
    _add_deadline(commands)
    return parser


def _add_work(commands: _Commands) -> None:
    run = commands.add_parser("run", help="读、合、判，写出督查专报和整改汇总表")
    _work_options(run)
    run.add_argument("--number", type=_number, metavar="N", help="第几期；不写时为第1期")
    run.add_argument("--out", metavar="文件夹", help="成果写到哪里；不写时写到工作文件夹的“成果”里")
    run.add_argument("--pdf", action="store_true", help="另写一份专报的 PDF（要有 WPS、Word 或 LibreOffice）")
    run.set_defaults(run=_run)

    check = commands.add_parser("check", help="同样地读、合、判，只看结果，什么也不写")
    _work_options(check)
    check.set_defaults(run=_check)


def _add_papers(commands: _Commands) -> None:
    printing = commands.add_parser("print", help="打印最近一次写出的专报和汇总表，旁边留一份专报的 PDF")
    _folder(printing)
    printing.add_argument("--pdf", action="store_true", help="只做 PDF，不打印")
    printing.add_argument("--only", choices=("专报", "汇总表"), metavar="材料", help="只打印“专报”或“汇总表”")
    printing.add_argument("--out", metavar="文件夹", help="成果写在哪里；不写时为工作文件夹的“成果”")
    printing.set_defaults(run=_print)

    templates = commands.add_parser("templates", help="把 Word 模板复制出来修改，附填空说明")
    _folder(templates)
    templates.add_argument("--layout", metavar="版式", help="页边距和页码的样式，例：国标·数字；不写时为国标·一字线")
    templates.set_defaults(run=_templates)


def _add_deadline(commands: _Commands) -> None:
    deadline = commands.add_parser("read-deadline", help="看一条时限怎样理解、按哪条规则")
    deadline.add_argument("text", nargs="+", metavar="时限", help="时限的写法，可以写几条")
    deadline.add_argument("--base", type=_day, metavar="日期", help="从哪一天起算（年-月-日）；不写时为今天")
    deadline.add_argument("--json", action="store_true", help="输出 JSON")
    deadline.set_defaults(run=_read_deadline)


def _folder(parser: _Parser) -> None:
    parser.add_argument("folder", metavar="工作文件夹", help="放责任分解表和“报送”的文件夹")


def _work_options(parser: _Parser) -> None:
    _folder(parser)
    parser.add_argument("--as-of", type=_day, metavar="日期", help="截至哪一天（年-月-日），当天算在内；不写时为今天")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="同时读几个文件；不写时按电脑自定")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--strict", action="store_true", help="有“错误”一级的核对意见时退出码为1")


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是“年-月-日”这样的日期，或者没有这一天；应当写成 2016-05-20 这样"
        ) from None


def _number(text: str) -> int:
    return _whole(text, "期数", 9999)


def _jobs(text: str) -> int:
    return _whole(text, "同时读的文件数", 64)


def _whole(text: str, what: str, most: int) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不对，{what}应当是 1 到 {most} 的整数")
