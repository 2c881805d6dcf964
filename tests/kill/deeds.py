"""What is done while the killer waits: each deed has a folder to start from, and is done in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from rectify_tool import history
from rectify_tool.model import Act, Job, Note, Wish
from rectify_tool.story.publish import publish as publish_story
from rectify_tool.story.record import record
from rectify_tool.story.run import run
from tests.forge_history import AT, CALL, bulletin, digests, item
from tests.sheets import write_folder

LARGE = {"督查专报第2期.docx": bytes(range(256)) * 1000, "整改汇总表.xlsx": bytes(reversed(range(256))) * 2000}
"""Papers of the size a bulletin and its summary have."""

BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订财务管理制度并公开 | 3月5日前 | 区财政局
1-2 | 开展财务收支专项审计 | 4月底前 | 区审计局
"""
SENT = """
填报单位：区财政局 | 填报日期：2016年3月8日
编号 | 整改措施 | 进展情况
1-1 | 修订财务管理制度并公开 | 正在起草
"""


class Deed(NamedTuple):
    """A folder made ready, and what is then done in it and may be killed."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], object]


def _nothing(folder: Path) -> None:
    folder.mkdir()


def _one_bulletin(folder: Path) -> None:
    folder.mkdir()
    papers = dict(LARGE)
    history.publish(folder, bulletin(1, papers), papers)
    history.add_record(folder, AT, CALL)


def _publish(folder: Path) -> None:
    published = bulletin(2, LARGE, items=tuple(item(f"{number}-1") for number in range(1, 300)), outputs=digests(LARGE))
    history.publish(folder, published, LARGE)


def _run_once(folder: Path) -> None:
    folder.mkdir()
    write_folder(folder, {"责任分解表.xlsx": BREAKDOWN, "报送/区财政局.xlsx": SENT})
    run(Job(str(folder), date(2016, 3, 10), datetime(2016, 3, 10, 9), jobs=1))


def _publish_story(folder: Path) -> None:
    publish_story(Wish(str(folder), datetime(2016, 3, 10, 10), jobs=1))


def _published_once(folder: Path) -> None:
    _run_once(folder)
    _publish_story(folder)


def _record_story(folder: Path) -> None:
    note = Note(str(folder), Act.CALL, "1-1", date(2016, 3, 11), datetime(2016, 3, 11, 9), "区委督查室", "逾期", jobs=1)
    record(note)


DEEDS: Mapping[str, Deed] = {
    "first record": Deed(_nothing, lambda folder: history.add_record(folder, AT, CALL)),
    "record": Deed(_one_bulletin, lambda folder: history.add_record(folder, AT, CALL)),
    "publish": Deed(_one_bulletin, _publish),
    "publish, the whole command": Deed(_run_once, _publish_story),
    "record, the whole command": Deed(_published_once, _record_story),
}
