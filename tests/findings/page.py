"""核对意见一览 — docs/findings.md from the catalogue and the cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rectify_tool.findings import Code
from rectify_tool.model import Severity
from tests.findings.notation import Case, File, common_files, read_cases

PAGE = Path(__file__).parent.parent.parent / "docs" / "findings.md"
WEIGHTS = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.NOTE: "说明"}
GROUPS = {
    "F": "文件",
    "H": "表头与表格",
    "D": "日期",
    "U": "单位",
    "N": "编号与对应",
    "M": "合并",
    "B": "下发的内容被改",
    "S": "状态与进展",
    "K": "办理决定",
    "C": "较上期",
    "P": "公文",
}
_TOP = """\
# 核对意见一览

<!-- 本页由 python -m tests.findings 根据目录（rectify_tool/findings.py）和样例（tests/findings/）生成，不要手改 -->

每条核对意见由四部分组成：在哪里（文件 › 工作表!单元格），写的是什么，哪里不对，该怎么办。轻重分三等：

- **错误**：数字或单位可能不对，必须先解决（命令行加 `--strict` 的，退出码为 1）。
- **注意**：应当看一眼，多半要请单位补正；汇总表和专报仍会写出，单位的原文不改。
- **说明**：工具是怎样理解的，供核对，不一定要办。

下面每一条都配一个最小的样例，测试时真的读一遍。“{…}”处由程序填上具体内容。没有写出责任分解表的样例，
用的都是这一份：
"""
_SCREENED = str.maketrans({"|": "｜", "\n": " "})


def findings_page() -> str:
    """整页文字 — every group, every code, its words, and its case."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    cases = read_cases()
    yield _TOP
    yield from _sheet(common_files())
    for letter, group in GROUPS.items():
        yield f"\n## {letter} {group}\n"
        codes = [code for code in Code if code.code.startswith(letter)]
        yield "| 代码 | 轻重 | 意见 |\n| --- | --- | --- |"
        for code in codes:
            yield f"| [{code.code}](#{code.code.lower()}) | {WEIGHTS[code.severity]} | {_cell(code.template)} |"
        for code in codes:
            yield from _entry(code, cases[code.code])


def _cell(text: str) -> str:
    return text.translate(_SCREENED)


def _entry(code: Code, case: Case) -> Iterator[str]:
    yield f"\n### {code.code}\n"
    yield f"{case.about}。\n"
    own = [file for file in case.files if file not in common_files()]
    yield from _sheet(own)
    yield from (f"\n> {_cell(expected)}" for expected in case.expected)


def _sheet(files: tuple[File, ...] | list[File]) -> Iterator[str]:
    yield "```text"
    for file in files:
        yield f"【{file.path}】" + (f"（{file.deed}）" if file.deed else "")
        if file.text:
            yield file.text
    yield "```"
