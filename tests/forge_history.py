"""Ledgers for the tests of history: a small bulletin, any bulletin, and files that are no ledger."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rectify_tool.history import DATABASE
from rectify_tool.model import (
    Act,
    Claim,
    Decision,
    Finding,
    Heard,
    Published,
    PublishedItem,
    PublishedReply,
    Severity,
    Source,
    Standing,
)

AT = datetime(2016, 3, 10, 9, 30, 15, 123456)
PAPERS: Mapping[str, bytes] = {
    "督查专报第1期.docx": b"PK\x03\x04 \x00 paper",
    "督查专报第1期.pdf": b"%PDF-1.7\n\xff\xfe",
}

# ---------------------------------------------------------------- 一期 ----


def item(no: str = "4-2", progress: str = "已发通知，正在清理") -> PublishedItem:
    """An item overdue by twenty days, with its lead's word and a co-unit's."""
    replies = (
        PublishedReply(
            "区财政局",
            Claim.IN_PROGRESS,
            progress,
            date(2016, 3, 8),
            Source("报送/财政局.xlsx", "Sheet1", "G7"),
            True,
        ),
        PublishedReply("区审计局", Claim.NONE, "", None, Source("报送/审计局.xlsx"), False),
    )
    return PublishedItem(
        no,
        "执行廉洁纪律方面",
        "各类指挥部监管缺失",
        "清理撤并指挥部",
        ("区委副书记",),
        "区财政局",
        ("区财政局", "区审计局"),
        "2月底前",
        date(2016, 2, 29),
        Standing.OVERDUE,
        -10,
        "时限2月29日，已超10天",
        Claim.IN_PROGRESS,
        None,
        False,
        Heard.REPORTED,
        replies,
    )


def bulletin(number: int = 1, papers: Mapping[str, bytes] = PAPERS, **changed: Any) -> Published:
    """A bulletin with one item, every ten days from 2016-03-10."""
    plain = Published(
        0,
        number,
        date.fromordinal(date(2016, 2, 29).toordinal() + 10 * number),
        AT,
        "0.3.0",
        f"第{number}期",
        "",
        "",
        (item(),),
        {"区财政局": Heard.REPORTED, "区审计局": Heard.MISSING},
        (Finding("D02", Severity.WARNING, Source("报送/财政局.xlsx", "Sheet1", "F7"), "“6月31日”不存在这一天"),),
        {"责任分解表.xlsx": "a" * 64, "报送/财政局.xlsx": "b" * 64},
        digests(papers),
    )
    return replace(plain, **changed)


def digests(papers: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in papers.items()}


CALL = Decision(Act.CALL, "4-2", date(2016, 3, 9), None, "逾期10天", Source("命令行"), None, "区委督查室")

# ---------------------------------------------------------------- 任意的一期 ----

TEXT = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=()), max_size=12),  # lone surrogates and NULs among them
    st.sampled_from(
        ("", "已完成。", "进" * 40_000, "\0", "a\0b", "\ud800", "\udcff文件", "😀", "e\u0301", "'; DROP--")
    ),
)
DAY = st.dates()
MOMENT = st.datetimes()
PLACE = st.builds(Source, TEXT, st.none() | TEXT, st.none() | TEXT)
REPLY = st.builds(
    PublishedReply,
    unit=st.none() | TEXT,
    claimed=st.sampled_from(Claim),
    progress=TEXT,
    sent=st.none() | DAY,
    source=PLACE,
    lead=st.booleans(),
)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
ITEM = st.builds(
    PublishedItem,
    **dict.fromkeys(("no", "aspect", "problem", "matter", "deadline", "because"), TEXT),
    leaders=NAMES,
    lead=st.none() | TEXT,
    units=NAMES,
    due=st.none() | DAY,
    standing=st.sampled_from(Standing),
    days_left=st.none() | st.integers(-(10**6), 10**6),
    claimed=st.sampled_from(Claim),
    finished=st.none() | DAY,
    to_confirm=st.booleans(),
    heard=st.sampled_from(Heard),
    replies=st.lists(REPLY, max_size=2).map(tuple),
)
FINDING = st.builds(Finding, TEXT, st.sampled_from(Severity), PLACE, TEXT)
BYTES_BY_NAME = st.dictionaries(TEXT, st.binary(max_size=40), max_size=3)


@st.composite
def publishings(draw: st.DrawFn) -> tuple[Published, dict[str, bytes]]:
    """Any bulletin at all, with its papers; its reason is never empty, so that any number may come twice."""
    papers = draw(BYTES_BY_NAME)
    published = draw(
        st.builds(
            Published,
            serial=st.just(0),
            number=st.integers(0, 99),
            as_of=DAY,
            published=MOMENT,
            **dict.fromkeys(("tool", "folder", "accepted"), TEXT),
            why=TEXT.filter(bool),
            items=st.lists(ITEM, max_size=3).map(tuple),
            heard=st.dictionaries(TEXT, st.sampled_from(Heard), max_size=3),
            findings=st.lists(FINDING, max_size=2).map(tuple),
            sources=st.dictionaries(TEXT, TEXT, max_size=3),
            outputs=st.just(digests(papers)),
        )
    )
    return published, papers


DECISION = st.builds(
    Decision,
    act=st.sampled_from(Act),
    no=TEXT,
    day=st.none() | DAY,
    new_due=st.none() | DAY,
    why=TEXT,
    source=PLACE,
    unit=st.none() | TEXT,
    by=TEXT,
)

# ---------------------------------------------------------------- 坏文件 ----


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database as any other program would open it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def run(*statements: str) -> Callable[[Path], None]:
    """Let another program do this to the ledger."""

    def do(folder: Path) -> None:
        with opened(folder / DATABASE) as db:
            for statement in statements:
                db.execute(statement)

    return do


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change the bytes of the ledger."""

    def do(folder: Path) -> None:
        path = folder / DATABASE
        path.write_bytes(change(path.read_bytes()))

    return do


def replaced(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Put something else in the place of the ledger."""

    def do(folder: Path) -> None:
        (folder / DATABASE).unlink()
        make(folder / DATABASE)

    return do


def _foreign(path: Path) -> None:
    with opened(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")


def _empty_database(path: Path) -> None:
    with opened(path) as db:
        db.execute("VACUUM")


def _other_letter(content: bytes) -> bytes:
    word = "逾期10天".encode()
    assert word in content
    return content.replace(word, "逾期90天".encode())


_AWAKE = "DROP TRIGGER entry_no_update"
_ASLEEP = "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, '台账只增不改'); END"

HOSTILE: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "gone": (lambda folder: (folder / DATABASE).unlink(), "不见了"),
    "zero bytes": (rewrite(lambda content: b""), "0字节"),
    "a folder": (replaced(Path.mkdir), "是一个文件夹"),
    "a text": (replaced(lambda path: path.write_text("台账", "utf-8") and None), "不是台账数据库"),
    "fifteen bytes": (rewrite(lambda content: content[:15]), "不是台账数据库"),
    "the header alone": (rewrite(lambda content: content[:100]), "损坏|不是台账"),
    "a tenth": (rewrite(lambda content: content[: len(content) // 10]), "损坏"),
    "half": (rewrite(lambda content: content[: len(content) // 2]), "损坏"),
    "nine tenths": (rewrite(lambda content: content[: len(content) * 9 // 10]), "损坏"),
    "the last byte cut": (rewrite(lambda content: content[:-1]), "损坏"),
    "tail zeroed": (rewrite(lambda content: content[:-4096] + bytes(4096)), "损坏"),
    "all zeros": (rewrite(lambda content: bytes(len(content))), "不是台账数据库"),
    "a foreign database": (replaced(_foreign), "别的程序的数据库"),
    "an empty database": (replaced(_empty_database), "别的程序的数据库"),
    "a letter changed": (rewrite(_other_letter), "与当时写下的不同"),
    "a table dropped": (run("PRAGMA foreign_keys = OFF", "DROP TABLE heard"), "结构.*heard"),
    "a trigger dropped": (run(_AWAKE), "结构.*entry_no_update"),
    "a trigger added": (
        run("CREATE TRIGGER x AFTER INSERT ON record BEGIN DELETE FROM source; END"),
        "结构.*x",
    ),
    "a column added": (run("ALTER TABLE entry ADD COLUMN mine TEXT"), "结构.*entry"),
    "a figure changed": (run(_AWAKE, "UPDATE entry SET days_left = 10", _ASLEEP), "第1次定稿.*不同"),
    "a reply deleted": (
        run("DROP TRIGGER reply_no_delete", "DELETE FROM reply WHERE place = 2",
            "CREATE TRIGGER reply_no_delete BEFORE DELETE ON reply BEGIN SELECT RAISE(ABORT, '台账只增不改'); END"),
        "第1次定稿.*不同",
    ),
    "an orphan": (
        run("INSERT INTO heard (publishing, place, unit, heard) VALUES (9, 1, '区财政局', 'reported')"),
        "找不到所属",
    ),
    "a stranger's record": (
        run("INSERT INTO record (at, act, no, why, \"by\", seal) VALUES ('2016-03-10', 'close', '4-2', '', '', '')"),
        "第2条办理记录.*不同",
    ),
}  # fmt: skip
"""What can have become of a ledger that the backup is the way back from, each with words of what is then said."""
