"""看板 — what a face shows of an outcome: plain lines, every rule already applied, each with its way back to the cell.

The nouns made by the ten thousand are named tuples, because they cross from the desk's process by pickle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from rectify_tool.model.item import Act
from rectify_tool.model.ledger import FileRole, Heard, Standing
from rectify_tool.model.place import Severity, Source


class ItemLine(NamedTuple):
    """台账一行 — an item as the ledger view shows it; the lines stand in ledger order.

    ``matter`` is the sub-item's own words; ``lead`` is "" where the breakdown names none; ``deadline`` is the phrase as
    written; ``read_as`` what it was read as, in words, with its doubt; ``due``, ``days_left``, ``standing`` and
    ``to_confirm`` are the verdict's; ``days`` tells the days in words. ``claim`` and ``progress`` are the lead's own
    word, the former with a remark where it does not count; ``heard`` is whether the lead was heard this time.
    ``decided`` tells the office's last act on it, ``changed`` what became of it since the last published bulletin, both
    "" where there is nothing to tell. ``words`` is everything the free-text filter looks in, lower case and NFKC.
    """

    no: str
    aspect: str
    problem: str
    matter: str
    measure: str
    lead: str
    units: tuple[str, ...]
    leaders: tuple[str, ...]
    deadline: str
    read_as: str
    due: date | None
    days_left: int | None
    days: str
    standing: Standing
    to_confirm: bool
    claim: str
    heard: Heard
    progress: str
    decided: str
    changed: str
    words: str


class FileLine(NamedTuple):
    """收件一行 — a file of the work folder and what became of it.

    ``unit`` is "" where unknown; ``sent`` the day it speaks for, None where nothing tells; ``outcome`` is in words;
    ``why`` says in words why it was not read or not used, "" where it was; ``unread`` is True where a unit sent it and
    nobody could read it. ``sha256`` is "" where it could not be opened.
    """

    file: str
    sha256: str
    role: FileRole
    unit: str
    sent: date | None
    items: int
    outcome: str
    why: str
    unread: bool
    findings: int


class UnitLine(NamedTuple):
    """单位一行 — a unit of the breakdown, whether it was heard this time, and the files it sent.

    ``lead`` and ``helping`` count the items it leads and the items it helps with; ``overdue`` those of the former that
    are overdue, ``open`` those not done. ``files`` are the file names of its `FileLine`s, what is in use first.
    ``silent_run`` is how many bulletins in a row nothing came from it. ``told`` is
    ``heard`` in words, which also say where a silent unit has nothing open.
    """

    unit: str
    heard: Heard
    files: tuple[str, ...]
    sent: date | None
    lead: int
    helping: int
    open: int
    overdue: int
    silent_run: int
    told: str = ""


class FindingLine(NamedTuple):
    """意见一行 — a finding, ``kind`` the group it is shown under; ``no`` is the item it is about, "" where none is."""

    code: str
    severity: Severity
    kind: str
    source: Source
    message: str
    no: str


class DecisionLine(NamedTuple):
    """办理一行 — an act of the office. ``serial`` is its number in 台账.db, None where it stands in a workbook.

    ``target`` is an item's number or a unit's name; ``state`` begins with "有效", and says where it does not count
    this time all the same, or tells by which record it was taken back. ``undoes`` is the number of the record that a
    counter-entry takes back, else None; ``act`` is then None.
    ``undoable`` is True where it stands in 台账.db and is not taken back.
    """

    serial: int | None
    day: date | None
    act: Act | None
    target: str
    new_due: date | None
    why: str
    by: str
    state: str
    undoes: int | None
    source: Source
    undoable: bool = False


class PaperSet(NamedTuple):
    """一套材料 — a folder under 成果/ with the papers of one run, the one written last at the end.

    ``papers`` are their absolute paths, the bulletin first; ``made`` is when it was written, None where its 清单.json
    does not tell; ``published`` says when and how it was published, "" where it was not; ``last`` marks the one written
    last, ``edited`` names those of its papers that somebody has worked on since. ``edition`` is which of the
    publishings of its number this is, from 1, 0 where it is none; ``superseded`` is True where a later one corrects it.
    ``template`` says in words which Word template the bulletin was set in, "" where its 清单.json does not tell.
    ``overtaken`` says in words which files of the work folder came, changed or went since; "" where none did, and of
    any but the set written last while it is not published.
    """

    name: str
    folder: str
    as_of: date | None
    number: int
    made: datetime | None
    published: str
    last: bool
    papers: tuple[str, ...]
    edited: tuple[str, ...]
    edition: int = 0
    superseded: bool = False
    template: str = ""
    overtaken: str = ""


NOW = "现在"
"""现在 — how the label of the bar begins that stands for the work folder now, beside those of the bulletins."""


class Bar(NamedTuple):
    """条 — how many items of one aspect, unit, leader or bulletin stand where; ``counts`` has every standing there."""

    label: str
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class Screen:
    """看板 — an outcome as a face shows it, whole.

    ``next_number`` is the number proposed for the next bulletin of the as-of day's year. ``since`` tells of the last
    published bulletin ("第7期，截至2016年5月10日"), "" where there is none. ``counts`` are those of the JSON answer.
    ``aspects``, ``leads`` and ``leaders`` have a bar for each; ``bulletins`` one for every published bulletin and one
    for now, in order. ``mark`` is the word printed on every paper (示例·虚构), "" for none.
    """

    folder: str
    as_of: date
    number: int
    next_number: int
    since: str
    mark: str
    counts: Mapping[str, int]
    items: tuple[ItemLine, ...]
    units: tuple[UnitLine, ...]
    files: tuple[FileLine, ...]
    findings: tuple[FindingLine, ...]
    decisions: tuple[DecisionLine, ...]
    papers: tuple[PaperSet, ...]
    aspects: tuple[Bar, ...]
    leads: tuple[Bar, ...]
    leaders: tuple[Bar, ...]
    bulletins: tuple[Bar, ...]
    outputs: Mapping[str, str]


class DossierLine(NamedTuple):
    """档案一行 — a label, what is to be said under it, and where that is written; ``source`` None where nowhere.

    ``then`` is True where the source is as it was when a bulletin was published; ``serial`` is the number of the record
    in 台账.db that the line tells of and that can still be taken back, else None.
    """

    label: str
    text: str
    source: Source | None = None
    then: bool = False
    serial: int | None = None


class DossierPart(NamedTuple):
    """档案一节 — a heading and its lines."""

    title: str
    lines: tuple[DossierLine, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """小项档案 — the life of one item: what was assigned, how its deadline was read, where it stands and why, every
    unit's words with file and cell, the office's acts, and how earlier bulletins showed it.

    ``because`` is the verdict's sentence.
    """

    no: str
    title: str
    standing: Standing
    parts: tuple[DossierPart, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """一条口径 — a rule as the settings form shows it.

    ``key`` is "section.name"; ``kind`` is "day", "yes_no", "number", "text", "list" (one text a line), "more" (the
    same, added to what is shipped), "wording" (a sentence with {slots}), "names" (a table of aliases, "左 = 右" a line)
    or "days" (a table of event days); ``value``, ``default`` and ``own`` are what counts now, what is shipped, and what
    this office has written, all as the form shows them; ``own`` is None where the office has written nothing.
    """

    key: str
    group: str
    meaning: str
    source: str
    kind: str
    value: str
    default: str
    own: str | None
