"""目标 — the goals of the benchmark, each with what was measured and whether it is reached.

A goal that is missed is told; it fails nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.check_answer import Seen
from tests.bench.measure import Cost

TOOL, PANDAS, BARE, BARE_ALL = "本工具", "pandas脚本", "裸读报送表", "裸读报送表和分解表"
"""被测者 — the names the subjects have in every table."""

Costs = Mapping[str, Cost]


@dataclass(frozen=True, slots=True)
class Goal:
    """目标 — what was to be reached, what was measured, and whether it is enough."""

    text: str
    measured: str
    reached: bool

    def __str__(self) -> str:
        return f"  {'达到　' if self.reached else '未达到'}  {self.text}：{self.measured}"


def run_goals(costs: Costs) -> list[Goal]:
    """整个运行 — against the bare read of the same files (and, harder, of the units' files alone) and the script."""
    run, script = costs[TOOL].cpu, costs[PANDAS].cpu / costs[TOOL].cpu
    return [
        _at_most("整个运行比裸读同样的文件", run / costs[BARE_ALL].cpu, 10),
        _at_most("　　再进一步", run / costs[BARE_ALL].cpu, 5),
        _at_most("　　只拿报送表的裸读来比（更严）", run / costs[BARE].cpu, 10),
        Goal("比 pandas 脚本快 ≥ 3 倍", f"{script:.2f} 倍", script >= 3),
        Goal("　　再进一步 ≥ 6 倍", f"{script:.2f} 倍", script >= 6),
    ]


def growth_goals(small: Costs, large: Costs, told: str) -> list[Goal]:
    """规模增大 — how time grows with the number of workbooks, and the memory the larger size takes.

    ``told`` names the two sizes.
    """
    tool, bare = large[TOOL], large[BARE_ALL]
    goals = [
        _at_most(f"{told}的时间", tool.cpu / small[TOOL].cpu, 11),
        _at_most("　　内存比裸读，各取最大的一个进程", tool.peak / bare.peak, 4.5),
    ]
    if tool.together and bare.together:
        goals.append(_at_most("　　内存比裸读，各取全部进程之和（更严）", tool.together / bare.together, 4.5))
    return goals


def document_goals(seconds: Mapping[int, float]) -> list[Goal]:
    """公文表格 — the price of one more row, and that it does not grow with the table; ``seconds`` by rows."""
    few, many, most = sorted(rows for rows in seconds if rows)
    early = (seconds[many] - seconds[few]) / (many - few) * 1000
    late = (seconds[most] - seconds[many]) / (most - many) * 1000
    told = "，".join(f"{rows} 行 {taken * 1000:.0f}" for rows, taken in seconds.items())
    return [
        Goal("公文表格每行 ≤ 0.15 毫秒", f"{late:.3f} 毫秒（全文：{told} 毫秒）", late <= 0.15),
        Goal("公文表格随行数直线增长", f"每行先 {early:.3f}、后 {late:.3f} 毫秒", late <= 1.5 * early),
    ]


def start_goals(helped: Cost, empty: Cost, loaded: list[str]) -> list[Goal]:
    """启动 — `--help` against an empty Python, and the heavy libraries it ``loaded``."""
    told = f"--help（{helped.cpu * 1000:.0f} 毫秒）比空 Python（{empty.cpu * 1000:.0f} 毫秒）"
    return [
        _at_most(told, helped.cpu / empty.cpu, 5),
        Goal("--help 不载入重库", "、".join(loaded) or "没有载入", not loaded),
    ]


def seen_goals(seen: Seen, told: str) -> list[Goal]:
    """结果 — every merged category filled, no footer taken for data, every answer as it was written."""
    return [
        Goal(f"{told}：合并的分类格填对", f"{seen.categories:,}/{seen.categories_due:,}", seen.all_filled),
        Goal(f"{told}：答复与表中所写一致", f"{seen.answers:,}/{seen.answers_due:,}", seen.all_answered),
        Goal(f"{told}：表尾等当作数据", f"{seen.strays} 行", seen.strays == 0),
    ]


def _at_most(text: str, measured: float, most: float) -> Goal:
    return Goal(f"{text} ≤ {most:g} 倍", f"{measured:.2f} 倍", measured <= most)
