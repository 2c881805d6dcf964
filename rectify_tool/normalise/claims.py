"""自报状态 — what a unit claims of an item: its status word, else its progress text read clause by clause.

Done wants a whole 已完成 or its like: a plan, a part, a percentage or a negation before it is not done. Where two
careful readers might differ, the less advanced reading stands; a clash is shown, never settled in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from unicodedata import normalize

from rectify_tool.model import Claim, Rules


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """状态读法 — the claim, and what a person should look at.

    ``from_status`` is True where the status column decided. ``contradiction``: status and progress say different
    things. ``basically``: 基本完成 was written. ``status_unknown``: the status column holds words nobody understands.
    ``percent`` is the progress in per cent where the status column is a figure, else None.
    """

    claim: Claim
    from_status: bool = False
    contradiction: bool = False
    basically: bool = False
    status_unknown: bool = False
    percent: float | None = None


class _Sign(Enum):
    """句意 — what one clause says of the whole item."""

    WHOLE = "全部完成"
    DONE = "完成"
    PART = "部分完成"
    BASICALLY = "基本完成"
    ONGOING = "正在进行"
    UNDONE = "未完成"
    PLANNED = "打算完成"
    NOT_STARTED = "未启动"
    LONG_TERM = "长期"


_OPEN = (_Sign.PART, _Sign.BASICALLY, _Sign.ONGOING, _Sign.UNDONE, _Sign.PLANNED, _Sign.NOT_STARTED)


def read_claim(status: str, progress: str, rules: Rules, *, long_term: bool) -> ClaimReading:
    """读状态 — the unit's claim: its status column, else its progress text (contract, claimed).

    Args:
        status: The status column as typed; a figure there is progress (1, 100, 100% are all of it).
        progress: The progress text as typed.
        rules: 口径; its status words come before our own reading, its basically_done decides on 基本完成.
        long_term: Whether the item is 长期坚持; only then can the claim be long_term.
    """
    by_status, percent = _read_status(status, rules)
    signs = _signs(progress)
    by_progress = _claim_of(signs, rules.basically_done) if not nothing_said(progress) else Claim.NONE
    told = not nothing_said(status)
    claim = by_status if by_status is not None else by_progress
    if _tidy(status) in _NO and by_progress is Claim.NOT_STARTED:
        claim = Claim.NOT_STARTED
    return ClaimReading(
        claim=Claim.IN_PROGRESS if claim is Claim.LONG_TERM and not long_term else claim,
        from_status=by_status is not None,
        contradiction=by_status is not None and _clashes(by_status, signs, by_progress),
        basically=_Sign.BASICALLY in (*_signs(status), *signs) and claim is not Claim.DONE or "基本" in _tidy(status),
        status_unknown=told and by_status is None,
        percent=percent,
    )


def nothing_said(text: str) -> bool:
    """未填 — blank, a stroke, 无, 暂无: the cell says nothing."""
    return bool(
        re.fullmatch(r"(?:[\W_]*(?:无|暂无|没有|略|空|n/?a|null|none)?[\W_]*)", _tidy(text), re.IGNORECASE)
    ) and not (_TICKED.search(text))


# ---------------------------------------------------------------- 状态列 ----

_YES = ("是", "√", "✓", "✔", "☑", "对", "y", "yes", "(√)", "[√]", "已", "o", "●", "★")
_NO = ("否", "×", "✗", "✘", "x", "n", "no", "(×)", "非", "不是", "☒")
_TICKED = re.compile(r"[☑√✓✔■☒◉●]")
_EMPTY_BOX = re.compile(r"[□☐○◯]|\(\)|\[\]|【】")


def _read_status(status: str, rules: Rules) -> tuple[Claim | None, float | None]:
    """The claim of the status column, None where it is blank or not understood, and its figure in per cent."""
    word = _ticked(status)
    if word in _YES:
        return Claim.DONE, None
    if word in _NO:
        return Claim.IN_PROGRESS, None
    if nothing_said(word):
        return None, None
    known = {_tidy(one): claim for one, claim in rules.statuses.items()}
    if (claim := known.get(word.rstrip("。.;,"))) is not None:
        return claim, None
    if (percent := _percent(word)) is not None:
        return _claim_of_percent(percent), percent
    signs = _signs(word)
    return (_claim_of(signs, rules.basically_done) if signs else None), None


def _ticked(status: str) -> str:
    """What a form of boxes says: “☑已完成 □未完成” is 已完成; other texts as they are."""
    text = _tidy(status)
    if not _EMPTY_BOX.search(text) and not (_TICKED.search(text) and len(text) > 2):
        return text
    before = re.match(r"(?:[☑√✓✔■◉●□☐○◯(\[【])", text)
    words = r"[^☑√✓✔■◉●□☐○◯()\[\]【】/、,;]+"
    tick = r"[(\[【]?[☑√✓✔■◉●][)\]】]?"
    found = re.search(rf"{tick}({words})" if before else rf"({words}){tick}", text)
    return found[1] if found else re.sub(r"[☑√✓✔■◉●]", "", text) if not _EMPTY_BOX.search(text) else ""


def _percent(word: str) -> float | None:
    """A figure as per cent: 0.8 and 80% are 80, a bare 1 is all of it."""
    found = re.fullmatch(r"(?:完成|进度|完成率|约)?(\d+(?:\.\d+)?)(%?)", word)
    if not found:
        return None
    figure = float(found[1])
    percent = figure if found[2] or figure > 1 else figure * 100
    return percent if percent <= 100 else None


def _claim_of_percent(percent: float) -> Claim:
    if percent == 100:
        return Claim.DONE
    return Claim.IN_PROGRESS if percent else Claim.NOT_STARTED


# ---------------------------------------------------------------- 逐句 ----

_NOT = r"(?:未(?!来|成年|经|雨)|尚没|还没|没有|没能|并没|无法|不能|不了|难以|无力|非)"
_PLAN = (
    r"(?:拟(?!定|订|制|稿|出|草)|(?<!年度)(?<!工作)(?<!审计)(?<!整改)计划|(?:整改|工作|年度)计划(?=于|在|到|\d)|预计|预期|预定|(?<![已均])将(?!军)|即将|争取|力争|确保|保证|努力|力求|务必"
    r"|尽快|尽早|抓紧|加快|加紧|准备|打算|有望|可望|希望|承诺|下一步|下步|后续|接下来|还需|仍需|尚需|需要|须|需在|需于|限期|限于|应于|应在"
    r"|(?<![接招优])待|直至|直到|督促|推动|促进|促使|要求.{1,12}[前内底]|如果|若|一旦|目标是|为.{0,6}打下)"
)
_PARTLY = (
    r"(?:大部分|绝大|大多|多数|少数|部分|局部|个别|一半|过半|半数|初步|阶段性|前期|第(?:[一二三四五六七八九十\d]+)(?:阶段|批|期|步|季度|学期|轮|段|部分)"
    r"|首批|首期|首轮|前[一二三两\d]+(?:个)?阶段|(?<!各)(?<!个)阶段(?!性)|一段|二段|上半年|半年|季度|主体|接近|近乎|几乎|主要)"
)
_FINISHED = r"(?:完成|整改到位|落实到位|执行到位|清理到位|处理到位|办结|结案|了结|销号|完毕|完结|整改好|做完|办完|全部整改|已整改|已经整改|均整改|改正到位|整治到位)"
_WHOLE_OBJECT = re.compile(
    r"^(?:了|过)?(?:全部|所有|各项|该项|此项|本项|上述|既定|规定|整个|相关|全面|整改|问题|的|目标|任务|工作|要求|措施|内容|事项|整治|落实|销号|交账|验收|办理"
    r"|率|进度|达到|达|为|100%|逾期|未逾期|情况|到位|见附件|并|且|和)*$"
)
_THEN = re.compile(r"^(?:了)?(?:[一-鿿]{0,4}?(?:任务|工作|整改))?(?:,|并|且|后|及|和).*")
_ADVERB_ONLY = re.compile(
    r"^(?:目前|现|现在|现已|截至目前|截至\S{0,8}|至今|已经|已|均|都|也|全部|全面|全|基本上|按期|按时|如期|提前|圆满|顺利|按要求|按照要求|按时限要求|逾期|于|在"
    r"|整改|问题|工作|任务|事项|小项|该|此|本|项|各项|所有|相关|有关|整治|整改工作|整改任务|措施|目标|率|进度|清理|落实|[\d年月日号底初前上中下旬.\-/第]|个)*$"
)
_SURE = re.compile(r"已|均|全部|全面|都(?!市)|圆满|顺利|按期|按时|如期|提前|按要求|\d日")
_HUNDRED = re.compile(r"(?:完成|整改|进度|办结|销号|落实).{0,8}100%|100%.{0,4}(?:完成|整改|办结|销号|落实)")
_PERCENT = re.compile(r"\d+(?:\.\d+)?%|百分之|[一二三四五六七八九十\d]+分之|[一二三四五六七八九]成(?!立|效|果|员)")
_COUNTED = re.compile(r"(?:完成|办结|销号|结案|整改|了结)(?:了)?\d+(?:余|多)?[项件个家处条起份次人名]")
_REMAINING = re.compile(
    r"(?:剩余|余下|其余|还有|尚有|仍有|还差|仅剩|另有).{0,12}(?:\d|[一二三四五六七八九十两个部])|尚未|还未|仍未|未能|差距|仍需|有待"
)
_NOT_STARTED_WORDS = re.compile(
    r"(?:未|没有|没|暂不|不)(?:能|有|正式|全面|实质性)?(?:启动|开展|开始|开工|动工|实施|整改|着手|部署|行动|进行)(?!完|到位|结束)|无进展|没有进展|待启动|零进展"
)
_ONGOING_WORDS = re.compile(
    r"正在|正(?=按|抓|组织|开展|推进|与|对|积极|有序|稳步)|推进|进行中|整改中|办理中|落实中|实施中|开展中|持续|陆续|逐步|着手|已启动|启动|进展顺利|序时进度|时序进度"
    r"|阶段性|征求意见|待审|审批中|审核中|研究中|调查中|处理中|办理|继续|起草|筹备|摸底|初核|退回|挂起|谈话函询|移交|抓紧|加快|未落实|未销号"
)
_CONSOLIDATING = re.compile(
    r"长期|常态|长效|巩固|坚持|归档|存档|整理|总结|申请销号|申报销号|申请验收|报送|上报|举一反三|深化|跟踪|监督检查|回头看|持续推进|持续整改|持续抓|继续抓|继续保持|继续加强|继续做好|继续坚持|继续推进|持续"
)
_LONG_TERM_WORDS = re.compile(r"长期(?:坚持|整改|推进|抓)|需长期|持续(?:整改|推进|坚持)|常态化|常抓不懈|一直坚持")
_TITLES = re.compile(r"《[^》]*》|“[^”]{0,40}”|\"[^\"]{0,40}\"")
_NOW = re.compile(r"已|目前|现|截至")


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", normalize("NFKC", text.replace("\n", "。"))).strip("。").lower()


@lru_cache(maxsize=16384)
def _signs(text: str) -> tuple[_Sign, ...]:
    """The signs of a text's clauses in order; a plan opened in a sentence holds until 已 or 目前 ends it."""
    signs: list[_Sign] = []
    for sentence in re.split(r"[。;!?]", _TITLES.sub("《》", _tidy(text))):
        planned = False
        for clause in re.split(r"[,、:]", re.sub(r"[(【][^()【】]*[)】]", _kept_bracket, sentence)):
            planned = bool(re.search(_PLAN, clause)) or (planned and not _NOW.search(clause))
            sign = _sign(clause, planned)
            if sign is not None:
                signs.append(sign)
    return tuple(signs)


def _kept_bracket(found: re.Match[str]) -> str:
    """A bracket is a clause of its own where it says something of the state, else nothing."""
    inner = found[0][1:-1]
    return f",{inner}," if re.search(r"完成|推进|整改|办结|未", inner) else ""


def _sign(clause: str, planned: bool) -> _Sign | None:
    """What one clause says; the first rule that fits, from the surest to the vaguest."""
    if _NOT_STARTED_WORDS.search(clause):
        return _Sign.NOT_STARTED
    finished = list(re.finditer(_FINISHED, clause))
    if finished:
        return _finished_sign(clause, finished[-1], planned)
    if _HUNDRED.search(clause) or clause == "100%":
        return _Sign.WHOLE
    if _REMAINING.search(clause):
        return _Sign.UNDONE
    if _LONG_TERM_WORDS.search(clause):
        return _Sign.LONG_TERM
    if _ONGOING_WORDS.search(clause) and not _CONSOLIDATING.search(clause) and not re.search(_PLAN_ONLY, clause):
        return _Sign.ONGOING
    return None


_PLAN_ONLY = re.compile(r"^(?:下一步|下步|后续|接下来)")


def _finished_sign(clause: str, found: re.Match[str], planned: bool) -> _Sign:
    """A clause with 完成 or its like: what stands before it and behind it decides."""
    before, after = clause[: found.start()], clause[found.end() :]
    if re.search(r"完成未逾期", clause):
        before, after = before, ""
    if re.search(_NOT, before) or re.match(r"不了|不成|情况(?:不|未)|率低", after):
        return _Sign.UNDONE
    if (
        planned
        or re.search(_PLAN, before)
        or re.search(r"[月年季度旬](?:底|末|初)?(?:前|之前|以前)?$|[前内底]$", before)
        and not _SURE.search(before)
    ):
        return _Sign.PLANNED
    if "基本" in before:
        return _Sign.BASICALLY
    if _part(before, clause[found.start() :], after):
        return _Sign.PART
    if _HUNDRED.search(clause):
        return _Sign.WHOLE
    if not _WHOLE_OBJECT.match(after) and not _THEN.match(after):
        return _Sign.PART
    if _ADVERB_ONLY.match(before) or re.search(r"全部|全面|均已|整改(?:工作|任务|事项)?(?:已|均|全)", before):
        return _Sign.WHOLE
    return _Sign.DONE if _SURE.search(before) or "到位" in found[0] or not after else _Sign.PART


def _part(before: str, from_done: str, after: str) -> bool:
    """Whether only a part is done: a share, a count, a stage, a draft."""
    total = re.search(r"(?:共|总计|应|的)?(\d+)[项件个家处条].{0,8}$", before)
    counted = re.match(r"(?:完成|办结|销号|结案|整改|了结)了?(\d+)", from_done)
    if total and counted and total[1] == counted[1]:
        return False
    share = _PERCENT.search(before + after)
    if share and "100%" not in share[0]:
        return True
    return bool(re.search(_PARTLY, before + after[:6]) or _COUNTED.match(from_done))


# ---------------------------------------------------------------- 合起来 ----


def _claim_of(signs: tuple[_Sign, ...], basically_done: bool) -> Claim:
    """The claim of a text: the last word on the whole counts; 完成 of one thing does not outweigh another still open."""
    open_since = False
    done = False
    for sign in signs:
        if sign is _Sign.BASICALLY and basically_done:
            sign = _Sign.WHOLE
        if sign is _Sign.WHOLE:
            done, open_since = True, False
        elif sign is _Sign.DONE:
            done = done or not open_since
        elif sign in _OPEN:
            done, open_since = False, True
    if done:
        return Claim.DONE
    if signs and all(sign in (_Sign.NOT_STARTED, _Sign.PLANNED) for sign in signs) and _Sign.NOT_STARTED in signs:
        return Claim.NOT_STARTED
    if _Sign.LONG_TERM in signs and not open_since:
        return Claim.LONG_TERM
    return Claim.IN_PROGRESS


def _clashes(by_status: Claim, signs: tuple[_Sign, ...], by_progress: Claim) -> bool:
    """状态与进展矛盾 — only where the progress text itself says something of the state."""
    if not signs or by_progress is by_status:
        return False
    if by_status is Claim.DONE:
        return any(sign in _OPEN for sign in signs)
    if by_progress is Claim.DONE:
        return True
    return by_status is Claim.NOT_STARTED and by_progress is Claim.IN_PROGRESS


# ---------------------------------------------------------------- 空话 ----

_FACT = re.compile(
    r"\d|[一二三四五六七八九十百两]+[个项次件名家人份场起]|《|〔|附件|印发|文件|纪要|通报|公示|决定|台账|清单|方案|办法|制度|报告|材料见"
)
_STOCK = re.compile(
    r"正在|抓紧|有序|积极|稳步|持续|扎实|深入|全面|大力|不断|认真|严格|进一步|加快|加强|推进|推动|整改|落实|按照|按|要求|进行|开展|工作|之中|中|目前|已|将"
    r"|继续|逐步|任务|措施|问题|相关|有关|各项|该项|此项|进度|进展|顺利|良好|序时|时序|达到|方案|计划|办理|实施|启动|组织|我局|我单位|我办|我委|本单位|区委|的|地"
)


def vague_done(progress: str, evidence: str, finished: date | None, rules: Rules) -> bool:
    """完成无依据 — a claim of done with no date, figure or document behind it, in the text or the evidence column."""
    del rules
    if finished is not None or not nothing_said(evidence):
        return False
    return not _FACT.search(re.sub(r"100%", "", _tidy(progress)))


def vague_progress(progress: str) -> bool:
    """进展空泛 — words such as 正在推进 with no matter, date or figure at all; a blank cell is not vague but blank."""
    text = _tidy(progress)
    if nothing_said(progress) or re.search(r"\d|《", text):
        return False
    return len(re.sub(r"[\W_]+", "", _STOCK.sub("", text))) <= 1


# ---------------------------------------------------------------- 分阶段 ----

_ORDINAL = re.compile(
    r"第([一二三四五六七八九\d])(?:个)?(?:阶段|批|期|步|段|轮|学期)|(首)(?:批|期|轮|段)|([一二三四五六])(?:段|期)(?!间)"
)
_FIRST_FEW = re.compile(r"前([一二三四五六两\d])(?:个)?(?:阶段|批|期|段|步)")
_MONTH = re.compile(r"(?:(20\d\d)年)?(?<!\d)(1[0-2]|[1-9])月(?:(3[01]|[12]\d|[1-9])日)?")
_QUARTER = re.compile(r"([一二三四1-4])季度")
_FIGURES = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"两": 2, "首": 1}


def stages_stated_done(progress: str, stages: tuple[date, ...]) -> tuple[date, ...]:
    """已完成的阶段 — of a staged deadline, the stages the text itself says are done, in order.

    “3月底一段已完成”, “第一阶段已完成”, “2月已完成签约” each confirm one stage; a whole 已全部完成 confirms all;
    整改中 confirms none. A stage is not taken for done because a later one is.
    """
    if not nothing_said(progress) and _claim_of(_signs(progress), basically_done=False) is Claim.DONE:
        return stages
    done: set[date] = set()
    for sentence in re.split(r"[。;!?]", _TITLES.sub("《》", _tidy(progress))):
        named: list[date] = []
        for clause in re.split(r"[,、]", sentence):
            named += _stages_named(clause, stages)
            sign = _sign(clause, bool(re.search(_PLAN, clause)))
            if sign in (_Sign.WHOLE, _Sign.DONE, _Sign.PART) and not _PERCENT.search(clause):
                done |= set(named)
            if sign is not None:
                named = []
    return tuple(stage for stage in stages if stage in done)


def _stages_named(clause: str, stages: tuple[date, ...]) -> Iterator[date]:
    for place in _places(clause):
        if 0 < place <= len(stages):
            yield stages[place - 1]
    for year, month, day in _MONTH.findall(clause):
        same = [one for one in stages if one.month == int(month) and (not year or one.year == int(year))]
        exact = [one for one in same if day and one.day == int(day)]
        yield from exact or same
    for quarter in _QUARTER.findall(clause):
        yield from (one for one in stages if (one.month + 2) // 3 == _figure(quarter))


def _places(clause: str) -> Iterable[int]:
    for few in _FIRST_FEW.findall(clause):
        yield from range(1, _figure(few) + 1)
    for found in _ORDINAL.findall(clause):
        yield _figure("".join(found))


def _figure(char: str) -> int:
    return int(char) if char.isdigit() else _FIGURES[char]
