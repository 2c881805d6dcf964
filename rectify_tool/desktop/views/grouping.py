"""意见的分组 — findings put into groups, narrowed by weight and words, and what their codes mean; no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rectify_tool.desktop.views.narrowing import plain
from rectify_tool.model import SEVERITY_WORDS, FindingLine, Severity

WHOLE_RUN = "不针对哪个文件"
"""没有出处的 — the group, by files, of the findings about the whole run."""

_GRAVITY = {severity: at for at, severity in enumerate(Severity)}


class Group(NamedTuple):
    """一组意见 — of one weight and kind, or of one file; ``severity`` is the gravest in it, which stands first."""

    name: str
    severity: Severity
    lines: tuple[FindingLine, ...]


class Row(NamedTuple):
    """一行 — a finding under its group, or, with ``line`` None, the group's heading, which may be folded."""

    group: Group
    line: FindingLine | None
    folded: bool


class Explanation(NamedTuple):
    """解释 — what a code means: when it arises, the smallest sheet that shows it, and what is then said of it."""

    about: str
    example: str
    told: str


def grouped(lines: Iterable[FindingLine], by_file: bool) -> tuple[Group, ...]:
    """分组 — by weight and kind, or by file; the gravest group first, otherwise in the order they come."""
    groups: dict[str, list[FindingLine]] = {}
    for line in lines:
        name = (line.source.file or WHOLE_RUN) if by_file else f"{SEVERITY_WORDS[line.severity]} · {line.kind}"
        groups.setdefault(name, []).append(line)
    made = [_group(name, found) for name, found in groups.items()]
    return tuple(sorted(made, key=lambda group: _GRAVITY[group.severity]))


def rows_of(groups: Iterable[Group], folded: Callable[[Group], bool]) -> list[Row]:
    """各行 — each group's heading, and under it, where it is not folded, its findings."""
    rows: list[Row] = []
    for group in groups:
        closed = folded(group)
        rows.append(Row(group, None, closed))
        if not closed:
            rows += [Row(group, line, False) for line in group.lines]
    return rows


class Searched:
    """可查的意见 — findings and, once somebody looks for words, what they are looked for in; kept, for 20,000 are slow
    to put together at every letter.
    """

    def __init__(self, lines: Sequence[FindingLine] = ()) -> None:
        """Nothing is put together yet."""
        self.lines = lines
        self._texts: list[str] | None = None

    def wanted(self, severity: Severity | None, words: str) -> list[FindingLine]:
        """要看的 — of that weight (None: of any), with all of the words in place, message, code, or item number."""
        terms = plain(words).split()
        if not terms:
            return [line for line in self.lines if severity in (None, line.severity)]
        if self._texts is None:
            self._texts = [plain(f"{line.source} {line.message} {line.code} {line.no}") for line in self.lines]
        found = zip(self.lines, self._texts, strict=True)
        return [line for line, text in found if severity in (None, line.severity) and all(one in text for one in terms)]


def explanations(page: str) -> dict[str, Explanation]:
    """各代码的解释 — out of the text of docs/findings.md; a code the page does not tell of is not there."""
    return {entry["code"]: _explanation(entry["body"]) for entry in _ENTRY.finditer(page)}


def _group(name: str, lines: list[FindingLine]) -> Group:
    ordered = sorted(lines, key=lambda line: _GRAVITY[line.severity])
    return Group(name, ordered[0].severity, tuple(ordered))


_ENTRY = re.compile(r"^### (?P<code>[A-Z]\d\d)\n(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^```text\n(.*?)\n?^```", re.MULTILINE | re.DOTALL)


def _explanation(body: str) -> Explanation:
    about = body.strip().partition("\n\n")[0]
    examples = "\n\n".join(_EXAMPLE.findall(body))
    told = "\n".join(line.removeprefix("> ") for line in body.splitlines() if line.startswith("> "))
    return Explanation(about, examples, told)
