"""口径设置 — every rule as the settings form shows it, and the office's own changes written back into 口径.toml."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.model import CLAIM_WORDS, OFFICE_FILE, Claim, Column
from rectify_tool.model.screen import Setting
from rectify_tool.places import default_rules_text
from rectify_tool.rules import (
    DAY_KEYS,
    NAME_SECTIONS,
    OPEN_SECTIONS,
    BadRule,
    Values,
    choices_of,
    read_rules,
    read_values,
    written,
)
from rectify_tool.tables import MEANINGS

_HEAD = "# 本单位的口径：只写与默认不同的几条；没有写的，以程序的默认为准。\n"
_FRESH = ".口径.新.toml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """口径表 — every rule, and the digest of the 口径.toml it was read from, "" where there is none."""

    settings: tuple[Setting, ...]
    digest: str


def read_settings(folder: Path) -> Sheet:
    """读口径表 — every rule in the order of its groups: what counts, what is shipped, what the office has written.

    Raises:
        RectifyError: SETTINGS_UNUSABLE where 口径.toml is not right as it is.
    """
    file = _read(folder / OFFICE_FILE)
    return Sheet(tuple(_settings(file.text)), file.digest)


def save_settings(folder: Path, own: Mapping[str, str | None], digest: str) -> None:
    """存口径表 — the given rules as the office's own, None for the shipped one; the others stay byte for byte.

    The file is replaced whole, in UTF-8, and only where the rules then read right. A file in another encoding, or with
    a byte order mark, gets one, so that the editor it came from shows it rightly.

    Raises:
        RectifyError: SETTINGS_UNUSABLE where a value is not right (the message names the rule by its meaning and key),
            CANNOT_WRITE where the file is no longer that of ``digest``, or cannot be written. Nothing is changed then.
    """
    place = folder / OFFICE_FILE
    file = _read(place)
    if file.digest != digest:
        raise RectifyError(
            Stop.CANNOT_WRITE,
            f"“{OFFICE_FILE}”刚才被别处改过，没有保存。再保存一次，就在改过的上面只改您动过的这几条。",
        )
    if file.garbled:
        problem = f"“{OFFICE_FILE}”里有读不出的文字，没有保存。请用记事本打开它，改正后另存为 UTF-8，再重新打开口径。"
        raise RectifyError(Stop.SETTINGS_UNUSABLE, problem)
    known = {one.key: one for one in _settings(file.text)}
    made = file.text or ""
    for key, given in own.items():
        made = _changed(made, known[key], given)
    if made != (file.text or ""):
        _check(made, known)
        _write(place, made if file.text is not None else f"{_HEAD}\n{made}", file)


# ---------------------------------------------------------------- 各条 ----


def _settings(office: str | None) -> Iterator[Setting]:
    shipped, now = read_values(default_rules_text()), read_values(default_rules_text(), office)
    own = written(office) if office is not None else {}
    for group, keys in _grouped(shipped).items():
        for key in keys:
            kind, origin = _kind(key, shipped), now.origins.get(key) or now.origins[key.rpartition(".")[0]]
            shown = _SHOWN[kind]
            yield Setting(
                key,
                group,
                _named(key) or origin.meaning,
                origin.source,
                kind,
                value=shown(_value(key, now)),
                default=shown(_value(key, shipped)),
                own=shown(own[key]) if key in own else None,
            )


def _grouped(shipped: Values) -> dict[str, list[str]]:
    """分组 — the keys of every group, in the order of the shipped rules."""
    names = [key for section in NAME_SECTIONS if section not in OPEN_SECTIONS for key in _keys_of(section)]
    groups: dict[str, list[str]] = {group: [] for group in dict.fromkeys([*_GROUPS.values(), *_WORDING.values()])}
    wording = ""
    for key in [*shipped.settings, *OPEN_SECTIONS, *names]:
        section, _, name = key.rpartition(".")
        wording = _WORDING.get(name, wording) if section == "wording" else wording
        groups[wording if section == "wording" else _GROUPS[key if key in _GROUPS else section]].append(key)
    return groups


def _keys_of(section: str) -> list[str]:
    return [f"{section}.{name}" for name in choices_of(section)]


_GROUPS = {
    "base": "时限",
    "events": "时限",
    "deadline": "时限",
    "units": "单位",
    "units.aliases": "单位",
    "leaders": "责任领导",
    "escalation": "催办",
    "office": "办公室信息",
    "states": "状态用语",
    "statuses": "状态用语",
    "headings": "表头叫法",
}
"""组 — by section, in the order they are shown."""

_WORDING = {
    "opening": "专报用语：开头和标题",
    "total": "专报用语：总体情况",
    "aspect_total": "专报用语：整改进展",
    "problem_overdue": "专报用语：存在问题",
    "ask_overdue": "专报用语：下一步要求",
    "attachment_overdue": "专报用语：附件和注",
}
"""专报用语的组 — by the first sentence of each."""


def _named(key: str) -> str:
    """叫法的含义 — of one column or one claim; "" for a rule that says its own meaning."""
    section, _, name = key.rpartition(".")
    if section == "headings":
        return f"“{MEANINGS[Column(name)]}”一列的其他叫法"
    return _CLAIMED[Claim(name)] if section == "statuses" else ""


_CLAIMED = {
    **{claim: f"状态栏里的哪些写法算“{word}”" for claim, word in CLAIM_WORDS.items()},
    Claim.NONE: "状态栏里的哪些写法等于没有填",
}


def _value(key: str, values: Values) -> Any:
    if key in OPEN_SECTIONS:
        return values.names[key]
    section, _, name = key.rpartition(".")
    return values.names[section].get(name, ()) if section in NAME_SECTIONS else values.settings[key]


def _kind(key: str, shipped: Values) -> str:
    if key in _KINDS:
        return _KINDS[key]
    section = key.rpartition(".")[0]
    if section in NAME_SECTIONS:
        return "more"
    kind = _KIND_OF_TYPE[type(shipped.settings[key])]
    return "wording" if section == "wording" else kind


_KINDS = {**dict.fromkeys(DAY_KEYS, "day"), "events": "days", "units.aliases": "names"}
_KIND_OF_TYPE = {bool: "yes_no", int: "number", str: "text", tuple: "list"}


# ---------------------------------------------------------------- 文字与值 ----


def _day_shown(day: date | str | None) -> str:
    return day.isoformat()[:10] if isinstance(day, date) else day or ""


def _lines_shown(lines: Iterable[str]) -> str:
    return "\n".join(lines)


_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "day": _day_shown,
    "yes_no": lambda value: "是" if value else "否",
    "number": str,
    "text": str,
    "wording": str,
    "list": _lines_shown,
    "more": _lines_shown,
    "names": lambda names: _lines_shown(f"{left} = {right}" for left, right in names.items()),
    "days": lambda days: _lines_shown(f"{name} = {_day_shown(day)}" for name, day in days.items()),
}
"""怎样显示 — a value as the form shows it, by kind."""


def _day(text: str) -> date | str:
    """日期 — as 2016-02-26 or 2016年2月26日; "" for none."""
    parts = normalize("NFKC", text).strip().rstrip("日").replace("年", "-").replace("月", "-").split("-")
    if parts == [""]:
        return ""
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"应当写成 2016-02-26 这样的日期，现在是“{text}”") from error


def _yes_no(text: str) -> bool:
    if text not in ("是", "否"):
        raise ValueError(f"应当写“是”或“否”，现在是“{text}”")
    return text == "是"


def _number(text: str) -> int:
    figures = normalize("NFKC", text).strip()
    if not (figures.isascii() and figures.isdigit()):
        raise ValueError(f"应当写数字，现在是“{text}”")
    return int(figures)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _names(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines(text):
        left, sign, right = line.partition(" = ") if " = " in line else line.replace("＝", "=").partition("=")
        left, right = left.strip(), right.strip()
        if not sign or not left or not right:
            raise ValueError(f"每行应当写成“左 = 右”，现在有一行是“{line}”")
        if left in found:
            raise ValueError(f"“{left}”写了两次，请留一个")
        found[left] = right
    return found


def _days(text: str) -> dict[str, date | str]:
    return {name: _day(day) for name, day in _names(text).items()}


_READ: Mapping[str, Callable[[str], Any]] = {
    "day": _day,
    "yes_no": _yes_no,
    "number": _number,
    "text": str.strip,
    "wording": lambda text: text,
    "list": _lines,
    "more": _lines,
    "names": _names,
    "days": _days,
}
"""怎样读回 — the text of the form as a value, by kind; ValueError says what is wrong with it."""


# ---------------------------------------------------------------- 改 ----


def _changed(text: str, setting: Setting, given: str | None) -> str:
    """改一条 — the text of 口径.toml with one rule set, or taken out; what says the same already is left alone."""
    try:
        value = None if given is None else _READ[setting.kind](given)
    except ValueError as error:
        raise _refused(setting, str(error)) from error
    if (None if value is None else _SHOWN[setting.kind](value)) == setting.own:
        return text
    path = setting.key.split(".")
    if setting.kind in ("names", "days"):
        now = written(text).get(setting.key, {})
        steps = [([*path, name], (value or {}).get(name)) for name in {**now, **(value or {})}]
    else:
        steps = [(path, None if setting.kind == "more" and not value else value)]
    for at, new in steps:
        text = _rewritten(text, at, new)
    return text


def _rewritten(text: str, path: list[str], value: Any) -> str:
    from rectify_tool.story.rewriting import CannotRewrite, rewritten

    try:
        return rewritten(text, path, value)
    except CannotRewrite as error:
        problem = f"“{OFFICE_FILE}”里的“{error}”写法特别，程序改不了，没有保存。请用记事本打开它，照原来的写法改。"
        raise RectifyError(Stop.SETTINGS_UNUSABLE, problem) from error


def _check(text: str, known: Mapping[str, Setting]) -> None:
    """核对 — the rules as they would be read from now on; what is wrong is said of the rule, not of a line."""
    try:
        read_rules(default_rules_text(), text)
    except BadRule as error:
        setting = known.get(error.key) or known.get(error.key.rpartition(".")[0])
        if setting is None:
            raise
        raise _refused(setting, error.problem) from error


def _refused(setting: Setting, problem: str) -> RectifyError:
    told = f"“{setting.meaning}”（{setting.key}）{problem}。没有保存，请改正后再保存。"
    return RectifyError(Stop.SETTINGS_UNUSABLE, told)


# ---------------------------------------------------------------- 文件 ----

_BOM = b"\xef\xbb\xbf"
_DOS = "\r\n"


@dataclass(frozen=True, slots=True)
class _OfficeFile:
    """口径文件 — its text with plain line ends, None where there is no such file, and how it was laid down."""

    text: str | None
    digest: str = ""
    mark: bool = False
    dos: bool = False
    garbled: bool = False


def office_text(folder: Path) -> str | None:
    """口径文件的文字 — of the folder's 口径.toml, UTF-8, or GB18030 as old Notepad saves; None where there is none.

    Raises:
        RectifyError: SETTINGS_UNUSABLE where it cannot be opened.
    """
    return _read(folder / OFFICE_FILE).text


def _read(place: Path) -> _OfficeFile:
    if not place.exists() and not place.is_symlink():
        return _OfficeFile(None)
    try:
        data = place.read_bytes()
    except OSError as error:
        problem = f"口径文件“{OFFICE_FILE}”打不开（{refusal(error)}），请处理后再试一次；不用它，就把它移走。"
        raise RectifyError(Stop.SETTINGS_UNUSABLE, problem) from error
    text, is_utf8 = _decoded(data)
    ends = text.count("\n")
    dos = 0 < ends == text.count(_DOS)
    return _OfficeFile(
        text.replace(_DOS, "\n") if dos else text,
        hashlib.sha256(data).hexdigest(),
        mark=data.startswith(_BOM) or not is_utf8,
        dos=dos,
        garbled=not is_utf8 and "\ufffd" in text,
    )


def _decoded(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace"), False


def _write(place: Path, text: str, like: _OfficeFile) -> None:
    """写回 — whole or not at all, laid down as it was; a linked file is written where it lies."""
    data = (text.replace("\n", _DOS) if like.dos else text).encode()
    target = place.resolve()
    fresh = target.with_name(_FRESH)
    try:
        with fresh.open("wb") as file:
            file.write(_BOM + data if like.mark else data)
            file.flush()
            os.fsync(file.fileno())
        if like.text is not None:
            shutil.copymode(target, fresh)
        fresh.replace(target)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        problem = f"无法写入“{place}”：{refusal(error)}。原来的口径没有改动，请处理后再保存。"
        raise RectifyError(Stop.CANNOT_WRITE, problem) from error
