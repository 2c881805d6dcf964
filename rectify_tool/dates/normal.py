"""归一 — one writing for many: full-width, blanks, 汉字 numerals, dots, dashes, times of day, numbering.

What comes out is for reading only; what people are shown is always the text as typed.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "o": 0, "两": 2}
_NUMERAL = "〇零○一二三四五六七八九十廿卅百两"
_HAN_NUMBER = re.compile(
    rf"(?<![周每几])(?<!星期)(?<!礼拜)([{_NUMERAL}][{_NUMERAL}Oo\d]*)"
    rf"(?=个|[年月日号天周季时点]|工作日|小时|星期|[至到~、-][{_NUMERAL}]+(?:个|[年月日号天周季]|工作日))"
)
_HAN_AFTER_DIGIT = re.compile(rf"(?<=[\d年月])([{_NUMERAL}][{_NUMERAL}Oo\d]*)(?=[年月日号])")

_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[\r\n\u2028\u2029\x0b\x0c\x85]+", ";"),
        (r"[“”‘’\"'「」『』`´·•]", ""),
        (r"[—―─〜～∼﹏_]+", "~"),
        (r"[‐‑–−﹣]|-{2,}", "-"),
        (r"[/／]{2,}", "/"),
        (r"(?<=\d)(?:T|\s+)(?=\d{1,2}[:：]\d{2})|(?<=\d)日(?=\d{1,2}[:：]\d{2})", "日时"),
        (r"(?:日时|(?<=日))0?0:00(?::00)?(?:\.0+)?(?=之?以?前)", "0时"),
        (r"日时\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?|(?<=[日号午天一二三四五六)])\d{1,2}:\d{2}(?::\d{2})?", ""),
        (r"(?<=\d)\s+(?=\d)", " "),
        (r"(?<=[日号底末旬前后内成])\s+(?=\d)", ";"),
        (r"(?<!\d)\s+|\s+(?!\d)", ""),
        (r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)日?(?!\d)", r"\1年\2月\3日"),
        (r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?![\d年])", r"\1年\2月"),
        (r"(?<![\d.])(\d{4})([-./~])(\d{1,2})\2(\d{1,2})日?(?![\d月%.])", r"\1年\3月\4日"),
        (r"(?<![\d./-])([1-3]\d)([./])(\d{1,2})\2(\d{1,2})日?(?![\d月%./])", r"20\1年\3月\4日"),
        (r"(?<=\d)[Oo](?=[年月日号])", "0"),
        (r"(?<![\d.])(\d{4})[-./](\d{1,2})(?:月份?|(?![\d%年]|[-~./]\d{1,2}(?![\d月.])))", r"\1年\2月"),
        (r"(?<=年)[./-](?=\d{1,2}月)|(?<=月)[./-](?=\d{1,2}[日号])", ""),
        (r"(?<=\d年)(\d{1,2})[./](\d{1,2})日?(?![\d.])", r"\1月\2日"),
        (r"(?<!\d)(\d{4})([-~至到])(\d{4})年", r"\1年\2\3年"),
        (r"[Qq]([1-4])(?![\d季])", r"\1季度"),
        (r"(?<=[后起]),(?=\d)", ""),
        (r"([~-]){2,}", r"\1"),
    )
)


_NUMBERING = re.compile(r"(?:(?<=^)|(?<=[;,。]))(\d{1,2})、(?=\D|\d{1,2}[月日]|\d{4})")


def normalise(text: str) -> str:
    """归一 — one writing for many; the result is for reading only, what is shown is always the text as typed."""
    text = "".join(";" if unicodedata.category(c) == "No" else c for c in text)
    text = unicodedata.normalize("NFKC", text).strip()
    text = _HAN_NUMBER.sub(_to_digits, re.sub(rf"(?<=[{_NUMERAL}年月日号])[ \t]+(?=[{_NUMERAL}年月日号])", "", text))
    text = _HAN_AFTER_DIGIT.sub(_to_digits, text)
    for pattern, replacement in _REWRITES:
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
