"""核对结果 — the tool's JSON answer against what the workbooks were made to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.bench.make_workbooks import FIRST_ROW, submission_name
from tests.bench.world import Task, World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """核对 — how much of what was written came out as written.

    ``categories`` counts aspect and problem of every item, right ones only; ``answers`` the replies with the unit,
    the text and the row they were written with; ``strays`` those from a row that holds no task (footers, headings).
    """

    categories: int
    categories_due: int
    answers: int
    answers_due: int
    strays: int
    errors: int

    @property
    def all_filled(self) -> bool:
        """分类是否填全 — every item with its own aspect and problem."""
        return self.categories == self.categories_due

    @property
    def all_answered(self) -> bool:
        """答复是否齐全 — every task's answer, as written."""
        return self.answers == self.answers_due

    def __str__(self) -> str:
        return (
            f"分类格填对 {self.categories:,}/{self.categories_due:,}，答复一致 {self.answers:,}/{self.answers_due:,}，"
            f"多出 {self.strays} 行，“错误”一级核对意见 {self.errors} 条"
        )


def see(answer: Json, world: World) -> Seen:
    """核对 — every item and every reply of the answer."""
    written = {
        task.no: (task, row)
        for unit in range(1, world.units + 1)
        for row, task in enumerate(world.tasks_of(unit), FIRST_ROW + 1)
    }
    items = [(item, written[item["no"]]) for item in answer["items"] if item["no"] in written]
    replies = [(reply, item["no"]) for item in answer["items"] for reply in item["replies"]]
    rows = {(submission_name(task.unit), row) for task, row in written.values()}
    return Seen(
        categories=sum(_categories_right(item, task) for item, (task, _) in items),
        categories_due=2 * len(written),
        answers=sum(_as_written(reply, *written[no]) for reply, no in replies if no in written),
        answers_due=len(written),
        strays=sum(_place(reply) not in rows for reply, _ in replies) + len(answer["items"]) - len(items),
        errors=sum(finding["severity"] == "error" for finding in answer["findings"]),
    )


def _categories_right(item: Json, task: Task) -> int:
    """0 to 2; the tool may keep or drop the number a problem begins with."""
    right: tuple[bool, bool] = (item["aspect"] == task.aspect, _bare(item["problem"]) == _bare(task.problem))
    return sum(right)


def _bare(problem: str) -> str:
    return re.sub(r"^\d+\.\s*", "", problem)


def _as_written(reply: Json, task: Task, row: int) -> bool:
    said = (reply["unit"], reply["progress"], _place(reply))
    return said == (task.lead, task.progress, (submission_name(task.unit), row))


def _place(reply: Json) -> tuple[str, int]:
    source = reply["source"]
    return source["file"].rpartition("/")[2], int(re.sub(r"\D", "", source["cell"]))
