"""参数 — the commands and options of the command line, in Chinese, each bound to the function that does it."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

from rectify_tool import __version__
from rectify_tool.cli import ledger, work
from rectify_tool.errors import RectifyError, Stop

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]


def parser() -> _Parser:
    """参数表 — every command that works, and no other."""
    made = _Parser(
        prog="rectify-tool",
        description="整改督查工具：读各单位报来的整改表，合成台账，判定逾期，写出督查专报和整改汇总表。"
        "不写命令，打开窗口；只写一个工作文件夹，在窗口里打开它。",
        epilog="退出码：0 完成 · 1 用了 --strict 且有错误 · 2 参数不对 · 3 没有能读的表 · 4 无法写入或打印 · "
        "5 口径、模板或台账有误 · 6 正在使用 · 7 数字对不上 · 70 程序出错 · 130 已停止",
    )
    made.add_argument("--version", action="version", version=f"整改督查工具 {__version__}", help="显示版本")
    commands = made.add_subparsers(dest="command", title="命令", metavar="命令")
    _add_work(commands)
    _add_papers(commands)
    _add_ledger(commands)
    _add_deadline(commands)
    return made


def _add_work(commands: _Commands) -> None:
    run = commands.add_parser("run", help="读、合、判，写出督查专报和整改汇总表")
    _work_options(run)
    run.add_argument("--out", metavar="文件夹", help="成果写到哪里；不写时写到工作文件夹的“成果”里")
    run.add_argument("--pdf", action="store_true", help="另写一份专报的 PDF（要有 WPS、Word 或 LibreOffice）")
    run.set_defaults(run=work.run)

    check = commands.add_parser("check", help="同样地读、合、判，只看结果，什么也不写")
    _work_options(check)
    check.set_defaults(run=work.check)


def _add_papers(commands: _Commands) -> None:
    printing = commands.add_parser("print", help="打印最近一次写出的专报和汇总表，旁边留一份专报的 PDF")
    _folder(printing)
    printing.add_argument("--pdf", action="store_true", help="只做 PDF，不打印")
    printing.add_argument("--only", choices=("专报", "汇总表"), metavar="材料", help="只打印“专报”或“汇总表”")
    printing.add_argument("--out", metavar="文件夹", help="成果写在哪里；不写时为工作文件夹的“成果”")
    printing.set_defaults(run=work.print_papers)

    templates = commands.add_parser("templates", help="把 Word 模板复制出来修改，附填空说明")
    _folder(templates)
    templates.add_argument("--layout", metavar="版式", help="页边距和页码的样式，例：国标·数字；不写时为国标·一字线")
    templates.set_defaults(run=work.templates)


def _add_ledger(commands: _Commands) -> None:
    publish = commands.add_parser("publish", help="定稿：把最近一次写出的专报记入台账，以后不再变")
    _folder(publish)
    publish.add_argument("--number", type=_number, metavar="N", help="定第几期的稿；不写时为最近一次写出的")
    publish.add_argument("--correct", metavar="原因", help="更正已定稿的一期，写明原因；原来的一稿也留着")
    publish.add_argument("--accept-difference", metavar="原因", help="对账不平而核对过、不影响的，写明原因")
    publish.add_argument("--out", metavar="文件夹", help="专报写在哪里；不写时为工作文件夹的“成果”")
    publish.add_argument("--jobs", type=_jobs, metavar="N", help="同时读几个文件；不写时按电脑自定")
    publish.add_argument("--json", action="store_true", help="输出 JSON")
    publish.set_defaults(run=ledger.publish)

    reprint = commands.add_parser("reprint", help="把已定稿的一期原样再写出来")
    _folder(reprint)
    reprint.add_argument("number", type=_number, metavar="期号", help="第几期")
    reprint.add_argument("--year", type=_year, metavar="年", help="哪一年的；不写时为最近有这一期的一年")
    reprint.add_argument("--edition", type=_number, metavar="N", help="第几稿（更正过的才有几稿）；不写时为最后一稿")
    reprint.add_argument("--out", metavar="文件夹", help="写到哪里；不写时为“成果”里的“重印”")
    reprint.set_defaults(run=ledger.reprint)

    history = commands.add_parser("history", help="一个小项从头到现在的经过；不写编号时列出各期定稿和台账里的办理记录")
    _folder(history)
    history.add_argument("item", nargs="?", metavar="编号", help="小项的编号，例：4-2")
    _as_of(history)
    history.add_argument("--jobs", type=_jobs, metavar="N", help="同时读几个文件；不写时按电脑自定")
    history.add_argument("--json", action="store_true", help="输出 JSON")
    history.add_argument("--restore", action="store_true", help="台账损坏时，从备份恢复")
    history.set_defaults(run=ledger.history)

    register = commands.add_parser("register", help="写一份带下拉选单的办理登记表，供在 Excel、WPS 里记办理")
    _folder(register)
    _as_of(register)
    register.add_argument("--jobs", type=_jobs, metavar="N", help="同时读几个文件；不写时按电脑自定")
    register.set_defaults(run=ledger.register)

    record = commands.add_parser("record", help="记一件办理：销号、退回、延期、催办等")
    _folder(record)
    acts = record.add_subparsers(dest="act", title="办理", metavar="办理", required=True)
    for act, (help_, target) in _ACTS.items():
        one = acts.add_parser(act, help=help_)
        one.add_argument(
            "target", metavar=target, help=f"{target}，例：4-2" if target == "编号" else "编号，或单位的名称"
        )
        one.add_argument("--day", type=_day, metavar="日期", help="办理日期（年-月-日）；不写时为今天")
        if act in ("extend", "ask"):
            one.add_argument("--to", type=_day, metavar="日期", help="延到哪一天（年-月-日）")
        one.add_argument("--anyway", action="store_true", help="提示说不通的，核对后照样记")
        one.add_argument("--jobs", type=_jobs, metavar="N", help="同时读几个文件；不写时按电脑自定")
        _by_and_why(one)
    undo = acts.add_parser("undo", help="撤回记错的一条；原来的一条留着，不再起作用")
    undo.add_argument("serial", type=_serial, metavar="第几条", help="台账里的第几条")
    _by_and_why(undo)
    record.set_defaults(run=ledger.record)


_ACTS = {
    "close": ("销号：报了完成、经核查的", "编号"),
    "reopen": ("销号后重新打开（要写原因）", "编号"),
    "return": ("退回：报了完成、核查没有通过的（要写原因）", "编号"),
    "ask": ("申请延期（没有批准以前时限不变）", "编号"),
    "extend": ("批准延期", "编号"),
    "call": ("电话催办", "对象"),
    "letter": ("督办函", "对象"),
    "talk": ("约谈", "对象"),
    "accountability": ("问责", "对象"),
}


def _by_and_why(parser: _Parser) -> None:
    parser.add_argument("--by", metavar="职务", help="谁办的，写职务；不写时为口径里的发文单位，申请延期的为牵头单位")
    parser.add_argument("--why", metavar="事由", help="事由、结果，或说了什么")


def _as_of(parser: _Parser) -> None:
    parser.add_argument("--as-of", type=_day, metavar="日期", help="截至哪一天（年-月-日），当天算在内；不写时为今天")


def _add_deadline(commands: _Commands) -> None:
    deadline = commands.add_parser("read-deadline", help="看一条时限怎样理解、按哪条规则")
    deadline.add_argument("text", nargs="+", metavar="时限", help="时限的写法，可以写几条")
    deadline.add_argument("--base", type=_day, metavar="日期", help="从哪一天起算（年-月-日）；不写时为今天")
    deadline.add_argument("--json", action="store_true", help="输出 JSON")
    deadline.set_defaults(run=work.read_deadline)


def _folder(parser: _Parser) -> None:
    parser.add_argument("folder", metavar="工作文件夹", help="放责任分解表和“报送”的文件夹")


def _work_options(parser: _Parser) -> None:
    _folder(parser)
    _as_of(parser)
    parser.add_argument("--number", type=_number, metavar="N", help="第几期；不写时接最近定稿的一期，没有的是第1期")
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


def _year(text: str) -> int:
    return _whole(text, "年份", 9999)


def _serial(text: str) -> int:
    return _whole(text, "条数", 999999)


def _jobs(text: str) -> int:
    return _whole(text, "同时读的文件数", 64)


def _whole(text: str, what: str, most: int) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不对，{what}应当是 1 到 {most} 的整数")


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
