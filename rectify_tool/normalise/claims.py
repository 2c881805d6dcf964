"""自报状态 — what a unit claims of an item: its status word, else its progress text read clause by clause.

Done wants a whole 已完成 or its like: a plan, a part, a percentage or a negation before it is not done. Where two
careful readers might differ, the less advanced reading stands; a clash is shown, never settled in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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

    WHOLE = "整项已完成"
    UNCLOSED = "尚未销号"
    DONE = "所说的事已完成"
    SOME = "完成了其中一事"
    PART = "完成了一部分"
    BASICALLY = "基本完成"
    GOING = "在做"
    ONGOING = "正在推进"
    UNDONE = "未完成"
    PLANNED = "打算完成"
    NOT_STARTED = "未启动"
    LONG_TERM = "长期坚持"


_STILL_OPEN = frozenset(
    {_Sign.SOME, _Sign.PART, _Sign.BASICALLY, _Sign.ONGOING, _Sign.UNDONE, _Sign.PLANNED, _Sign.NOT_STARTED}
)
_AGAINST_DONE = _STILL_OPEN - {_Sign.SOME}


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
    by_progress = _read_progress(progress, rules)
    unknown = by_status is None and not nothing_said(status)
    if unknown and by_progress is Claim.NONE and _signs(status):
        by_status = Claim.IN_PROGRESS
    claim = by_progress if by_status is None else by_status
    if _tidy(status) in _NO and by_progress is Claim.NOT_STARTED:
        claim = Claim.NOT_STARTED
    return ClaimReading(
        claim=Claim.IN_PROGRESS if claim is Claim.LONG_TERM and not long_term else claim,
        from_status=by_status is not None,
        contradiction=by_status is not None and _clashes(by_status, progress, signs, by_progress),
        basically=_Sign.BASICALLY in _signs(status) or (_Sign.BASICALLY in signs and by_progress is not Claim.DONE),
        status_unknown=unknown,
        percent=percent,
    )


_NOTHING = re.compile(r"[\W_]*(?:无|暂无|没有|略|空|n/?a|null|none)?[\W_]*", re.IGNORECASE)


@lru_cache(maxsize=16384)
def nothing_said(text: str) -> bool:
    """未填 — blank, a stroke, 无, 暂无: the cell says nothing."""
    return bool(_NOTHING.fullmatch(_tidy(text))) and not _TICKED.search(text)


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
    if (claim := _known(word.rstrip("。.;,"), rules)) is not None:
        return claim, None
    if (percent := _percent(word)) is not None:
        return _claim_of_percent(percent), percent
    signs = _signs(word)
    understood = not set(signs) <= {_Sign.SOME, _Sign.UNCLOSED}  # some matter done: whether it is all, nobody can tell
    return (_claim_of(signs, rules.basically_done) if understood else None), None


_DAY_BEHIND = re.compile(
    r"(?<=.)(?:(?<=[√✓✔☑■●])(?P<bare>{day})|\((?P<held>{day})\))$".format(
        day=r"(?:(?:20\d\d)[年./-])?(?:1[0-2]|0?[1-9])[月./-](?:3[01]|[12]\d|0?[1-9])[日号]?"
    )
)


def day_in_status(status: str) -> str:
    """状态列里的日子 — the day written behind a tick or in brackets behind the word: √（5.3）; "" where none."""
    found = _DAY_BEHIND.search(_tidy(status))
    return (found["bare"] or found["held"]) if found else ""


def _read_progress(progress: str, rules: Rules) -> Claim:
    """The claim of the progress text alone; in a numbered list one open point keeps the whole open."""
    if nothing_said(progress):
        return Claim.NONE
    claim = _claim_of(_signs(progress), rules.basically_done)
    return Claim.IN_PROGRESS if claim is Claim.DONE and _has_open_point(progress) else claim


def _has_open_point(progress: str) -> bool:
    """Whether a numbered list has a point plainly still open."""
    of_points = [_signs(point) for point in _points(progress)]
    return any(not _AGAINST_DONE.isdisjoint(signs) and not _is_done(signs) for signs in of_points)


def _known(word: str, rules: Rules) -> Claim | None:
    """The claim 口径 gives this status word, however it is punctuated."""
    if word in rules.statuses:
        return rules.statuses[word]
    return next((claim for other, claim in rules.statuses.items() if _tidy(other) == word), None)


@lru_cache(maxsize=4096)
def _ticked(status: str) -> str:
    """What a form of boxes says: “☑已完成 □未完成” is 已完成; other texts as they are, without a day behind them."""
    text = _DAY_BEHIND.sub("", _tidy(status))
    if not _EMPTY_BOX.search(text) and not (_TICKED.search(text) and len(text) > 2):
        return text
    before = re.match(r"(?:[☑√✓✔■◉●□☐○◯(\[【])", text)
    words = r"[^☑√✓✔■◉●□☐○◯()\[\]【】/、,;]+"
    tick = r"[(\[【]?[☑√✓✔■◉●][)\]】]?"
    found = re.search(rf"{tick}({words})" if before else rf"({words}){tick}", text)
    return found[1] if found else re.sub(r"[☑√✓✔■◉●]", "", text) if not _EMPTY_BOX.search(text) else ""


def _percent(word: str) -> float | None:
    """A figure as per cent: 0.8 and 80% are 80, a bare 1 is all of it, 2/3 are two of three."""
    if (share := re.fullmatch(r"(\d+)/(\d+)", word)) and int(share[2]) >= max(int(share[1]), 1):
        return 100 * int(share[1]) / int(share[2])
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

_NOT = re.compile(r"未(?!来|成年|经|雨|发现)|尚没|还没|没有|没能|并没|无法|不能|不了|难以|无力")
_AIM = re.compile(
    r"预计|预期|预定|(?<![已均])将(?!军)|即将|争取|力争|确保|保证|努力|力求|务必|尽快|尽早|抓紧|加快|加紧|准备|打算|有望|可望|希望|承诺"
    r"|下一步|下步|后续|接下来|还需|仍需|尚需|需要|须|需[在于]|限期|限于|应[在于]|直至|直到|督促|推动|促进|促使|如果|若|一旦|目标是"
    r"|(?<!按照)(?<!按)要求.{1,12}[前内底]"
)
"""打算 — words that make what follows a thing still to be done."""

_INTENT = re.compile(
    r"拟(?![定订制稿出草])|(?<![接招优])待|(?<!年度)(?<!工作)(?<!审计)(?<!整改)计划|计划(?=[于在到\d])"
)
"""打算 — the same, unless 已 stands behind them: 拟建项目已完成, 年度计划已完成."""

_HOW = r"全部|全面|均|都|按期|按时限?|如期|按要求|顺利|圆满|基本|[可能以望在于年月日号底初末前内上中下旬\d]"
_UNTIL = re.compile(
    rf"(?:(?<=.)[年月日号底初末旬天周度节之以]前|[年月天周度期]内)(?:{_HOW})*$|(?<![提目])[前内]$"
    rf"|(?:(?<![许认])可|(?<![职节功性智效只])能)(?:{_HOW})*$"
)
"""还没到 — 6月底前全部完成, 可于5月底完成: without 已 it is still to come."""
_ABOUT = re.compile(r"[月年季度旬底末初]$")
"""5月底完成, without 已: a plan or a fact, nobody can tell; so it is not done, and contradicts nothing."""

_PARTLY = re.compile(
    r"大部分|绝大|大多|多数|少数|部分|局部|个别|一半|过半|半数|初步|阶段性|前期|首[批期轮]|[一二]段|半年|季度|主体|接近|近乎|几乎|主要"
    r"|第[一二三四五六七八九十\d]+(?:阶段|批|期|步|季度|学期|轮|段|部分)|前[一二三两\d]个?阶段|(?<![各个])阶段(?!性)"
)
_EXCEPT = re.compile(r"(?<![拆清扫免解消排铲切删废去根剔])除了?[^,]{1,20}外(?=均|都|已|全|其[余他它]|余下|按)")
"""除2户外均已完成 — a part is not done."""
_BASICALLY = re.compile(r"基本(?!建设|公共|药物|农田|情况|医疗|养老|制度|职能|原则|信息|条件|单位|户)")
_SHARE = re.compile(r"\d+(?:\.\d+)?%|百分之|[一二三四五六七八九十\d]+分之|[一二三四五六七八九]成(?![立效果员])")
_COUNTED = re.compile(r"(?:完成|办结|销号|结案|整改|了结)了?(\d+)[余多]?[项件个家处条起份次人名]")
_TOTAL = re.compile(r"(\d+)[项件个家处条].{0,8}$")

_FINISHED = re.compile(
    r"完成(?!时间|时限|日期|期限|情况|单位|标准|质量|效果|程度)|(?:整改|落实|执行|清理|处理|改正|整治)到位"
    r"|办结|办毕|结案|了结|销号|完毕|完结|做完|办完|整改好|(?:已经?|均|全部)整改"
)
_MATTER = (
    r"全部|所有|各项|[该此本]项|上述|既定|规定|整个|相关|有关|全面"
    r"|整改|问题|目标|任务|工作|要求|措施|内容|事项|整治|落实|清理"
)
_WHOLE_OBJECT = re.compile(
    rf"^[了过]?(?:{_MATTER}|的|销号|交账|验收|办理|率|进度|达到?|为|100%|逾期|未逾期|到位)*(?:[并且].*)?$"
)
_NO_OTHER_SUBJECT = re.compile(
    rf"^(?:{_MATTER}|目前|现在?|截至(?:目前|\S{{0,10}}日)?|至今|已经?|均|都|也|全|按期|按时限?|如期|提前|圆满|顺利|按照?要求|逾期|超期|于|在|率|进度"
    r"|小项|[\d年月日号底初前上中下旬.\-/第该此本项个])*$"
)
_ALL = re.compile(r"全部|全面|均已|整改(?:工作|任务|事项)?[已均全]")
_SURELY = re.compile(r"已|均|全部|全面|圆满|顺利|按期|按时|如期|提前|按照?要求|\d日")
_HUNDRED = re.compile(r"(?:完成|整改|进度|办结|销号|落实).{0,8}100%|100%.{0,4}(?:完成|整改|办结|销号|落实)|^100%$")

_CLOSING = re.compile(
    r"(?:现|已经?|正在?|目前|等?待|报|提请|向[^,]{1,10})*(?:申[请报]|建议|同意|准予|提请|报请|办理|待)"
    r"(?:予以|组织|上级|核查|验收|审核|批准|后|区[^,]{1,8})*销号(?:手续|中)?"
)
"""待销号 — only what is done is put up for closing."""
_UNCLOSED = re.compile(
    r"(?:暂|尚|还|但|目前)*未(?:经)?(?:予以|申[请报]|办理)?销号|(?:下一?步|拟|将|即将|准备|近期|尽快)+申[请报]销号"
)
_THEN_CLOSING = re.compile(r"(完成|到位|办结|完毕|上报)(?=(?:等?待|申[请报]|建议|报请|提请)[^,]{0,8}销号$)")

_SETTLING = re.compile(
    r"长期|常态|长效|巩固|坚持|归档|存档|整理|总结|申[请报]销号|申请验收|报送|上报|举一反三|深化|跟踪|监督检查|回头看|防止反弹"
    r"|持续(?:推进|整改|抓)|继续(?:抓|保持|加强|做好|坚持|推进)"
)
"""善后 — what goes on after a thing is done, and does not undo it."""

_SIGNS = (
    (_Sign.WHOLE, _HUNDRED),
    (_Sign.DONE, re.compile(r"^(?:目前|现|均|都|全部)*已经?(?:全部|全面|按要求)*落实$")),
    (_Sign.PART, re.compile(r"(?<=.)除外$|^其余(?:未|正在)")),
    (_Sign.LONG_TERM, re.compile(r"长期(?:坚持|整改|推进|抓)|需长期|持续(?:整改|推进|坚持)|常态化|常抓不懈|一直坚持")),
    (None, _SETTLING),
    (
        _Sign.UNDONE,
        re.compile(
            r"(?:剩余|余下|其余|还有|尚有|仍有|还差|仅剩|另有).{0,12}[\d一二三四五六七八九十两个部]|[尚还仍]未|未能|差距|[尚仍还]需|有待|未落实|未销号"
        ),
    ),
    (None, re.compile(r"^(?:下一步|下步|后续|接下来)")),
    (
        _Sign.ONGOING,
        re.compile(
            r"正在|正(?=按|抓|组织|开展|推进|与|对|积极|有序|稳步)|推进(?!会|办|组|表)|(?:进行|整改|办理|落实|实施|开展|审批|审核|研究|调查|处理)中"
            r"|着手|进展顺利|序时进度|时序进度|阶段性|征求意见|待审|抓紧|加快|退回|挂起|谈话函询"
        ),
    ),
    (_Sign.GOING, re.compile(r"持续|陆续|逐步|启动|继续|起草|筹备|摸底|初核|移交|办理")),
)
"""句意表 — for a clause without 完成 or its like: the first pattern met says what it means (None: nothing)."""

_UNBEGUN = re.compile(
    r"(?:未|没有?|暂不|不)(?:能|有|正式|全面|实质性)?(?:启动|开展|开始|开工|动工|实施|整改|着手|部署|行动|进行)(?!完|到位|结束)|(?:无|没有|零)进展|待启动"
)
_TITLES = re.compile(r"《[^》]*》|“[^”]{0,40}”|\"[^\"]{0,40}\"")
_NOW = re.compile(r"已|目前|现|截至")
_BLANKS = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[。;!?]")
_CLAUSE_END = re.compile(r"[,、:]|(?<!\d)/|/(?!\d)")
_FIGURE_OF = re.compile(r"(率|进度|比例):|([共计应]\d+[项件个家处条]),")
_EXCEPTION = re.compile(r"(除[^,]{1,20}外),(?=均|都|已|全|其[余他它]|余下|按)")
_BRACKETED = re.compile(r"[(【]([^()【】]*)[)】]")
_ON_THE_STATE = re.compile(r"完成|推进|整改|办结|未|除外|销号")


@lru_cache(maxsize=16384)
def _tidy(text: str) -> str:
    return _BLANKS.sub("", normalize("NFKC", text.replace("\n", "。"))).strip("。").lower()


@lru_cache(maxsize=16384)
def _signs(text: str) -> tuple[_Sign, ...]:
    """The signs of a text's clauses in order; a plan opened in a sentence holds until 已 or 目前 ends it."""
    signs: list[_Sign] = []
    for sentence in _sentences(text):
        planned = staged = False
        for clause in _clauses(sentence):
            planned = _intends(clause) or (planned and not _NOW.search(clause))
            sign = _sign(clause, planned)
            if sign is _Sign.WHOLE and staged and not _ALL.search(clause):
                sign = _Sign.PART
            staged = sign is None and bool(staged or _STAGE_HEAD.match(clause))
            if sign is not None:
                signs.append(sign)
    if _stage_to_come(text):
        signs.append(_Sign.PLANNED)  # last, for 全部完成 of another stage does not outweigh it wherever it stands
    return tuple(signs)


def _sentences(text: str) -> list[str]:
    """Sentences without the words inside 《》 and quotation marks, which say nothing of the state."""
    return _SENTENCE_END.split(_TITLES.sub("《》", _tidy(text)))


def _clauses(sentence: str) -> list[str]:
    """Clauses; a figure stays with its word (完成率：80%, 共51件，已办结51件), a bracket on the state stands alone."""
    joined = _THEN_CLOSING.sub(r"\1,", _EXCEPTION.sub(r"\1", _FIGURE_OF.sub(r"\1\2", sentence)))
    return _CLAUSE_END.split(_BRACKETED.sub(_bracket, joined))


def _bracket(found: re.Match[str]) -> str:
    return f",{found[1]}," if _ON_THE_STATE.search(found[1]) else ""


_STAGE_HEAD = re.compile(r"第[一二三四五六七八九\d](?:个)?(?:阶段|批|期|步|段|轮)|首[批期轮]")
_STAGE_BEGINS = re.compile(
    r"(?:其中|另外?|而|但|剩余的?|余下的?|其余的?)*"
    r"(?:第[一二三四五六七八九\d](?:个)?(?:阶段|批|期|步|段|轮|学期|季度)|首[批期轮]|末[批期轮]"
    r"|[春秋]季学期|[上下](?:一?个?)?(?:学期|阶段|半年)|\d{1,2}月[底初中上下旬]*(?:之?前)?的?(?:一段|阶段|部分|任务))"
)
_TO_COME = re.compile(
    r"(?<![接招优])待(?!遇).{1,20}(?:开展|实施|进行|组织|启动|完成|推进|办理|落实|整改|安排|清理|检查|自查|再|后$)"
    r"|[尚还仍]未|未(?:到|启动|开展|开始|开工|动工|实施|完成|进行)|没有?(?:开始|开展|启动|实施|完成)"
    r"|拟(?![定订制稿出草])|(?<!年度)(?<!工作)(?<!审计)(?<!整改)计划|预计|预定|(?<![已均])将(?!军)|准备|打算"
)
"""还没到 — said of a stage named before it: 第1学期：待9月开学后开展."""


@lru_cache(maxsize=16384)
def _stage_to_come(text: str) -> bool:
    """还有阶段没到 — a stage is named and what follows says that it is still to be done, and nowhere that it is."""
    if not _STAGE_BEGINS.search(_tidy(text)):
        return False
    for sentence in _sentences(text):
        waits = achieved = named = False
        for clause in _clauses(sentence):
            head = bool(_STAGE_BEGINS.match(clause))
            if head and waits and not achieved:
                return True
            if head:
                named, waits, achieved = True, False, False
            waits = waits or (named and _is_to_come(clause))
            achieved = achieved or _stage_achieved(clause, headed=head)
        if waits and not achieved:
            return True
    return False


def _is_to_come(clause: str) -> bool:
    """Whether a clause says a thing is still to be done; what only keeps it done (下阶段将巩固成果) is none of it."""
    return bool(_TO_COME.search(_after_already(clause))) and not _SETTLING.search(clause)


def _stage_achieved(clause: str, *, headed: bool) -> bool:
    sign = _sign(clause, _intends(clause))
    return sign in (_Sign.WHOLE, _Sign.DONE) or (headed and sign is _Sign.PART and not _SHARE.search(clause))


@lru_cache(maxsize=16384)  # units say the same clauses over and over, though hardly a text is the same
def _intends(clause: str) -> bool:
    if _CLOSING.fullmatch(clause):
        return False
    return bool(_AIM.search(clause) or _INTENT.search(_after_already(clause)))


def _after_already(words: str) -> str:
    """What stands behind the last 已: a 未 or 拟 before it no longer holds."""
    return words[words.rfind("已") + 1 :]


@lru_cache(maxsize=16384)
def _sign(clause: str, planned: bool) -> _Sign | None:
    """What one clause says of the item, None where nothing."""
    if _UNBEGUN.search(clause):
        return _Sign.NOT_STARTED
    if _UNCLOSED.fullmatch(clause):
        return _Sign.UNCLOSED
    if _CLOSING.fullmatch(clause) and not planned:
        return _Sign.DONE
    finished = list(_FINISHED.finditer(clause))
    if finished:
        return _finished_sign(clause, finished[-1], planned)
    return next((sign for sign, pattern in _SIGNS if pattern.search(clause)), None)


def _finished_sign(clause: str, found: re.Match[str], planned: bool) -> _Sign:
    """A clause with 完成 or its like: the first rule that holds of what stands before and behind the word."""
    start = clause.find("完成未逾期") if "完成未逾期" in clause else found.start()
    before, after = clause[:start], "" if start != found.start() else clause[found.end() :]
    whole = bool(_WHOLE_OBJECT.match(after))
    rules = (
        (_Sign.UNDONE, _NOT.search(_after_already(before)) or after.startswith(("不了", "不成"))),
        (_Sign.PLANNED, planned or (_UNTIL.search(before) and "已" not in before)),
        (_Sign.SOME, _ABOUT.search(before) and not _SURELY.search(before)),
        (_Sign.BASICALLY, _BASICALLY.search(before)),
        (_Sign.PART, _is_share(before, clause[found.start() :], after)),
        (_Sign.WHOLE, _HUNDRED.search(clause) or _counts_all(before, clause[found.start() :])),
        (_Sign.WHOLE, whole and (_NO_OTHER_SUBJECT.match(before) or _ALL.search(before))),
        (_Sign.DONE, whole and (_SURELY.search(before) or found[0].endswith("到位") or found[0] == "办结")),
    )
    return next((sign for sign, holds in rules if holds), _Sign.SOME)


def _is_share(before: str, from_done: str, after: str) -> bool:
    """Whether a share, a stage or a part of the number is done: 80%, 第一阶段, 5项任务已完成3项."""
    counted, total = _COUNTED.match(from_done), _TOTAL.search(before)
    if counted and total:
        return total[1] != counted[1]
    if _EXCEPT.search(before):
        return True
    share = _SHARE.search(before + after)
    return bool((share and "100%" not in share[0]) or _PARTLY.search(before + after[:6]))


def _counts_all(before: str, from_done: str) -> bool:
    """共51件已办结51件 is all of it."""
    counted, total = _COUNTED.match(from_done), _TOTAL.search(before)
    return bool(counted and total and counted[1] == total[1])


# ---------------------------------------------------------------- 合起来 ----


def _claim_of(signs: tuple[_Sign, ...], basically_done: bool) -> Claim:
    """The last word on the whole counts; one thing done does not outweigh another still open."""
    still_open = done = False
    for sign in signs:
        if sign is _Sign.WHOLE or (sign is _Sign.BASICALLY and basically_done):
            done, still_open = True, False
        elif sign is _Sign.DONE:
            done = not still_open
        elif sign in _STILL_OPEN:
            done, still_open = False, True
        elif sign is _Sign.GOING:
            done = False
    if done:
        return Claim.DONE
    if _Sign.NOT_STARTED in signs and set(signs) <= {_Sign.NOT_STARTED, _Sign.PLANNED}:
        return Claim.NOT_STARTED
    return Claim.LONG_TERM if _Sign.LONG_TERM in signs and not still_open else Claim.IN_PROGRESS


def _is_done(signs: tuple[_Sign, ...]) -> bool:
    return _claim_of(signs, basically_done=False) is Claim.DONE


_STILL = re.compile(
    r"正在|[仍还尚]在|[进行推办改理]中(?!心)|之中|未|[还仍尚]需|拟(?![定订制稿出草])|预计|计划于|将于|待|基本|部分|\d%"
)
"""仍未完 — without such a word no text contradicts 已完成: 督促3个单位整改到位, 开展专项督查 tell of what was done."""


def _clashes(by_status: Claim, progress: str, signs: tuple[_Sign, ...], by_progress: Claim) -> bool:
    """状态与进展矛盾 — only where the progress text itself plainly says another state; an accusation, so no guesses."""
    if not signs or by_progress is by_status:
        return False
    if by_status is Claim.DONE:
        return not _AGAINST_DONE.isdisjoint(signs) and bool(_STILL.search(_TITLES.sub("", progress)))
    if by_status is Claim.NOT_STARTED:
        return _Sign.NOT_STARTED not in signs
    return by_progress is Claim.DONE and _Sign.WHOLE in signs


_HELP = re.compile(r"配合|协助|协同")
_OF_ACHIEVEMENT = (_Sign.WHOLE, _Sign.DONE, _Sign.SOME)


def only_helped(progress: str) -> bool:
    """只说配合 — the text tells of the unit's own help (已配合提出修改意见) and nowhere of the item itself as done."""
    helping = told = False
    for sentence in _sentences(progress):
        helping = False
        for clause in _clauses(sentence):
            helping = helping or bool(_HELP.search(clause))
            told = told or helping
            if not helping and _sign(clause, _intends(clause)) in _OF_ACHIEVEMENT:
                return False
    return told


# ---------------------------------------------------------------- 空话 ----

_FACT = re.compile(
    r"\d|[一二三四五六七八九十百两]+[个项次件名家人份场起户笔处辆万元]|《|〔|附件|印发|文件|纪要|通报|公示|决定|台账|清单|方案|办法|制度|报告|材料见"
)
_STOCK = re.compile(
    r"正在|抓紧|有序|积极|稳步|持续|扎实|深入|全面|大力|不断|认真|严格|进一步|加快|加强|推进|推动|整改|落实|按照|按|要求|进行|开展|工作|之中|中|目前|已|将"
    r"|继续|逐步|取得|成效|明显|一定|较好|初步|任务|措施|问题|相关|有关|各项|该项|此项|进度|进展|顺利|良好|序时|时序|达到|方案|计划|办理|实施|启动|组织|我局|我单位|我办|我委|本单位|区委|的|地"
)


def vague_done(progress: str, evidence: str, finished: date | None) -> bool:
    """完成无依据 — a claim of done with no date, figure or document behind it, in the text or the evidence column."""
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
    r"第([一二三四五六七八九\d])(?:个)?(?:阶段|批|期|步|段|轮|学期)|(首)(?:批|期|轮|段)|(?<![底日月])([一二三四五六])(?:段|期)(?!间)"
)
_FIRST_FEW = re.compile(r"前([一二三四五六两\d])(?:个)?(?:阶段|批|期|段|步)")
_MONTH = re.compile(r"(?:(20\d\d)年)?(?<!\d)(1[0-2]|[1-9])月(?:(3[01]|[12]\d|[1-9])日)?")
_QUARTER = re.compile(r"([一二三四1-4])季度")
_FIGURES = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"两": 2, "首": 1}


def stages_stated_done(
    progress: str, stages: tuple[date, ...], phrase: str = "", measures: str = ""
) -> tuple[date, ...]:
    """已完成的阶段 — of a staged deadline, the stages the text itself says are done, in order.

    “3月底一段已完成”, “第一阶段已完成”, “2月已完成签约” each confirm one stage, as do a stage's own words of the
    phrase (3月底前制定方案 … “已制定方案”) and the point of the same number in a list; a whole 已全部完成 confirms all;
    整改中 confirms none. A stage is not taken for done because a later one is.

    Args:
        progress: The progress text as typed.
        stages: The days of the stages, in order.
        phrase: The deadline as written; what stands beside a day is that stage's own words.
        measures: The item's measures; a numbered list as long as the stages stands for them where the phrase only
            gives days.
    """
    if _Sign.WHOLE in _signs(progress) and _is_done(_signs(progress)) and not _has_open_point(progress):
        return stages
    matters = _matters(phrase, stages)
    by_point = _stages_by_point(progress, stages, phrase, "" if any(matters) else measures)
    done = by_point | _stages_told(progress, stages, matters, phrase)
    if "学期" not in phrase and not done.issuperset(stages):
        done = by_point | _stages_told(_TERM.sub("", progress), stages, matters, phrase)
    return tuple(stage for stage in stages if stage in done)


_TERM = re.compile(r"第[一二三四\d]学期")
"""A school year begins in autumn: which day is a term's, only the phrase can tell; all terms are all stages."""


def _stages_told(progress: str, stages: tuple[date, ...], matters: tuple[str, ...], phrase: str) -> frozenset[date]:
    """The stages the sentences of a text state done."""
    ordinals = _ordinals(phrase, stages)
    sentences = _sentences(_plainly(progress))
    return frozenset(day for sentence in sentences for day in _stages_in(sentence, stages, matters, ordinals))


def _stages_in(
    sentence: str, stages: tuple[date, ...], matters: tuple[str, ...], ordinals: Mapping[int, date]
) -> set[date]:
    """The stages one sentence states done; a clause in a stage's own words speaks of that stage only."""
    done: set[date] = set()
    named: list[date] = []
    planned = numbered = False
    for clause in _clauses(re.sub(r"第(\w)[、和](\w)(阶段|批|期)", r"第\1\3第\2\3", sentence)):
        planned = _intends(clause) or (planned and not _NOW.search(clause))
        own = [stage for stage, matter in zip(stages, matters, strict=True) if _achieves(clause, matter)]
        if own:
            done |= set() if planned else set(own)
            named = []
            continue
        by_number = [ordinals[place] for place in _places(clause) if place in ordinals]
        numbered = bool(by_number or (numbered and named))
        named += by_number if numbered else _stages_by_day(clause, stages, matters)
        sign = _sign(clause, _intends(clause))
        if sign in (_Sign.WHOLE, _Sign.DONE, _Sign.PART, _Sign.SOME) and not _SHARE.search(clause):
            done |= set(named)
        if sign is not None or _is_to_come(clause):
            named = []
    return done


def _stages_by_day(clause: str, stages: tuple[date, ...], matters: tuple[str, ...]) -> Iterator[date]:
    """The stages a clause names by their days; a day names no stage whose own matter is another.

    Beside an ordinal (第二阶段已于3月28日完成) a day only tells when.
    """
    bare = not _rest(clause)
    open_to = tuple(stage for stage, matter in zip(stages, matters, strict=True) if bare or not matter)
    for year, month, day in _MONTH.findall(clause):
        same = [one for one in open_to if one.month == int(month) and (not year or one.year == int(year))]
        exact = [one for one in same if day and one.day == int(day)]
        yield from exact or same
    for quarter in _QUARTER.findall(clause):
        yield from (one for one in open_to if (one.month + 2) // 3 == _figure(quarter))


def _ordinals(phrase: str, stages: tuple[date, ...]) -> dict[int, date]:
    """第几段是哪一天 — as the phrase itself numbers them (第2学期3月底前，第1学期9月底前), else by their order."""
    pieces = [piece for piece in re.split(r"[,;。、]", _tidy(phrase)) if len(list(_places(piece))) == 1]
    own = {next(iter(_places(piece))): stage for piece in pieces for stage in stages if _is_by(piece, stage)}
    return own if len(own) == len(stages) == len(set(own.values())) else dict(enumerate(stages, 1))


# ---------------------------------------------------------------- 各段自己的话 ----

_DAYS = re.compile(
    r"(?:20\d\d年?|今年|本年|当年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:[年月]?[底初末]|[上中下]旬|[上下]半年|[一二三四1-4]季度)?(?:之?以?[前内])?"
)
_FILLERS = re.compile(
    r"已经?|均|都|全部|全面|所有|各项|相关|有关|按要求|按期|按时|如期|提前|顺利|圆满|目前|现|了|的|于|在|由|我[局办委单位区镇部]+|本单位"
    r"|完成|完毕|到位|完工|竣工|办结|实现|达到|工作|任务|事项|工程|项目|建设|设备|编制|整改|实施|落实|印发|下发|出台|批复|通过|验收|审定"
    r"|第[一二三四五六\d](?:个)?(?:阶段|批|期|步|段|轮)|[一二三四五六]段|分?阶段|首[批期轮]|[\W_]|\d"
)
"""虚词 — what a clause may hold beside a stage's own words and still say that this stage, and all of it, is done."""

_ACHIEVED = re.compile(r"完成|完工|竣工|到位|完毕|建成|办结")
_STATED = re.compile(r"已|^完成|完毕|到位")
_DRAWN_UP = re.compile(r"制定|制订|拟定|拟订|出台|印发|下发")
_TITLE_OF = re.compile(r"《(?:关于|整改|工作|实施|专项|落实|的)*(方案|办法|制度|规划|计划|意见|细则|清单|台账)》")
_STUDY = re.compile(r"可行性研究(?:报告)?|可研报告")
_PIECE = re.compile(r"[,;。、\n]|[并且及]")


def _matters(phrase: str, stages: tuple[date, ...]) -> tuple[str, ...]:
    """各段的事 — beside each stage's day in the phrase what is to be done by it, "" where the phrase does not say.

    A day that is no stage (6月底前开工 only begins a work) keeps its words to itself.
    """
    pieces = re.split(r"[,;。、]", _plainly(_tidy(phrase)))
    return tuple(_matter([piece for piece in pieces if _is_by(piece, stage)]) for stage in stages)


def _matter(pieces: list[str]) -> str:
    return _DAYS.sub("", _LIST_MARK.sub("", pieces[0])).strip("():.") if len(pieces) == 1 else ""


def _is_by(piece: str, stage: date) -> bool:
    """Whether the day in a piece of the phrase is this stage's, by its month, and its year where written."""
    month, year = _MONTH.search(piece), re.search(r"(20\d\d)年", piece)
    if not month and not re.search(r"年[底末]", piece):
        return False
    return (int(month[2]) if month else 12) == stage.month and (not year or int(year[1]) == stage.year)


def _achieves(clause: str, matter: str) -> bool:
    """Whether a clause, or what 并 parts in it, says this matter done, all of it, and speaks of nothing else."""
    words = _words(matter)
    return bool(words) and any(_is_achieved(part, matter, words) for part in _PIECE.split(clause))


def _is_achieved(part: str, matter: str, words: tuple[str, ...]) -> bool:
    if not _STATED.search(part) or _SHARE.search(part) or (_ACHIEVED.search(matter) and not _ACHIEVED.search(part)):
        return False
    rest = _DAYS.sub("", part)
    for word in words:
        pattern = (
            _DRAWN_UP
            if _DRAWN_UP.fullmatch(word) and word not in ("印发", "下发", "出台")
            else re.compile(re.escape(word))
        )
        if not pattern.search(rest):
            return False
        rest = pattern.sub("", rest)
    return not _rest(rest)


def _words(matter: str) -> tuple[str, ...]:
    """The own words of a matter, two characters each: 制定方案 is 制定 and 方案; () where it only says 完成整改."""
    bare = re.sub(
        r"完成|全部|全面|整改|任务|工作|落实|到位|完毕|实现|第[一二三四五六\d](?:个)?(?:阶段|批|期|步|段|轮)|阶段性?|[\W_\d前]",
        "",
        matter,
    )
    if len(bare) < 2:
        return ()
    return tuple(bare[start : start + 2] for start in range(0, len(bare) - 1, 2)) + (
        (bare[-1],) if len(bare) % 2 else ()
    )


def _rest(clause: str) -> str:
    return _FILLERS.sub("", _DAYS.sub("", clause))


def _plainly(text: str) -> str:
    """《整改方案》 stands for 方案, 可行性研究报告 for 可研; a title that says more may be another document's."""
    return _STUDY.sub("可研", _TITLE_OF.sub(r"\1", text))


_LIST_MARK = re.compile(
    r"(?:^|(?<=[。;,:]))[(]?([1-9])(?:[)、]|[.](?!\d)|[.](?=\d{1,2}月|20\d\d))|(?:^|(?<=[。;,:]))([一二三四五六七八九])(?:是|、)"
)
_RINGED = str.maketrans({chr(0x2460 + number): f"{number + 1}、" for number in range(9)})


@lru_cache(maxsize=4096)
def _points(text: str) -> tuple[str, ...]:
    """分条 — the points of a text that is a numbered list from 1 on; () where it is none."""
    tidy = _tidy(text.translate(_RINGED))
    marks = list(_LIST_MARK.finditer(tidy))
    numbers = [_figure(mark[1] or mark[2]) for mark in marks]
    if len(marks) < 2 or marks[0].start() > 0 or numbers != list(range(1, len(marks) + 1)):
        return ()
    ends = [mark.start() for mark in marks[1:]] + [len(tidy)]
    return tuple(tidy[mark.end() : end].strip("。;,") for mark, end in zip(marks, ends, strict=True))


def _stages_by_point(progress: str, stages: tuple[date, ...], phrase: str, measures: str) -> set[date]:
    """逐条对应 — where phrase or measures number the stages, the point of the same number speaks of that stage."""
    if len(stages) not in (len(_points(phrase)), len(_points(measures))):
        return set()
    said = zip(stages, _points(progress), strict=False)
    return {stage for stage, point in said if _is_done(_signs(point))}


def _places(clause: str) -> Iterable[int]:
    for few in _FIRST_FEW.findall(clause):
        yield from range(1, _figure(few) + 1)
    for found in _ORDINAL.findall(clause):
        yield _figure("".join(found))


def _figure(char: str) -> int:
    return int(char) if char.isdigit() else _FIGURES[char]
