"""归一 — one writing for many: full-width, blanks, 汉字 numerals, dots, dashes, times of day, numbering.

What comes out is for reading only; what people are shown is always the text as typed.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "两": 2}
_NUMERAL = "〇零○一二三四五六七八九十廿卅百两"
_HAN_BLANK = re.compile(rf"(?<=[{_NUMERAL}年月日号])[ \t]+(?=[{_NUMERAL}年月日号])")
_HAN_NUMBER = re.compile(
    rf"(?<![周每几])(?<!星期)(?<!礼拜)([{_NUMERAL}][{_NUMERAL}Oo\d]*)"
    rf"(?=个|[年月日号天周季时点]|工作日|小时|星期|[至到~、-][{_NUMERAL}]+(?:个|[年月日号天周季]|工作日))"
)
_HAN_AFTER_DIGIT = re.compile(rf"(?<=[\d年月])([{_NUMERAL}][{_NUMERAL}Oo\d]*)(?=[年月日号])")

_ENUMERATOR = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2460-\u24ff\u2776-\u2793\u3220-\u325f\u3280-\u32bf]"
)
_NUMBERING = re.compile(r"(?:(?<=^)|(?<=[;,。]))(\d{1,2})、(?=\D|\d{1,2}[月日]|\d{4})")

_STEPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    # 标点：换行、引号、各种横线、重复
    (
        r"[^\u4e00-\u9fff\d,;()、]",
        (
            (r"[\r\n\u2028\u2029\x0b\x0c\x85]+", ";"),
            (r"[“”‘’\"'「」『』`´·•]", ""),
            (r"[—―─〜～∼﹏_]+", "~"),
            (r"[‐‑–−﹣]|-{2,}", "-"),
            (r"/{2,}", "/"),
        ),
    ),
    # 钟点：24:00、T00:00:00 不影响是哪一天；零点前却可能是前一天
    (
        r":\d",
        (
            (r"(?<=\d)(?:T|\s+)(?=\d{1,2}:\d{2})|(?<=\d)日(?=\d{1,2}:\d{2})", "日时"),
            (r"(?:日时|(?<=日))0?0:00(?::00)?(?:\.0+)?(?=之?以?前)", "0时"),
            (
                r"日时\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?(?:[-~至]\d{1,2}:\d{2})?|(?<=[日号午天一二三四五六)])\s*\d{1,2}:\d{2}(?::\d{2})?(?:[-~至]\d{1,2}:\d{2})?",
                "",
            ),
        ),
    ),
    # 空格：数字之间的留着，一句之后的当作分隔，其余去掉
    (
        r"\s",
        ((r"(?<=\d)\s+(?=\d)", " "), (r"(?<=[日号底末旬前后内成])\s+(?=\d)", ";"), (r"(?<!\d)\s+|\s+(?!\d)", "")),
    ),
    # 数字日期：20160630、2016.6.30、16.6.30、2016-06月、2016年6.30
    (
        r"\d[-./~OoQq]|\d{6}|[年月][-./]|[Qq]\d",
        (
            (r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)日?(?!\d)", r"\1年\2月\3日"),
            (r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?![\d年])", r"\1年\2月"),
            (r"(?<![\d.])(\d{4})([-./~])(\d{1,2})\2(\d{1,2})日?(?![\d月%.])", r"\1年\3月\4日"),
            (r"(?<![\d./-])([1-3]\d)([./])(\d{1,2})\2(\d{1,2})日?(?![\d月%./])", r"20\1年\3月\4日"),
            (r"(?<=\d)[Oo](?=[年月日号])", "0"),
            (r"(?<![\d.])(\d{4})[-./](\d{1,2})(?:月份?|(?![\d%年]|[-~./]\d{1,2}(?![\d月.])))", r"\1年\2月"),
            (r"(?<=年)[./-](?=\d{1,2}月)|(?<=月)[./-](?=\d{1,2}[日号])", ""),
            (r"(?<=\d年)(\d{1,2})[./](\d{1,2})日?(?![\d.])", r"\1月\2日"),
            (r"[Qq]([1-4])(?![\d季])", r"\1季度"),
        ),
    ),
    # 4月30日前（周六）、4月30日⏎（周六）：星期紧跟日期写
    (
        r"(?:星期|周|礼拜)[一二三四五六日天]\)",
        ((r"(?<=[日号])((?:[之以]?前)?);?(\((?:星期|周|礼拜)[一二三四五六日天]\))", r"\2\1"),),
    ),
    # 2016-2018年；“反馈后，15日内”是一句；重复的横线
    (
        r"\d{4}[-~至到]\d{4}年|[后起],\d|[~-]{2}",
        (
            (r"(?<!\d)(\d{4})([-~至到])(\d{4})年", r"\1年\2\3年"),
            (r"(?<=[后起]),(?=\d)", ""),
            (r"([~-]){2,}", r"\1"),
        ),
    ),
)
_COMPILED = tuple(
    (re.compile(guard), tuple((re.compile(pattern), replacement) for pattern, replacement in rewrites))
    for guard, rewrites in _STEPS
)


def normalise(text: str) -> str:
    """归一 — one writing for many; the result is for reading only, what is shown is always the text as typed."""
    text = unicodedata.normalize("NFKC", _ENUMERATOR.sub(";", text)).strip()
    text = _HAN_AFTER_DIGIT.sub(_to_digits, _HAN_NUMBER.sub(_to_digits, _HAN_BLANK.sub("", text)))
    for guard, rewrites in _COMPILED:
        if guard.search(text):
            for pattern, replacement in rewrites:
                text = pattern.sub(replacement, text)
    return _without_numbering(text)


def _without_numbering(text: str) -> str:
    """1、6月底前；2、9月底前: a run of numbers 1, 2 … before 、 is numbering, not months."""
    found = [int(match[1]) for match in _NUMBERING.finditer(text)]
    return _NUMBERING.sub("", text) if len(found) > 1 and found == list(range(1, len(found) + 1)) else text


def _to_digits(match: re.Match[str]) -> str:
    """One numeral in digits; two neighbours (两三个月, 六七月) as a range or a list, 二〇一六 digit by digit."""
    text, after = match[1], match.string[match.end()]
    if len(text) == 1 or re.search("[十廿卅百]", text):
        return str(in_digits(text))
    digits = [_DIGITS.get(c, c) for c in text]
    if after == "年" or re.search(r"[〇零○Oo\d]", text):
        return "".join(map(str, digits))
    if len(digits) == 2 and int(digits[1]) - int(digits[0]) == 1:
        return f"{digits[0]}{'、' if after in '月季' else '-'}{digits[1]}"
    return text


def in_digits(text: str) -> int:
    """汉字数 — 三十一, 廿八, 一百二十 as a number."""
    total, ones = 0, 0
    for c in text.replace("廿", "二十").replace("卅", "三十"):
        if c in "十百":
            total += (ones or 1) * (10 if c == "十" else 100)
            ones = 0
        else:
            ones = int(_DIGITS.get(c, c))
    return total + ones
