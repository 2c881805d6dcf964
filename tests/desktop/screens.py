"""看板的样本 — a small Screen written by hand, for the tests of the views."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from rectify_tool.model import (
    SILENT,
    Act,
    DecisionLine,
    FileLine,
    FileRole,
    FindingLine,
    Heard,
    ItemLine,
    PaperSet,
    Screen,
    Severity,
    Source,
    Standing,
    UnitLine,
)
from rectify_tool.papers.counts import IDLE

AS_OF = date(2016, 5, 20)


def item(no: str, matter: str = "修订差旅费管理办法", lead: str = "区财政局", **given: Any) -> ItemLine:
    """小项 — a line of the ledger; what is not given is a plain item under way."""
    facts: dict[str, Any] = {
        "no": no, "aspect": "作风建设", "problem": "制度不健全", "matter": matter, "measure": matter, "lead": lead,
        "units": (lead,) if lead else (), "leaders": ("区委副书记",), "deadline": "6月底前", "read_as": "2016年6月30日",
        "due": date(2016, 6, 30), "days_left": 41, "days": "还有41天", "standing": Standing.ON_TRACK,
        "to_confirm": False, "claim": "整改中", "heard": Heard.REPORTED, "progress": "正在征求意见", "decided": "",
        "changed": "",
    } | given  # fmt: skip
    words = (no, facts["aspect"], facts["problem"], matter, *facts["units"], *facts["leaders"], facts["progress"])
    return ItemLine(**facts, words=normalize("NFKC", "\n".join(words)).lower())


def unit(name: str, heard: Heard = Heard.REPORTED, told: str = "", **given: Any) -> UnitLine:
    """单位 — a line of the units."""
    words = {Heard.REPORTED: "已报送", Heard.CARRIED: "未报送（沿用上期）", Heard.UNREADABLE: "收到，不能读取"}
    facts: dict[str, Any] = {
        "files": (), "sent": None, "lead": 1, "helping": 0, "open": 1, "overdue": 0, "silent_run": 0,
    } | given  # fmt: skip
    return UnitLine(name, heard, told=told or words.get(heard, "未报送"), **facts)


def file(name: str, unit: str = "", *, why: str = "", unread: bool = False) -> FileLine:
    """收件 — a file of 报送/."""
    outcome = "不能读取" if unread else "已读取"
    sent = None if unread else AS_OF
    return FileLine(name, name, FileRole.SUBMISSION, unit, sent, 0 if unread else 3, outcome, why, unread, int(unread))


def finding(code: str, severity: Severity, kind: str, message: str, source: Source, no: str = "") -> FindingLine:
    """意见 — a line of the findings."""
    return FindingLine(code, severity, kind, source, message, no)


RECORDED = DecisionLine(
    1,
    date(2016, 5, 12),
    Act.CALL,
    "4-2",
    None,
    "催问进展",
    "区委督查室",
    "有效",
    None,
    Source("台账.db", None, "第1条"),
    True,
)
TAKEN_BACK = DecisionLine(
    2, date(2016, 5, 13), Act.EXTEND, "1-1", date(2016, 6, 30), "记错了", "区委督查室", "已由第3条撤回", None,
    Source("台账.db", None, "第2条"), False,
)  # fmt: skip
COUNTER_ENTRY = DecisionLine(
    3,
    date(2016, 5, 14),
    None,
    "1-1",
    None,
    "不是这一项",
    "区委督查室",
    "撤回第2条",
    2,
    Source("台账.db", None, "第3条"),
    True,
)
IN_THE_BREAKDOWN = DecisionLine(
    None, None, Act.CLOSE, "1-2", None, "查验属实", "", "有效", None, Source("责任分解表.xlsx", "分解表", "L8"), False
)
ON_A_UNIT = DecisionLine(
    4,
    date(2016, 5, 15),
    Act.TALK,
    "区水利局",
    None,
    "三期没有报",
    "区纪委",
    "有效",
    None,
    Source("台账.db", None, "第4条"),
    True,
)


def paper_set(number: int, day: date, published: str = "", *, last: bool = False, edited: bool = False) -> PaperSet:
    """一套材料."""
    folder = f"/工作/成果/{day} 第{number}期"
    papers = (f"{folder}/督查专报第{number}期.docx", f"{folder}/整改汇总表.xlsx")
    made = datetime(day.year, day.month, day.day, 16, 30)
    worked_on = (f"督查专报第{number}期.docx",) if edited else ()
    edition = 1 if published else 0
    return PaperSet(f"{day} 第{number}期", folder, day, number, made, published, last, papers, worked_on, edition)


ITEMS = (
    item("1-1", "修订差旅费管理办法", leaders=("区委副书记", "区纪委书记")),
    item("1-2", "开展专项审计", "区审计局", standing=Standing.CLOSED, days_left=None, days="", claim="已完成"),
    item(
        "4-2",
        "清退公款购买的购物卡（第①批）",
        units=("区财政局", "区水利局"),
        aspect="廉洁自律",
        standing=Standing.OVERDUE,
        due=date(2016, 4, 30),
        days_left=-20,
        days="逾期20天",
        deadline="4月底前",
        progress="已清退12张\n<b>余下3张</b>",
    ),
    item(
        "4-10",
        "规范河道采砂",
        "区水利局",
        standing=Standing.DUE_SOON,
        days_left=0,
        days="当天到期",
        heard=Heard.CARRIED,
    ),
    item(
        "7-1",
        "治理面源污染",
        "",
        leaders=(),
        aspect="",
        standing=Standing.UNDATED,
        due=None,
        days_left=None,
        days="",
        deadline="尽快",
        to_confirm=True,
        claim="未填",
        heard=Heard.MISSING,
    ),
)
UNITS = (
    unit("区财政局", files=("报送/财政局.xlsx",), sent=AS_OF, lead=2, open=2, overdue=1),
    unit("区审计局", Heard.MISSING, IDLE, open=0),
    unit("区水利局", Heard.CARRIED, silent_run=2, helping=1),
    unit("区编办", Heard.UNREADABLE, files=("报送/区编办.docx",)),
    unit("区教育局", Heard.MISSING, lead=0, open=0, helping=2),
)
FILES = (
    file("报送/财政局.xlsx", "区财政局"),
    file("报送/旧/财政局.xlsx", "区财政局", why="区财政局后来又报了“财政局.xlsx”，这一份不再采用"),
    file("报送/区编办.docx", "区编办", why="收到，不能读取：这是Word 文档", unread=True),
    file("报送/扫描件.pdf", why="收到，不能读取：这是PDF 文档", unread=True),
)
FINDINGS = (
    finding("D03", Severity.WARNING, "时限", "时限“8月前”有疑问", Source("责任分解表.xlsx", "分解表", "J12"), "4-2"),
    finding("F04", Severity.WARNING, "文件", "收到，不能读取：这是PDF 文档", Source("报送/扫描件.pdf")),
    finding("U01", Severity.ERROR, "单位", "认不出是哪个单位报来的", Source("报送/扫描件.pdf")),
    finding("D08", Severity.NOTE, "时限", "“4月底”没写年份", Source("责任分解表.xlsx", "分解表", "J11"), "4-2"),
    finding("C08", Severity.WARNING, "较上期", "最近定稿的是第7期，这次是第9期", Source("")),
)
DECISIONS = (ON_A_UNIT, COUNTER_ENTRY, TAKEN_BACK, RECORDED, IN_THE_BREAKDOWN)
PAPERS = (
    paper_set(7, date(2016, 5, 10), "第7期定稿，2016-05-11", edited=True),
    paper_set(8, AS_OF, last=True),
)


def counted(items: tuple[ItemLine, ...]) -> dict[str, int]:
    """计数 — as the JSON answer counts."""
    standings = Counter(line.standing for line in items)
    silent = sum(bool(line.lead) and line.heard in SILENT for line in items)
    return {
        "items": len(items),
        **{one.value: standings[one] for one in Standing},
        "not_reported": silent,
        "to_confirm": sum(line.to_confirm for line in items),
    }


def screen(**changed: Any) -> Screen:
    """看板 — five items of five units, with whatever is given instead."""
    facts: dict[str, Any] = {
        "folder": "/工作", "as_of": AS_OF, "number": 8, "next_number": 8, "since": "第7期", "mark": "",
        "items": ITEMS, "units": UNITS, "files": FILES, "findings": FINDINGS, "decisions": DECISIONS, "papers": PAPERS,
        "aspects": (), "leads": (), "leaders": (), "bulletins": (), "outputs": {},
    } | changed  # fmt: skip
    return Screen(counts=counted(facts["items"]), **facts)
