"""What people read is said by every face: no option and no command of the command line stands in a message."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from rectify_tool.cli.arguments import parser
from rectify_tool.cli.ways import typed
from rectify_tool.errors import RectifyError, Way

PACKAGE = Path(__file__).parent.parent / "rectify_tool"
_APART = ("cli/", "desktop/screenless.py", "model/paper.py", "intake/properties.py")
"""The command line itself; what is told on it where no window can be; the mark inside our own files, read by nobody."""

_CHINESE = re.compile("[\u4e00-\u9fff]")
_COMMANDS = ("run", "check", "print", "publish", "reprint", "history", "record", "undo", "return", "templates")
_TYPED = re.compile(rf"rectify-tool|--[a-z]|[\u4e00-\u9fff（] ?(?:{'|'.join(_COMMANDS)})\b")
_COMMAND = re.compile(r'rectify-tool (?:[a-z]+)(?: (?:--[a-z-]+|[\u4e00-\u9fff]+|"[^"]+"))*')
_FILLED_IN = {"日期": "2016-05-20", "期号": "8", "工作文件夹": "整改", '"原因"': '"数字抄错"'}


def modules() -> list[str]:
    found = (path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py")))
    return [one for one in found if not one.startswith(_APART)]


def said(tree: ast.AST) -> Iterator[str]:
    """Every text with Chinese in it that is no docstring."""
    bodies = [body for node in ast.walk(tree) if isinstance(body := getattr(node, "body", None), list)]
    apart = {id(one.value) for body in bodies for one in body if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield from [node.value] if _CHINESE.search(node.value) else []


@pytest.mark.parametrize("module", modules())
def test_no_message_speaks_of_the_command_line(module: str) -> None:
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    assert [text for text in said(tree) if _TYPED.search(text)] == []


def test_the_look_for_such_words_finds_them() -> None:
    assert all(map(_TYPED.search, ("请再运行一次 run。", "请写 --correct", "请记退回（return）", "rectify-tool run")))
    assert not _TYPED.search("请重新生成专报，看过以后再定稿。")


@pytest.mark.parametrize("way", Way)
def test_every_way_on_is_told_as_something_the_command_line_takes(way: Way) -> None:
    line = typed(way, ["run", "整改"])
    assert line.startswith("命令行：") and ("--" in line or "rectify-tool" in line)
    for command in re.findall(_COMMAND, line):
        for blank, value in _FILLED_IN.items():
            command = command.replace(blank, value)
        assert parser().parse_args(shlex.split(command)[1:]).folder == "整改"


def test_where_nothing_leads_on_or_the_command_has_no_such_option_nothing_is_told() -> None:
    assert typed(None, ["run"]) == ""
    assert typed(Way.ELSEWHERE, ["record", "整改"]) == ""
    assert "--out" in typed(Way.ELSEWHERE, ["publish", "整改"])


def test_the_ways_are_those_the_stories_raise() -> None:
    source = "\n".join((PACKAGE / module).read_text(encoding="utf-8") for module in modules())
    assert [way for way in Way if f"Way.{way.name}" not in source] == []


def test_a_stop_without_a_way_has_none() -> None:
    from rectify_tool.errors import Stop

    assert RectifyError(Stop.NOTHING_READABLE, "没有能读的表。").way is None
