"""来源各页 — where everything came from: findings, files with their cells accounted for, and each figure's entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rectify_tool.model import (
    OUTCOME_WORDS,
    STANDING_WORDS,
    Field,
    FileRecord,
    FileRole,
    Finding,
    Link,
    Paragraph,
    Reason,
    Sentence,
    Severity,
    Sheet,
    SheetTable,
    SheetValue,
    Source,
    Verdict,
    address,
)
from rectify_tool.papers.counts import UNNAMED
from rectify_tool.papers.sheets import Draft, Row, assigned_at, day, fitting, place, text, whole, word

SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.NOTE: "说明"}
_ROLES = {FileRole.BREAKDOWN: "责任分解表", FileRole.SUBMISSION: "报送表", FileRole.REGISTER: "登记簿"}

_FRAME = (Reason.TITLE, Reason.HEADING, Reason.FOOTER)
"""表框 — cells set aside that nobody needs to look at one by one; they are counted all the same."""

_WHOLE = (Reason.NOT_USED,)
"""整份不用 — the file's cells are not listed one by one either: the file itself is the place to look."""

_SPELLED_OUT = 200
"""逐项列出的上限 — a figure over more items than this is walked back by filtering 台账, whose rows hold their cells."""


def findings_sheet(draft: Draft) -> Sheet:
    """核对意见 — the gravest first, else in the order of the run."""
    order = {severity: at for at, severity in enumerate(Severity)}
    ranked = sorted(draft.outcome.findings, key=lambda one: order[one.severity])
    columns = (
        word("轻重", 8),
        text("文件", 34),
        text("工作表", 16),
        word("单元格", 9),
        text("意见", 90),
        word("代码", 8),
    )
    rows = [_finding_row(one) for one in ranked]
    notes = ("错误：必须处理；注意：应当核对；说明：供了解",)
    return draft.sheet("核对意见", "核对意见", SheetTable("", columns, rows), notes=notes)


def _finding_row(finding: Finding) -> Row:
    source = finding.source
    file: SheetValue = Link(source.file, source.file) if source.file else "（全部）"
    place_in = (fitting(source.sheet or ""), source.cell or "")
    return (SEVERITY_WORDS[finding.severity], file, *place_in, fitting(finding.message), finding.code)


def sources_sheet(draft: Draft) -> Sheet:
    """来源 — every file, its outcome, digest and cells; below, each cell set aside but titles, headings and footers."""
    records = draft.outcome.ledger.files
    files = SheetTable("一、收到的文件", _FILE_COLUMNS, [_file_row(record) for record in records])
    aside = SheetTable(
        "二、没有采用的单元格", _ASIDE_COLUMNS, [row for record in records for row in _aside_rows(record)]
    )
    notes = (
        "非空单元格＝采用＋未采用，逐件相等（对账）；标题、表头、表尾计入未采用，不逐个列出",
        "SHA-256 是文件内容的指纹，内容改动一个字即不同",
    )
    return draft.sheet("来源", "收到的文件和采用情况", files, aside, notes=notes, wide=True)


_FILE_COLUMNS = (
    text("文件", 36),
    word("用途", 12),
    text("单位", 20),
    text("怎样认定单位", 30),
    word("结果", 18),
    day("报送日期"),
    whole("非空\n单元格", 9),
    whole("采用", 8),
    whole("未采用", 8),
    whole("涉及\n小项", 8),
    text("SHA-256", 36),
)
_ASIDE_COLUMNS = (text("文件", 36), word("工作表", 12), word("单元格", 20), text("文字", 40), word("原因", 18))


def _file_row(record: FileRecord) -> Row:
    return (
        Link(record.file, record.file),
        _ROLES[record.role],
        record.unit or "",
        fitting(record.unit_because),
        OUTCOME_WORDS[record.outcome],
        record.sent,
        record.cells,
        record.used,
        record.set_aside,
        record.items,
        record.sha256,
    )


def _aside_rows(record: FileRecord) -> Iterable[Row]:
    """未采用的单元格 — one row each; of a file not used at all, one row a sheet."""
    whole_sheets = Counter((one.sheet, one.reason) for one in record.aside if one.reason in _WHOLE)
    for (sheet, reason), cells in whole_sheets.items():
        yield Link(record.file, record.file), fitting(sheet), f"共{cells}个", "", reason.value
    for one in record.aside:
        if one.reason not in (*_FRAME, *_WHOLE):
            cell = address(one.row, one.column)
            kept = fitting(one.text, Source(record.file, one.sheet, cell))
            yield Link(record.file, record.file), fitting(one.sheet), cell, kept, one.reason.value


def changes_sheet(draft: Draft) -> Sheet:
    """较上期 — what changed since the last published issue; there is none yet."""
    columns = (
        word("编号", 8),
        text("小项内容", 40),
        text("牵头单位", 18),
        word("上期", 14),
        word("本期", 14),
        text("变化", 40),
    )
    return draft.sheet("较上期", "较上期变化", SheetTable("", columns, [], empty="尚无已发布的上一期"))


# ---------------------------------------------------------------- 数据来源 ----


def figures_sheet(draft: Draft) -> Sheet:
    """数据来源 — every sentence of the bulletin that counts something, the entries it counts, and their cells."""
    columns = (
        whole("序号", 7),
        text("所在部分", 20),
        text("专报语句", 40),
        word("所数", 10),
        word("编号或单位", 18),
        text("小项内容", 28),
        text("牵头单位", 15),
        word("状态", 11),
        text("责任分解表", 16),
        text("单元格", 12),
        text("牵头反馈文件", 18),
        text("单元格", 12),
    )
    counting = [(where, one) for where, one in _placed(draft.bulletin.fields) if one.nos or one.units]
    known = {verdict.entry.item.no: verdict for verdict in draft.verdicts}
    files = _files_by_unit(draft.outcome.ledger.files)
    rows = [row for at, (where, one) in enumerate(counting, 1) for row in _trace((at, where), one, known, files)]
    notes = (
        f"专报中每个有数字的语句、它所数的小项或单位，以及出自哪个单元格；超过{_SPELLED_OUT}项的，在台账中筛选可得",
    )
    return draft.sheet("数据来源", "专报数字的来源", SheetTable("", columns, rows), notes=notes)


_Files = dict[str, list[str]]


def _files_by_unit(records: Sequence[FileRecord]) -> _Files:
    files: _Files = {}
    for record in records:
        if record.unit:
            files.setdefault(record.unit, []).append(record.file)
    return files


def _placed(field: Field, where: str = "") -> Iterable[tuple[str, Sentence]]:
    """语句和它的标题 — every sentence with the headings it stands under, in the order of the paper."""
    if isinstance(field, Paragraph):
        yield from ((where, sentence) for sentence in field.sentences)
    elif isinstance(field, Mapping):
        heading = field.get("heading")
        below = f"{where} {heading}".strip() if isinstance(heading, str) else where
        for inner in field.values():
            yield from _placed(inner, below)
    elif isinstance(field, tuple):
        for inner in field:
            yield from _placed(inner, where)


def _trace(place_in: tuple[int, str], sentence: Sentence, known: dict[str, Verdict], files: _Files) -> Iterable[Row]:
    head = (*place_in, fitting(sentence.text))
    for what, nos in ((f"小项{len(sentence.nos)}项", sentence.nos), (f"分母{len(sentence.of)}项", sentence.of)):
        if len(nos) > _SPELLED_OUT:
            yield *head, what, f"{len(nos)}项", "见台账，按“灯·状态”等列筛选", "", "", None, None, None, None
            continue
        for no in nos:
            yield *head, what, no, *_entry_cells(known[no])
    for unit in sentence.units:
        sent = files.get(unit, [])
        file = Link("\n".join(sent), sent[0]) if sent else None
        yield *head, f"单位{len(sentence.units)}个", unit, "", "", "", None, None, file, None


def _entry_cells(verdict: Verdict) -> Row:
    item, reply = verdict.entry.item, verdict.entry.lead_reply
    kept = (fitting(item.matter), item.lead or UNNAMED, STANDING_WORDS[verdict.standing])
    return (*kept, *place(assigned_at(verdict)), *place(reply.source if reply else None))
