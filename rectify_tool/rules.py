"""口径 — TOML text → Rules: every rule with its meaning and source, overridden key by key by the office's own.

Two forms of section. In a section of settings (``[deadline]``) every key of the default is
``{ value, meaning, source }`` and the office's text gives the bare value (or ``{ value, source }``); single values and
lists replace. In a section of names (``[headings]``, ``[units.aliases]``) ``meaning`` and ``source`` stand once for
the whole section, and what the office writes is added.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import OFFICE_FILE, STEPS, Claim, Column, Origin, Rules

NAME_SECTIONS = ("events", "headings", "statuses", "units.aliases")
OPEN_SECTIONS = ("events", "units.aliases")
"""左边随意的 — the sections of names whose keys are the office's own words."""

_ABOUT = ("meaning", "source")
DAY_KEYS = ("base.feedback",)
DEFAULT_FILE = "rules.toml"
_PARTS_OF_THESE = {"n", "nos", "each"}
_TELLING = {"n", "u", "these", "nos", "no", "names", "list", "total", "rate", "days", "run", "count", "who"}
"""不可少的填空 — without them a sentence no longer says what 数据来源 says of it."""

_WHOLE_NUMBERS = {"reply_days": (False, 366), "copies": (True, 9999)}
"""只写数字的办公室用语 — whether it may be blank, and the most it may be."""


def read_rules(default: str, office: str | None = None) -> Rules:
    """读口径 — the default rules with the office's own over them.

    Args:
        default: The text of templates/rules.toml.
        office: The text of the work folder's 口径.toml, None where there is none.

    Raises:
        RectifyError: SETTINGS_UNUSABLE for text that is not TOML, an unknown section or key, or a bad value;
            the message names section, key and, where it can be known, the line.
    """
    known = read_values(default, office)
    settings, names = known.settings, known.names
    return Rules(
        feedback=settings["base.feedback"],
        events=names["events"],
        due_soon_days=settings["deadline.due_soon_days"],
        immediate_days=settings["deadline.immediate_days"] or None,
        month_start_day=settings["deadline.month_start_day"],
        basically_done=settings["states.basically_done"],
        headings={Column(key): tuple(aliases) for key, aliases in names["headings"].items()},
        statuses={word: Claim(claim) for claim, words in names["statuses"].items() for word in words},
        escalation={step: settings[f"escalation.{step.value}"] for step in STEPS},
        leader_order=settings["leaders.order"],
        roster=settings["units.roster"],
        unit_aliases=names["units.aliases"],
        collective=settings["units.collective"],
        wording=_section(settings, "wording"),
        office=_section(settings, "office"),
        origins=known.origins,
    )


@dataclass(frozen=True, slots=True)
class Values:
    """口径各条 — the values of all settings by "section.key", of the sections of names by section, as TOML has them."""

    settings: Mapping[str, Any]
    names: Mapping[str, Mapping[str, Any]]
    origins: Mapping[str, Origin]


def read_values(default: str, office: str | None = None) -> Values:
    """读口径各条 — one by one, as a form shows them; the same rules, and the same errors, as `read_rules`."""
    settings, names, origins = _read_default(_Text(DEFAULT_FILE, default))
    if office is not None:
        _override(_Text(OFFICE_FILE, office), settings, names, origins)
    return Values(settings, names, origins)


def written(office: str) -> dict[str, Any]:
    """写了哪几条 — the values an office's own text gives, by "section.key"; a whole section for names without a choice.

    Raises:
        RectifyError: SETTINGS_UNUSABLE for text that is not TOML.
    """
    found: dict[str, Any] = {}
    for section, keys in _sections(_Text(OFFICE_FILE, office).tree):
        given = {key: value for key, value in keys.items() if section not in NAME_SECTIONS or key not in _ABOUT}
        if section in OPEN_SECTIONS:
            found |= {section: given} if given else {}
        else:
            found |= {f"{section}.{key}": _bare(value) for key, value in given.items()}
    return found


def _bare(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


class BadRule(RectifyError):
    """口径有误 — SETTINGS_UNUSABLE about the rule ``key`` ("section.key", or a section); ``problem`` has no place."""

    def __init__(self, name: str, where: str, section: str, key: str | None, problem: str) -> None:
        label = f"[{section}]" + (f" 的 {key} " if key else " ")
        super().__init__(Stop.SETTINGS_UNUSABLE, f"口径文件“{name}”{where}：{label}{problem}")
        self.key = f"{section}.{key}" if key else section
        self.problem = problem


_UNREADABLE = "写法不对，读不懂；请检查引号、括号是否成对，中文名称要加引号，标点要用英文的"
_TWICE = "这一节或这一条前面已经写过一次，请合并成一处"


class _Text:
    """口径文件 — a TOML text with its name, able to say on which line a key stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text.removeprefix("\ufeff")
        try:
            self.tree = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            where = f"第{found[1]}行" if found else "文件末尾"
            twice = re.search("Cannot (?:declare|overwrite|mutate)", str(error))
            raise _unusable(name, where, _TWICE if twice else _UNREADABLE) from error

    def place(self, section: str, key: str | None = None) -> str:
        """第几行 — where a key (or a section's heading) stands, in words."""
        current = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            heading = re.match(r"\s*\[([^\[\]]+)\]", line)
            current = heading[1].replace('"', "").strip() if heading else current
            if key is None and (current == section if heading else re.match(rf"\s*{re.escape(section)}\s*=", line)):
                return f"第{number}行"
            here = current == section or section.startswith(f"{current}.")
            if key is not None and here and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
                return f"第{number}行"
        return f"[{section}] 一节"

    def fail(self, section: str, key: str | None, problem: str) -> RectifyError:
        """口径有误 — the error that names the file, the line, the key, and what to do."""
        return BadRule(self.name, self.place(section, key), section, key, problem)


def _unusable(name: str, where: str, problem: str) -> RectifyError:
    return RectifyError(Stop.SETTINGS_UNUSABLE, f"口径文件“{name}”{where}：{problem}")


def _read_default(text: _Text) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, Origin]]:
    settings: dict[str, Any] = {}
    names: dict[str, dict[str, Any]] = {}
    origins: dict[str, Origin] = {}
    for section, keys in _sections(text.tree):
        if section in NAME_SECTIONS:
            origins[section] = Origin(keys["meaning"], keys["source"], changed=False)
            names[section] = {}
            _extend(text, section, {key: keys[key] for key in keys if key not in _ABOUT}, names)
        else:
            for key, rule in keys.items():
                name = f"{section}.{key}"
                settings[name] = _checked(text, section, key, rule["value"], rule["value"])
                origins[name] = Origin(rule["meaning"], rule["source"], changed=False)
    return settings, names, origins


def _override(
    text: _Text, settings: dict[str, Any], names: dict[str, dict[str, Any]], origins: dict[str, Origin]
) -> None:
    known = {name.rpartition(".")[0] for name in settings} | set(names)
    for section, keys in _sections(text.tree):
        if section not in known:
            raise text.fail(section, None, f"没有这一节；可以写的有：{'、'.join(sorted(known))}")
        if not isinstance(text.tree.get(section.partition(".")[0]), dict):
            raise text.fail(section, None, f"应当是一节：[{section}] 单独写一行，下面一行一条")
        if section in NAME_SECTIONS:
            _extend(text, section, {key: keys[key] for key in keys if key not in _ABOUT}, names)
            origins[section] = Origin(origins[section].meaning, origins[section].source, changed=True)
            continue
        for key, given in keys.items():
            name = f"{section}.{key}"
            if name not in settings:
                choices = "、".join(one.rpartition(".")[2] for one in settings if one.rpartition(".")[0] == section)
                raise text.fail(section, key, f"不认识；这一节可以写的有：{choices}")
            value = _bare(given)
            source = given.get("source", OFFICE_FILE) if isinstance(given, dict) else OFFICE_FILE
            settings[name] = _checked(text, section, key, value, settings[name])
            origins[name] = Origin(origins[name].meaning, str(source), changed=True)


def _sections(tree: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """各节 — (section, its keys), ``units.aliases`` apart from ``units``."""
    found: list[tuple[str, dict[str, Any]]] = []
    for section, keys in tree.items():
        if not isinstance(keys, dict):
            found.append((section, {}))
            continue
        inner = {key: names for key, names in keys.items() if _is_names(section, key, names)}
        found.append((section, {key: keys[key] for key in keys if key not in inner}))
        found += [(f"{section}.{key}", dict(value)) for key, value in inner.items()]
    return found


def _is_names(section: str, key: str, value: Any) -> bool:
    return f"{section}.{key}" in NAME_SECTIONS and isinstance(value, dict)


def _checked(text: _Text, section: str, key: str, value: Any, default: Any) -> Any:
    """核对取值 — ``value`` if it is of the default's kind, made frozen; the default's kind is the rule's kind."""
    if f"{section}.{key}" in DAY_KEYS:
        return None if value == "" else _day(text, section, key, value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise text.fail(section, key, f"应当写 true 或 false，现在是“{value}”")
        return value
    if isinstance(default, int):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 366:
            raise text.fail(section, key, f"应当写 0 到 366 的整数，现在是“{value}”")
        return value
    if isinstance(default, list | tuple):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise text.fail(section, key, '应当写成 ["甲", "乙"] 这样的名单')
        return tuple(value)
    if not isinstance(value, str):
        raise text.fail(section, key, f"应当写成带引号的文字，现在是“{value}”")
    if section == "wording":
        _same_slots(text, key, value, default)
    if key in _WHOLE_NUMBERS and section == "office":
        _whole_number(text, key, value)
    return value


def _whole_number(text: _Text, key: str, value: str) -> None:
    """核对数字 — an office text that is a figure: within what it may be, or blank where that prints nothing."""
    blank, most = _WHOLE_NUMBERS[key]
    if not (blank and not value) and not (value.isascii() and value.isdigit() and 0 < int(value) <= most):
        raise text.fail("office", key, f"应当写 1 到 {most} 的数字，现在是“{value}”")


def _same_slots(text: _Text, key: str, value: str, default: str) -> None:
    """核对填空 — wording has the {slots} of its default, none besides, and keeps those that tell how many or which.

    Where {these} stands, {n}, {nos} and {each} may stand in its place.
    """
    if not value.strip():
        raise text.fail("wording", key, "不能空着")
    if set(value) & set("｛｝"):
        raise text.fail("wording", key, "花括号要用半角的 { }")
    try:
        slots = _slots(value)
    except ValueError as error:
        raise text.fail("wording", key, "花括号不成对，或在填空名称里加了冒号、感叹号") from error
    allowed = _slots(default)
    parts = _PARTS_OF_THESE if "these" in allowed else set()
    choices = "、".join(f"{{{name}}}" for name in sorted(allowed | parts)) or "没有"
    if slots - allowed - parts:
        strange = "、".join(sorted(slots - allowed - parts))
        raise text.fail("wording", key, f"用了没有的填空“{strange}”；可以用的填空：{choices}")
    lacking = (allowed & _TELLING) - slots - ({"these"} if slots & {"n", "nos"} else set())
    if lacking:
        needed = "、".join(f"{{{name}}}" for name in sorted(lacking))
        raise text.fail("wording", key, f"缺少填空{needed}，印出来就看不出是几项、哪几项了")


def _slots(wording: str) -> set[str]:
    """填空 — the names in braces; with a format or a conversion of Python's behind a name it is none of ours."""
    found = list(string.Formatter().parse(wording))
    if any(form or turned for _, _, form, turned in found):
        raise ValueError(wording)
    return {name for _, name, _, _ in found if name is not None}


def _extend(text: _Text, section: str, given: Mapping[str, Any], names: dict[str, dict[str, Any]]) -> None:
    """增补名单 — add the given names to a section of names; a later word of the same name wins."""
    known = names[section]
    for key, value in given.items():
        if section == "events":
            known[key] = _day(text, section, key, value)
        elif section == "units.aliases":
            if not isinstance(value, str) or not value.strip():
                raise text.fail(section, key, "右边应当写单位的正式名称，带引号")
            known[key] = value.strip()
        else:
            choices = choices_of(section)
            if key not in choices:
                raise text.fail(section, key, f"不认识；可以写的有：{'、'.join(choices)}")
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise text.fail(section, key, '应当写成 ["甲", "乙"] 这样的名单')
            for other in known:
                known[other] = [one for one in known[other] if one not in value]
            known[key] = [*known.get(key, []), *value]


def choices_of(section: str) -> list[str]:
    """可以写的 — the keys of a section of names that are given: columns for headings, claims for status words."""
    if section == "headings":
        return [column.value for column in Column if column not in _NOT_OF_UNITS]
    return [claim.value for claim in Claim]


_NOT_OF_UNITS = (Column.UNKNOWN, Column.ACT, Column.ACT_DAY, Column.BY, Column.WHY)
"""不是报送表的列 — those of the office's own register have their headings from the tool."""


def _day(text: _Text, section: str, key: str, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise text.fail(section, key, f"应当写成 2016-02-26 这样的日期，现在是“{value}”") from error


def _section(settings: Mapping[str, Any], section: str) -> dict[str, str]:
    return {name.partition(".")[2]: value for name, value in settings.items() if name.startswith(f"{section}.")}
