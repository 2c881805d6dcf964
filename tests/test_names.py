"""Unit names: split, resolved to the roster, found in file names; a wrong unit is worse than none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.model import Rules
from rectify_tool.normalise.items import _leaders
from rectify_tool.normalise.names import (
    is_collective,
    lead_marked,
    looks_like_unit,
    make_roster,
    resolve,
    split_units,
    unit_in_text,
    unit_of_short_name,
)
from tests.cases import RULES

CASES = [
    line.split("\t") for line in (Path(__file__).parent / "data" / "names.tsv").read_text(encoding="utf-8").splitlines()
]
UNITS = (
    *(
        "区委",
        "区委办",
        "区纪委",
        "区纪委监委",
        "区委组织部",
        "中共示例区委政法委员会",
        "团区委",
        "区委督查室（区政府督查室）",
    ),
    *("区财政局", "区教育局", "区审计局", "区公安局", "区发展和改革局", "区市民政务服务局", "区人力资源和社会保障局"),
    *("区卫生和计划生育局", "区住房和城乡建设局", "区城市管理和行政执法局", "区政府法制办公室", "区市场监督管理局"),
    *("青园街道", "区文化站"),
)


def rules(roster: tuple[str, ...] = (), **aliases: str) -> Rules:
    return replace(RULES, roster=roster, unit_aliases=aliases)


ROSTER = make_roster(UNITS, rules(区综合服务中心="区文化站", 区绿化处="区园林局"))


def cases(kind: str) -> list[list[str]]:
    return [case[1:] for case in CASES if case[0] == kind]


@pytest.mark.parametrize(("written", "expected", "_how"), cases("split"))
def test_a_cell_is_split_into_its_names_and_the_marked_lead(written: str, expected: str, _how: str) -> None:
    names = [name for name in expected.split("|") if name]
    assert split_units(written) == tuple(name.lstrip("*") for name in names)
    assert lead_marked(written) == next((name[1:] for name in names if name.startswith("*")), None)


def test_lines_and_full_width_commas_separate_names() -> None:
    assert split_units("区财政局\n区审计局，区委办\r\n区民政局") == ("区财政局", "区审计局", "区委办", "区民政局")


@pytest.mark.parametrize(("written", "expected", "how"), cases("resolve"))
def test_a_name_means_one_unit_of_the_roster_or_none(written: str, expected: str, how: str) -> None:
    found = resolve(written, ROSTER)
    assert (found.unit or "", found.how) == (expected, how)


@pytest.mark.parametrize(("written", "expected", "_how"), cases("text"))
def test_a_file_name_names_whole_units_only(written: str, expected: str, _how: str) -> None:
    assert unit_in_text(written, ROSTER) == tuple(name for name in expected.split("|") if name)


def test_the_audit_bureau_is_never_taken_for_the_health_bureau() -> None:
    roster = make_roster(["区审计局", "区财政局"], RULES)
    found = resolve("区卫计局", roster)
    assert found.unit is None and found.suggestion == "区审计局"


def test_an_abbreviation_of_two_units_is_none_and_names_both() -> None:
    roster = make_roster(["区城市管理局", "区城市管理行政执法局"], RULES)
    found = resolve("区城管局", roster)
    assert found.unit is None and found.candidates == ("区城市管理局", "区城市管理行政执法局")


def test_spellings_of_one_unit_in_a_breakdown_become_the_most_used_one() -> None:
    roster = make_roster(["财政局", "区财政局", "区财政局", "示例区财政局", "区财政局"], RULES)
    assert roster.units == ("区财政局",)
    assert {resolve(name, roster).unit for name in ("财政局", "区财政局", "示例区财政局")} == {"区财政局"}


def test_as_often_used_the_plain_district_form_is_the_name() -> None:
    assert make_roster(["财政局", "区财政局", "示例区财政局"], RULES).units == ("区财政局",)


def test_the_long_and_the_short_form_in_one_breakdown_are_one_unit() -> None:
    roster = make_roster(["区发改局", "区发展和改革局", "区发展和改革局"], RULES)
    assert roster.units == ("区发展和改革局",)
    assert resolve("区发改局", roster).how == "abbreviation"


@pytest.mark.parametrize(
    "pair", [("区委", "区委办"), ("区纪委", "区纪委监委"), ("区财政局", "市财政局"), ("区政府", "区政府办")]
)
def test_neighbouring_names_stay_two_units(pair: tuple[str, str]) -> None:
    assert make_roster(pair, RULES).units == pair


def test_an_alias_wins_over_what_the_breakdown_calls_the_unit() -> None:
    roster = make_roster(["区文化站", "区财政局"], rules(区文化站="区综合服务中心"))
    assert roster.units == ("区综合服务中心", "区财政局")
    assert resolve("区文化站", roster).unit == resolve("文化站", roster).unit == "区综合服务中心"


def test_an_alias_may_name_another_spelling_of_the_unit() -> None:
    roster = make_roster(["示例区财政局", "示例区财政局"], rules(财政办="区财政局"))
    assert resolve("财政办", roster).unit == roster.units[0]


def test_units_of_the_office_s_own_list_belong_to_the_roster() -> None:
    assert make_roster(["区财政局"], rules(roster=("区园林局",))).units == ("区园林局", "区财政局")


@pytest.mark.parametrize(
    "name",
    [
        "各街道",
        "区直各部门",
        "有关单位",
        "各相关单位",
        "全区各单位",
        "区财政局等3家单位",
        "区审计局等",
        "各级党组织",
        "相关责任单位",
        "区委各部委",
        "区直各部委办局",
    ],
)
def test_a_name_for_many_cannot_be_called(name: str) -> None:
    assert is_collective(name, RULES)


@pytest.mark.parametrize("name", [*UNITS, "区市容局", "区四大家办公室", "区机关事务管理局"])
def test_a_unit_is_not_a_name_for_many(name: str) -> None:
    assert not is_collective(name, RULES)


@given(st.lists(st.sampled_from(UNITS), min_size=1))
def test_a_canonical_name_is_itself(names: list[str]) -> None:
    roster = make_roster(names, RULES)
    assert set(roster.units) == set(names)
    assert all(resolve(unit, roster).unit == unit for unit in roster.units)


def test_a_bracket_on_the_next_line_belongs_to_the_name_above() -> None:
    assert split_units("区财政局\n（采购办）") == ("区财政局",)
    assert split_units("区住建局\n（区房管局）\n区城管局") == ("区住建局（区房管局）", "区城管局")
    assert lead_marked("区审计局\n区财政局\n（牵头）") == "区财政局"


def test_two_names_without_a_sign_between_them_are_two() -> None:
    assert split_units("区教育局区卫计局") == ("区教育局", "区卫计局")
    assert split_units("区委区政府督查室") == ("区委区政府督查室",)
    assert split_units("市公安局区分局") == ("市公安局区分局",)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("区财政局局长", "区财政局"),
        ("区财政局长", "区财政局"),
        ("区财政局党组书记、局长", "区财政局"),
        ("区教育局副局长张三", "区教育局"),
        ("区委组织部部长", "区委组织部"),
        ("张三（区审计局）", "区审计局"),
        ("区公安局李某", "区公安局"),
    ],
)
def test_a_post_or_a_person_speaks_for_the_unit_and_is_said(written: str, unit: str) -> None:
    found = resolve(split_units(written)[0], ROSTER)
    assert (found.unit, found.how) == (unit, "person")


def test_a_unit_only_named_by_its_head_enters_the_roster_by_its_own_name() -> None:
    assert make_roster(["区扶贫办主任李某", "区财政局"], RULES).units == ("区扶贫办", "区财政局")


@pytest.mark.parametrize("leader", ["区委书记", "区长", "分管副区长"])
def test_a_leader_s_post_is_no_unit(leader: str) -> None:
    assert resolve(leader, ROSTER).unit is None
    assert not looks_like_unit(leader)


@pytest.mark.parametrize("name", [*UNITS, "区供销社", "区侨联", "区气象台", "区农商行", "区国有林场", "区产业园"])
def test_an_organisation_looks_like_one(name: str) -> None:
    assert looks_like_unit(name)


def test_a_kind_written_once_for_two_names_counts_for_both() -> None:
    roster = make_roster(["区财政", "审计局", "区财政局", "区审计局"], RULES)
    assert set(roster.units) == {"区财政局", "区审计局"}
    assert (resolve("区财政", roster).unit, resolve("区财政", roster).how) == ("区财政局", "abbreviation")


@pytest.mark.parametrize(
    ("stem", "unit"),
    [("教育", "区教育局"), ("卫计", "区卫生和计划生育局"), ("1.审计（5月）", "区审计局"), ("党校", "区委党校")],
)
def test_a_file_name_that_is_but_a_word_means_the_one_unit_it_abbreviates(stem: str, unit: str) -> None:
    assert unit_of_short_name(stem, make_roster([*UNITS, "区委党校"], RULES)) == unit


@pytest.mark.parametrize("stem", ["教育审计", "教", "工作", "新建表格", ""])
def test_a_file_name_that_is_no_unit_s_word_means_none(stem: str) -> None:
    assert unit_of_short_name(stem, ROSTER) is None


PIECES = st.lists(
    st.sampled_from(
        ["区", "市", "示例", "委", "办", "财政", "审计", "局", "和", "（", "）", "、", " ", "等", "街道", "1."]
    )
)


@given(PIECES.map("".join) | st.text())
def test_no_text_invents_a_unit(text: str) -> None:
    assert resolve(text, ROSTER).unit in (None, *ROSTER.units)
    assert set(unit_in_text(text, ROSTER)) <= set(ROSTER.units)
    assert resolve(text, ROSTER).suggestion in (None, *ROSTER.units)


@given(PIECES.map("".join) | st.text())
def test_splitting_never_fails_and_never_repeats(text: str) -> None:
    names = split_units(text)
    assert len(set(names)) == len(names)
    assert all(name.strip() for name in names)
    assert lead_marked(text) in (None, *names)


@given(st.lists(st.sampled_from(UNITS), unique=True), st.sampled_from(["、", "，", "；", "\n", " / ", "及"]))
def test_names_joined_are_split_again(names: list[str], separator: str) -> None:
    assert split_units(separator.join(names)) == tuple(names)


@given(
    st.lists(st.text(max_size=8) | st.sampled_from(UNITS)), st.dictionaries(st.text(max_size=5), st.sampled_from(UNITS))
)
def test_any_names_and_aliases_make_a_roster(names: list[str], aliases: dict[str, str]) -> None:
    roster = make_roster(names, replace(RULES, unit_aliases=aliases))
    assert all(resolve(unit, roster).unit == unit for unit in roster.units)
    assert set(roster.spellings.values()) <= set(roster.units)


def test_a_county_s_names_are_read_as_a_district_s() -> None:
    roster = make_roster(["县财政局", "城关镇人民政府", "县教育科技局", "县自然资源局"], RULES)
    known = {"青县财政局": "县财政局", "财政局": "县财政局", "城关镇": "城关镇人民政府", "教科局": "县教育科技局"}
    assert {name: resolve(name, roster).unit for name in known} == known
    for other in ("市财政局", "区财政局", "县教育局", "县自然资源和规划局"):
        assert resolve(other, roster).unit is None


@pytest.mark.parametrize(
    ("typed", "leaders"),
    [
        ("区委常委、常务副区长", ("区委常委、常务副区长",)),
        ("区长、常务副区长", ("区长", "常务副区长")),
        ("区委常委、副区长；副区长", ("区委常委、副区长", "副区长")),
        ("区长\n副区长", ("区长", "副区长")),
        ("甲某某、乙　某", ("甲某某", "乙某")),
        ("区委书记", ("区委书记",)),
        ("", ()),
    ],
)
def test_leaders_of_one_cell_are_told_apart_and_a_leader_of_two_posts_is_one(
    typed: str, leaders: tuple[str, ...]
) -> None:
    assert _leaders(typed) == leaders
