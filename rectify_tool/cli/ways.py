"""命令行的出路 — how the way out of a stop is typed: the message itself names no option, for every face shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rectify_tool.errors import Way

_WITH_OUT = ("run", "print", "publish", "reprint")


def typed(way: Way | None, given: Sequence[str]) -> str:
    """怎样输入 — the line shown under the message; "" where nothing to type leads on from the ``given`` command."""
    if way is None or (way is Way.ELSEWHERE and not set(given[:1]) & set(_WITH_OUT)):
        return ""
    return f"命令行：{_TYPED[way]}"


_TYPED: Mapping[Way, str] = {
    Way.GENERATE: "rectify-tool run 工作文件夹",
    Way.CORRECT: "更正的，先 rectify-tool run 工作文件夹 --as-of 日期 --number 期号，"
    '看过后 rectify-tool publish 工作文件夹 --correct "原因"；是新的一期的，rectify-tool run 工作文件夹 --number 期号',
    Way.NOT_CORRECT: "去掉 --correct",
    Way.ACCEPT: '在这条命令后面加上 --accept-difference "原因"',
    Way.ANYWAY: "在这条命令后面加上 --anyway",
    Way.REASON: '在这条命令后面加上 --why "原因"',
    Way.NEW_DUE: "在这条命令后面加上 --to 年-月-日",
    Way.NO_NEW_DUE: "去掉 --to",
    Way.RECORDS: "rectify-tool history 工作文件夹",
    Way.RESTORE: "rectify-tool history 工作文件夹 --restore",
    Way.ELSEWHERE: "成果也可以写到别处，在这条命令后面加上 --out 文件夹",
    Way.TEMPLATE: "填空说明这样写出来：rectify-tool templates 工作文件夹",
}
