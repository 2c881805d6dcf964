"""命令行 — flags → Job, Outcome → lines and exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

from rectify_tool.cli.arguments import parser
from rectify_tool.cli.console import keep_log, print_json, speak_utf8
from rectify_tool.cli.ways import typed
from rectify_tool.errors import RectifyError

OK, BUG, INTERRUPTED = 0, 70, 130
_WRITING = (["publish"], ["record"])


def main(arguments: Sequence[str] | None = None) -> int:
    """命令行入口 — runs one command; the exit code is the contract's."""
    speak_utf8()
    given = sys.argv[1:] if arguments is None else list(arguments)
    wants_json = "--json" in given
    try:
        options = parser().parse_args(given)
        if options.command is None:
            parser().print_help()
            return OK
        return int(options.run(options))
    except RectifyError as error:
        return _failed(error.stop.word, error.message, error.stop.exit_code, wants_json, typed(error.way, given))
    except KeyboardInterrupt:
        exec("")  # else one that passed through an exec (a dataclass in the making) ends Python by signal, without code
        written = "正在定稿、记办理的，请用 rectify-tool history 看是不是已经记入。" if given[:1] in _WRITING else ""
        return _failed("interrupted", f"已停止。原有的成果没有改动。{written}", INTERRUPTED, wants_json)
    except Exception as error:
        return _failed("bug", _keep_bug(error), BUG, wants_json)


def _failed(code: str, message: str, exit_code: int, wants_json: bool, way: str = "") -> int:
    print(message, *([way] if way else []), sep="\n", file=sys.stderr)
    if wants_json:
        with suppress(RectifyError):
            print_json({"error": {"code": code, "message": message}})
    return exit_code


def _keep_bug(error: Exception) -> str:
    """程序出错 — the one place where a bug is kept: details into the log, an apology to the person."""
    import traceback

    apology = "很抱歉，程序出错了，原有的成果和各单位的文件都没有改动。"
    details = "".join(traceback.format_exception(error))
    log = keep_log()
    if log is None:
        return f"{apology}详细情况如下，请发给维护人员：\n{details}"
    import logging

    logging.getLogger("rectify_tool").error("%s", details)
    return f"{apology}请把这个文件发给维护人员：{log}"
