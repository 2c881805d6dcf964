"""办理登记归一 — the rows of the office's register → Decisions; every row becomes one, or a finding says why not.

Acts are read by a closed grammar: 同意延期 is an extension, 不同意延期 and 拟销号 are none, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from rectify_tool.dates import chinese_day
from rectify_tool.findings import Code
from rectify_tool.model import (
    ACT_WORDS,
    STEPS,
    WITH_DAY,
    WITH_REASON,
    Act,
    Cell,
    Column,
    Decision,
    Finding,
    Item,
    Row,
    Rules,
    Source,
    Submission,
    Value,
)
from rectify_tool.normalise.decisions import read_act_day, read_new_due
from rectify_tool.normalise.items import about_name
from rectify_tool.normalise.names import Resolution, Roster, resolve, split_units
from rectify_tool.normalise.numbers import Parts, leading_number, read_number


def read_register_rows(
    content: Submission, items: Sequence[Item], roster: Roster, as_of: date, rules: Rules
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """办理登记归一 — the acts of its rows, in their order; a row may name several items, or several units.

    Args:
        content: The office's register as read by `tables`.
        items: The items the numbers are those of.
        roster: The units a row may name.
        as_of: A day without a year is the latest such day not after this.
        rules: 口径, for reading the new day of an extension.

    Returns:
        The decisions, each with the cell of its act as source, and findings K01, K06–K11, N01, U03, U04, U11, U13.
        An act that stands in several rows counts once (K11).
    """
    catalogue = _Catalogue(items, roster, as_of, rules)
    taken: dict[tuple[Act, str, str | None, date | None, date | None], Row] = {}
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for row in content.rows:
        read, about = _read_row(row, catalogue)
        findings += about
        for one in read:
            key = (one.act, one.no, one.unit, one.day, one.new_due)
            if (first := taken.setdefault(key, row)) is row:
                decisions.append(one)
            else:
                findings.append(Code.ACT_TWICE.at(one.source, row=first.row + 1, what=_told(one)))
    return tuple(decisions), tuple(findings)


class _Catalogue:
    """对照 — what the rows are read against: the items by every way of writing their number."""

    def __init__(self, items: Sequence[Item], roster: Roster, as_of: date, rules: Rules) -> None:
        self.roster, self.as_of, self.rules = roster, as_of, rules
        self.by_no = {item.no: item for item in items}
        places: dict[Parts, list[str]] = defaultdict(list)
        for item in items:
            parts = tuple(int(part) for part in item.no.split("-") if part.isdecimal())
            for way in dict.fromkeys((parts, parts[-2:]) if len(parts) > 2 else (parts,)):
                places[way].append(item.no)
        self.by_parts: Mapping[Parts, str] = {way: nos[0] for way, nos in places.items() if len(nos) == 1}


# ---------------------------------------------------------------- 一行 ----


def _read_row(row: Row, catalogue: _Catalogue) -> tuple[list[Decision], list[Finding]]:
    """一行登记 — the acts it tells of; none where anything that must be sure is not, and then all that is not."""
    act = read_act(row.text(Column.ACT))
    day = read_act_day(row.cells.get(Column.ACT_DAY, ()), catalogue.as_of)
    new_due = _new_due(row, act, day or catalogue.as_of, catalogue.rules)
    targets = _targets(row, act, catalogue)
    troubles = [*_lacking(row, act, day, new_due), *targets.troubles]
    if act is None or troubles:
        return [], troubles
    spare = "" if act in WITH_DAY else _typed(row, Column.EXTENDED_TO)
    why = "；".join(filter(None, (_reason(row), spare and f"新时限栏写的是{spare}")))
    source, by = row.source(Column.ACT), _typed(row, Column.BY)
    on_units = [] if targets.nos else [("", unit) for unit in targets.units]
    aims: list[tuple[str, str | None]] = [*((no, None) for no in targets.nos), *on_units]
    return [Decision(act, no, day, new_due, why, source, unit, by) for no, unit in aims], list(targets.remarks)


_TO_A_DAY = re.compile(r"延.{0,4}[至到]")


def _new_due(row: Row, act: Act | None, base: date, rules: Rules) -> date | None:
    """新时限 — its own column, else what stands in the act's (批准延期至6月30日)."""
    if act not in WITH_DAY:
        return None
    cells = row.cells.get(Column.EXTENDED_TO, ())
    if not cells and _TO_A_DAY.search(row.text(Column.ACT)):
        cells = row.cells[Column.ACT]
    return read_new_due(cells, base, rules) if cells else None


def _typed(row: Row, column: Column) -> str:
    """所写 — the column's text, "" where it only holds a stroke or 无."""
    text = row.typed(column).strip()
    return "" if _STROKE.fullmatch(text) else text


_STROKE = re.compile(r"[/／—–\-无\s]*")


def _reason(row: Row) -> str:
    return "；".join(dict.fromkeys(filter(None, (_typed(row, Column.WHY), _typed(row, Column.NOTE)))))


def _lacking(row: Row, act: Act | None, day: date | None, new_due: date | None) -> Iterator[Finding]:
    """缺什么 — an act, day, new day or reason that the row does not tell, or not so that it can be understood."""
    if act is None and (text := row.typed(Column.ACT).strip()):
        yield Code.ACT_UNKNOWN.at(row.source(Column.ACT), text=text, words="、".join(ACT_WORDS.values()))
    elif act is None:
        yield _blank(row, act, "办理事项")
    if day is None:
        yield _no_day(row, act, Column.ACT_DAY, "办理日期")
    if act in WITH_DAY and new_due is None:
        yield _no_day(row, act, Column.EXTENDED_TO, "新时限")
    if act in WITH_REASON and not _reason(row):
        yield _blank(row, act, "事由")


def _no_day(row: Row, act: Act | None, column: Column, word: str) -> Finding:
    if text := _typed(row, column):
        return Code.DECISION_UNREADABLE.at(row.source(column), column=word, text=text)
    return _blank(row, act, word)


def _blank(row: Row, act: Act | None, what: str) -> Finding:
    line = f"这一行的{ACT_WORDS[act]}" if act else "这一行"
    return Code.ACT_LACKING.at(row.source(Column.ACT, Column.NO, Column.UNIT), line=line, what=what)


def _told(one: Decision) -> str:
    day = chinese_day(one.day) if one.day else ""
    return f"{day}{ACT_WORDS[one.act]}{one.unit or one.no}"


# ---------------------------------------------------------------- 编号与单位 ----


@dataclass(frozen=True, slots=True)
class _Targets:
    """办理对象 — the items and units a row names; ``troubles`` keep the row from being used, ``remarks`` do not."""

    nos: tuple[str, ...]
    units: tuple[str, ...]
    troubles: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


def _targets(row: Row, act: Act | None, catalogue: _Catalogue) -> _Targets:
    """办理对象 — an act on an item needs its number; 催办 and the graver steps may be on a unit as a whole."""
    resolved = [resolve(name, catalogue.roster) for name in split_units(_typed(row, Column.UNIT))]
    units = tuple(dict.fromkeys(one.unit for one in resolved if one.unit))
    numbered = bool(_typed(row, Column.NO))
    nos, troubles, remarks = _numbers(row, units, catalogue) if numbered else ((), [], [])
    for one in resolved:
        if one.unit:
            remarks += about_name(one, row.source(Column.UNIT))
        else:
            (remarks if numbered else troubles).append(_stranger(one, row.source(Column.UNIT), numbered))
    for no in nos:
        shared = catalogue.by_no[no].units
        if units and shared and not set(units) & set(shared):
            slots = {"no": no, "unit": "、".join(units), "units": "、".join(shared)}
            troubles.append(Code.ACT_UNIT_DIFFERS.at(row.source(Column.NO), **slots))
    if not numbered and act not in STEPS:
        troubles.append(_blank(row, act, "编号"))
    elif not numbered and not resolved:
        troubles.append(_blank(row, act, "编号，也没有写单位"))
    return _Targets(nos, units, tuple(troubles), tuple(remarks))


def _stranger(one: Resolution, source: Source, numbered: bool) -> Finding:
    """名单外的单位 — beside a number it does not matter which unit was meant, alone it does."""
    code = Code.UNIT_NOT_IN_ROSTER if numbered else Code.ACT_UNIT_UNKNOWN
    near = "”还是“".join(one.candidates) or one.suggestion or ""
    return code.at(source, name=one.name, hint=f"（是不是“{near}”？）" if near else "")


def _numbers(
    row: Row, units: Iterable[str], catalogue: _Catalogue
) -> tuple[tuple[str, ...], list[Finding], list[Finding]]:
    """编号 — the items a row names, with K08 for what is no item's number and N01 for what was read back."""
    nos: list[str] = []
    troubles: list[Finding] = []
    remarks: list[Finding] = []
    for named in (one for cell in row.cells.get(Column.NO, ()) for one in _named(cell, catalogue)):
        source, hits = row.source(Column.NO), named.hits
        own = [no for no in hits if set(units) & set(catalogue.by_no[no].units)] if len(hits) > 1 else hits
        if len(own) == 1:
            nos += own
            as_meant = named.plain or named.text == own[0]
            remarks += [] if as_meant else [Code.NUMBER_SPOILED.at(source, text=named.text, no=own[0])]
        else:
            why = f"可能是{'或'.join(hits)}" if hits else "对不上责任分解表里的任何小项"
            troubles.append(Code.ACT_ITEM_UNKNOWN.at(source, text=named.text, why=why))
    return tuple(dict.fromkeys(nos)), troubles, remarks


class _Named(NamedTuple):
    """所写的编号 — the items it may be the number of; ``plain`` where it stands there as it was meant."""

    text: str
    hits: tuple[str, ...]
    plain: bool


_SEVERAL = re.compile(r"[、，,;；\s]+")
_WITH_WORDS = re.compile(r"\S+\s+[^\d、，,;；和及与第]+")


def _named(cell: Cell, catalogue: _Catalogue) -> list[_Named]:
    """几个编号 — 1-1、4-2 are two, if each is an item's; 一、1 is one. None is left out in silence."""
    text = cell.text.strip()
    pieces = [piece for piece in _SEVERAL.split(text) if piece]
    several = [_hits(piece, None, catalogue, whole=True) for piece in pieces] if len(pieces) > 1 else []
    if several and all(one.hits for one in several):
        return several
    return [_hits(text, cell.value, catalogue, whole=not several)]


def _hits(text: str, value: Value | None, catalogue: _Catalogue, *, whole: bool) -> _Named:
    """可能的小项 — of one number; only where it is ``whole`` may its first part be the aspect (一-4-2)."""
    if isinstance(value, str | None) and (exact := normalize("NFKC", text)) in catalogue.by_no:
        return _Named(text, (exact,), True)
    number = read_number(text, value)
    leading = leading_number(text) if _WITH_WORDS.fullmatch(text) else ()
    readings = number.readings or ((leading,) if leading else ())
    ways = [way for parts in readings for way in ((parts, parts[1:]) if whole and len(parts) == 3 else (parts,))]
    hits = tuple(dict.fromkeys(catalogue.by_parts[way] for way in ways if way in catalogue.by_parts))
    return _Named(text, hits, not number.spoiled and hits == (catalogue.by_parts.get(ways[0]),) if ways else False)


# ---------------------------------------------------------------- 办理事项的读法 ----

_ALLOWED = r"(?:同意|准予|予以|批准|审批同意|经批准)"
_LATER = r"(?:延期|延长|展期|顺延|延长时限|延长期限|调整时限)(?:整改|办理|完成|办结)?(?:时限|期限)?"
_TO = r"(?:[至到][\d年月日号底末前上中下旬/\-〇一二三四五六七八九十]*)?"
_ACTS: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
    (act, re.compile(pattern))
    for act, pattern in (
        (
            Act.CLOSE,
            rf"(?:核查|复核|审核|验收|办结|结案|整改|完成)*(?:合格|通过|到位)?{_ALLOWED}?(?:办结|完成)?销(?:号|账|项)",
        ),
        (
            Act.REOPEN,
            r"重新(?:打开|开启|启动|立项|列入(?:台账)?)|重开|恢复(?:整改|办理|列入台账)|(?:撤销|取消|收回)销号",
        ),
        (
            Act.RETURN,
            r"退回(?:重改|重报|整改|重新整改|重新报送|重新办理|补充|补正|完善|修改|单位)?|打回|发回重改|重新整改|(?:不予|不同意)销号",
        ),
        (Act.ASK, rf"(?:单位)?(?:申请|请求|提出|报请|要求){_LATER}{_TO}|{_LATER}申请"),
        (Act.EXTEND, rf"{_ALLOWED}?{_LATER}{_TO}|{_ALLOWED}{_LATER}(?:申请|请求)"),
        (
            Act.CALL,
            r"(?:打?电话|微信|短信)(?:催办|催报|催促|提醒|督办|督促|联系)|催办|催报|打?电话|去电",
        ),
        (
            Act.LETTER,
            r"(?:发|印发|下发|送达|发出|制发)?(?:督办|催办|督查|督查督办)(?:函|通知书?|通知单|单)|发函|去函|书面(?:催办|督办)",
        ),
        (Act.TALK, r"(?:集体|提醒|工作|警示|当面|进行)*约谈(?:单位|领导|负责人|主要负责人|责任人)?"),
        (
            Act.ACCOUNTABILITY,
            r"(?:启动|进行|予以|实施|通报|党纪|政纪|追责|责任)*(?:问责|追责)(?:处理)?|责任追究|追究责任",
        ),
    )
)
_SPARE = re.compile(
    r"[\s“”\"'。.!！了]+|^\d+[、.)](?=\D)|^第?[一二两三四五六七八九十\d]+次|[一二两三四五六七八九十\d]+次$|^已经?"
)


def read_act(text: str) -> Act | None:
    """办理事项 — the act these words name, whole; None where they name none, several, or one not (yet) taken.

    不同意延期, 未销号 and 拟约谈 are no acts; 不予销号 is a return, as in the breakdown's own columns.
    """
    plain = _SPARE.sub("", normalize("NFKC", text).strip())
    return next((act for act, pattern in _ACTS if pattern.fullmatch(plain)), None)
