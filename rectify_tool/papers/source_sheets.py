"""来源各页 — where everything came from: findings, and files with their cells accounted for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from rectify_tool.findings import Code
from rectify_tool.model import (
    OUTCOME_WORDS,
    SEVERITY_WORDS,
    FileOutcome,
    FileRecord,
    FileRole,
    Finding,
    Link,
    Outcome,
    Reason,
    SetAside,
    Severity,
    Sheet,
    SheetTable,
    Source,
    address,
)
from rectify_tool.papers.sheets import Draft, Row, day, fitting, text, whole, word

_ROLES = {FileRole.BREAKDOWN: "责任分解表", FileRole.SUBMISSION: "报送表", FileRole.REGISTER: "办理登记"}

_FRAME = (Reason.TITLE, Reason.HEADING, Reason.FOOTER)
"""表框 — cells set aside that nobody needs to look at one by one; they are counted all the same."""

_BY_SHEET = (Reason.NOT_USED, Reason.NO_TABLE, Reason.HIDDEN_SHEET)
_BY_ROW = (Reason.UNMATCHED_ROW, Reason.TOTAL, Reason.EMPTY_ROW)
"""成片不用 — whole sheets and whole rows set aside are shown in one piece: their number, and how they begin."""

_BEGINNING = 200
"""开头几个字 — of a whole sheet or row not used; enough to know it by."""


def findings_sheet(draft: Draft) -> Sheet:
    """核对意见 — the gravest first, else in the order of the run."""
    order = {severity: at for at, severity in enumerate(Severity)}
    ranked = sorted(draft.outcome.findings, key=lambda one: order[one.severity])
    columns = (
        word("轻重", 6),
        text("文件", 34),
        text("工作表", 14),
        word("单元格", 8),
        text("意见", 90),
        word("代码", 6),
    )
    rows = [_finding_row(one) for one in ranked]
    notes = ("错误：必须处理；注意：应当核对；说明：供了解",)
    return draft.sheet("核对意见", "核对意见", SheetTable("", columns, rows), notes=notes)


def _finding_row(finding: Finding) -> Row:
    source = finding.source
    opens = Link(source.cell or "打开", source.file, source.sheet or "", source.cell or "") if source.file else None
    told = (source.file or "（全部）", fitting(source.sheet or ""), opens, fitting(finding.message), finding.code)
    return SEVERITY_WORDS[finding.severity], *told


def sources_sheet(draft: Draft) -> Sheet:
    """来源 — every file, its outcome, digest and cells; below, each cell set aside but titles, headings and footers."""
    records = draft.outcome.ledger.files
    copies = copies_in(draft.outcome)
    files = SheetTable("一、收到的文件", _FILE_COLUMNS, [_file_row(record, copies) for record in records])
    aside = SheetTable(
        "二、没有采用的单元格", _ASIDE_COLUMNS, [row for record in records for row in _aside_rows(record)]
    )
    notes = (
        "非空单元格＝采用＋未采用，逐件相等（对账）；标题、表头、表尾计入未采用，不逐个列出",
        "SHA-256 是文件内容的指纹，内容改动一个字即不同",
    )
    return draft.sheet("来源", "收到的文件和采用情况", files, aside, notes=notes, wide=True)


def copies_in(outcome: Outcome) -> frozenset[str]:
    """完全相同的文件 — those an identical one stands for."""
    return frozenset(one.source.file for one in outcome.findings if one.code == Code.FILE_SAME_CONTENT.code)


def result(record: FileRecord, copies: Container[str]) -> str:
    """结果 — of a file that is no longer used, whether a newer one or an identical one stands for it."""
    same = record.outcome is FileOutcome.SUPERSEDED and record.file in copies
    return "与另一份完全相同" if same else OUTCOME_WORDS[record.outcome]


_FILE_COLUMNS = (
    text("文件", 38),
    word("用途", 12),
    text("单位", 22),
    word("认定单位的\n依据", 14),
    word("结果", 20),
    day("报送日期", 11),
    whole("非空\n单元格", 8),
    whole("采用", 7),
    whole("未采用", 7),
    whole("涉及\n小项", 7),
    text("SHA-256", 78),
)
_ASIDE_COLUMNS = (
    text("文件", 38),
    word("单元格", 12),
    text("工作表", 22),
    whole("个数", 14),
    word("原因", 20),
    text("文字", 11),
)


def _file_row(record: FileRecord, copies: Container[str]) -> Row:
    return (
        Link(record.file, record.file),
        _role(record),
        record.unit or "",
        fitting(record.unit_because),
        result(record, copies),
        record.sent,
        record.cells,
        record.used,
        record.set_aside,
        record.items,
        record.sha256,
    )


def _role(record: FileRecord) -> str:
    """用途 — a file left aside that no unit can be told of is nobody's report: drafts, lists, our own papers."""
    stray = record.outcome is FileOutcome.SKIPPED and record.unit is None
    return "其他文件" if stray else _ROLES[record.role]


def _aside_rows(record: FileRecord) -> Iterable[Row]:
    """未采用的单元格 — one row each; a row or a sheet set aside as a whole takes one row."""
    pieces: dict[tuple[str, Reason, int, int], list[SetAside]] = {}
    for one in record.aside:
        if one.reason not in _FRAME:
            pieces.setdefault(_piece(one), []).append(one)
    for (sheet, reason, row, _), cells in pieces.items():
        ends = [address(one.row, one.column) for one in (cells[0], cells[-1])] if row >= 0 else []
        spot = Link("—".join(dict.fromkeys(ends)) or "整页", record.file, sheet, ends[0] if ends else "A1")
        kept = fitting(_beginning(cells), Source(record.file, sheet, ends[0] if ends else None))
        yield record.file, spot, fitting(sheet), len(cells), reason.value, kept


def _piece(one: SetAside) -> tuple[str, Reason, int, int]:
    """同一片 — cells with the same answer are shown in one row; −1 stands for all rows or columns."""
    row = -1 if one.reason in _BY_SHEET else one.row
    return one.sheet, one.reason, row, -1 if one.reason in (*_BY_SHEET, *_BY_ROW) else one.column


def _beginning(cells: Sequence[SetAside]) -> str:
    if len(cells) == 1:
        return cells[0].text
    told = " ｜ ".join(" ".join(one.text.split()) for one in cells[:_BEGINNING])
    return told if len(told) <= _BEGINNING else f"{told[:_BEGINNING]}……"
