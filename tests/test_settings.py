"""口径设置 — what the form shows, and what it writes back: only what was changed, and only what reads right."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Claim, Column
from rectify_tool.model.screen import Setting
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules
from rectify_tool.story.rewriting import CannotRewrite, rewritten
from rectify_tool.story.settings import Sheet, read_settings, save_settings

SAMPLES = Path(__file__).parent.parent / "samples"
FILE = "口径.toml"

OFFICE = """\
# 本办的口径
# 2016年3月定，改动要报办公室主任

[deadline]
due_soon_days = 7   # 七天，见督查工作规则
immediate_days = { value = 10, source = "区委督查室2016年1号文" }
# month_start_day = 5

# 简称认不准的，写在这里
[units.aliases]
"区委办" = "区委办公室" # 不是编办
# 已并入发改
"区物价局" = "区发展和改革局"

[units]
roster = [
    "区总工会",   # 群团
    "区妇联",
]

[headings]
progress = ["推进情形"]

[office]
sender = '示例区委督查室'
# 完
"""

DOTTED = """\
deadline.due_soon_days = 7 # 七天
units.aliases."区委办" = "区委办公室"
office = { sender = "示例区委督查室", mark = "示例" } # 一行
[wording]
# 句子
closed = "销号{n}项"
"""

OUT_OF_ORDER = """\
[units]
roster = ["区总工会"]
[office]
# 署名
sender = "示例区委督查室"
[units.aliases]
"区委办" = "区委办公室"
[deadline.due_soon_days]
value = 7
source = "1号文"
"""

LAYOUTS = (OFFICE, DOTTED, OUT_OF_ORDER, "", "# 只有说明\n", "[deadline]\n\n# 下面是别名\n[units.aliases]\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_bytes(OFFICE.encode())
    return tmp_path


def written(folder: Path) -> str:
    return (folder / FILE).read_bytes().decode()


def by_key(folder: Path) -> dict[str, Setting]:
    return {one.key: one for one in read_settings(folder).settings}


def save(folder: Path, **own: str | None) -> None:
    save_settings(folder, {key.replace("__", "."): value for key, value in own.items()}, read_settings(folder).digest)


# ---------------------------------------------------------------- 看 ----


def test_every_rule_is_shown_once_in_a_group_with_its_meaning_and_source(tmp_path: Path) -> None:
    sheet = read_settings(tmp_path)
    rules = read_rules(default_rules_text())
    keys = [one.key for one in sheet.settings]
    assert len(keys) == len(set(keys)) and sheet.digest == ""
    sections = {"headings", "statuses"}
    assert {key for key in rules.origins if key not in sections} == {
        key for key in keys if key.partition(".")[0] not in sections
    }
    columns = {Column(key.partition(".")[2]) for key in keys if key.startswith("headings.")}
    assert columns >= set(rules.headings) and len(columns) == 24
    assert {key for key in keys if key.startswith("statuses.")} == {f"statuses.{claim.value}" for claim in Claim}
    assert all(one.meaning and one.source and one.group and one.own is None for one in sheet.settings)
    assert all(one.value == one.default for one in sheet.settings)


def test_the_groups_stand_together_and_are_few(tmp_path: Path) -> None:
    groups = [one.group for one in read_settings(tmp_path).settings]
    assert list(dict.fromkeys(groups)) == sorted(set(groups), key=groups.index)
    changes = sum(one != other for one, other in pairwise(groups))
    assert changes + 1 == len(set(groups)) == 13
    assert groups[0] == "时限" and groups[-1].startswith("专报用语：附件")


def test_what_the_office_wrote_stands_beside_what_is_shipped(folder: Path) -> None:
    shown = by_key(folder)
    days, aliases = shown["deadline.due_soon_days"], shown["units.aliases"]
    assert (days.kind, days.value, days.default, days.own) == ("number", "7", "10", "7")
    assert shown["deadline.immediate_days"].source == "区委督查室2016年1号文"
    assert (aliases.kind, aliases.own) == ("names", "区委办 = 区委办公室\n区物价局 = 区发展和改革局")
    progress = shown["headings.progress"]
    assert (progress.kind, progress.own) == ("more", "推进情形")
    assert progress.value == f"{progress.default}\n推进情形"
    assert progress.meaning == "“进展情况”一列的其他叫法"
    assert shown["units.roster"].own == "区总工会\n区妇联"
    assert shown["states.basically_done"].value == "否"
    assert shown["deadline.month_start_day"].own is None


def test_the_samples_rules_are_shown(tmp_path: Path) -> None:
    for sample in ("示例区2016", "示例县2024"):
        own = {one.key: one.own for one in read_settings(SAMPLES / sample).settings if one.own is not None}
        assert own["office.mark"] == "示例·虚构"
    assert own["base.feedback"] == "2024-03-15"


# ---------------------------------------------------------------- 存 ----


def test_only_the_changed_line_changes(folder: Path) -> None:
    save(folder, deadline__due_soon_days="5")
    assert written(folder) == OFFICE.replace("due_soon_days = 7 ", "due_soon_days = 5 ")


def test_a_new_rule_stands_behind_the_others_of_its_section_before_the_next_ones_comment(folder: Path) -> None:
    save(folder, deadline__month_start_day="5", office__copies="60", base__feedback="2016-02-26")
    told = '"区委督查室2016年1号文" }\n'
    expected = OFFICE.replace(told, f"{told}month_start_day = 5\n")
    expected = expected.replace("'示例区委督查室'\n", "'示例区委督查室'\ncopies = \"60\"\n")
    assert written(folder) == f"{expected}\n[base]\nfeedback = 2016-02-26\n"


def test_a_rule_taken_out_goes_with_its_line_and_leaves_the_comments_above(folder: Path) -> None:
    save(folder, deadline__due_soon_days=None, units__aliases="区委办 = 区委办公室", headings__progress="")
    expected = OFFICE.replace("due_soon_days = 7   # 七天，见督查工作规则\n", "")
    expected = expected.replace('"区物价局" = "区发展和改革局"\n', "").replace('progress = ["推进情形"]\n', "")
    assert written(folder) == expected
    shown = by_key(folder)
    assert shown["headings.progress"].own is None and shown["deadline.due_soon_days"].value == "10"


def test_a_value_with_the_offices_source_keeps_it(folder: Path) -> None:
    save(folder, deadline__immediate_days="15")
    assert 'immediate_days = { value = 15, source = "区委督查室2016年1号文" }' in written(folder)


def test_a_list_keeps_the_comments_of_what_stays(folder: Path) -> None:
    save(folder, units__roster="区总工会\n区文联")
    assert '"区总工会",   # 群团\n' in written(folder) and "区妇联" not in written(folder)
    assert by_key(folder)["units.roster"].own == "区总工会\n区文联"


def test_a_list_in_another_order_is_written_in_that_order(folder: Path) -> None:
    save(folder, units__roster="区妇联\n区总工会")
    assert by_key(folder)["units.roster"].own == "区妇联\n区总工会"


def test_saving_what_is_there_writes_nothing(folder: Path) -> None:
    before = (folder / FILE).stat()
    save_settings(folder, {one.key: one.own for one in read_settings(folder).settings}, read_settings(folder).digest)
    after = (folder / FILE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_first_own_rule_makes_the_file_and_no_rule_makes_none(tmp_path: Path) -> None:
    save(tmp_path, deadline__due_soon_days=None)
    assert not (tmp_path / FILE).exists()
    save(tmp_path, deadline__due_soon_days="7")
    first, *others = written(tmp_path).splitlines()
    assert first.startswith("# 本单位的口径") and others == ["", "[deadline]", "due_soon_days = 7"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_day_and_a_number_may_be_typed_as_people_type_them(folder: Path) -> None:
    save(folder, base__feedback="２０１６年２月２６日", deadline__due_soon_days="７")
    rules = read_rules(default_rules_text(), written(folder))
    assert (rules.feedback, rules.due_soon_days) == (date(2016, 2, 26), 7)
    save(folder, events="发函 = 2016年3月1日\n动员会＝2016-03-05")
    assert read_rules(default_rules_text(), written(folder)).events["动员会"] == date(2016, 3, 5)


# ---------------------------------------------------------------- 编码、换行 ----


def test_an_old_notepads_file_is_read_and_comes_back_as_utf8_it_can_show(folder: Path) -> None:
    (folder / FILE).write_bytes(OFFICE.encode("gb18030"))
    save(folder, deadline__due_soon_days="5")
    data = (folder / FILE).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == OFFICE.replace("due_soon_days = 7 ", "due_soon_days = 5 ")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_mark_in_front_stay(mark: bytes, folder: Path) -> None:
    (folder / FILE).write_bytes(mark + OFFICE.replace("\n", "\r\n").encode())
    save(folder, deadline__due_soon_days="5", deadline__month_start_day="6")
    data = (folder / FILE).read_bytes()
    assert data.startswith(mark) and data.count(b"\n") == data.count(b"\r\n") == OFFICE.count("\n") + 1


def test_a_file_with_letters_nobody_can_read_is_not_written(folder: Path) -> None:
    (folder / FILE).write_bytes(b"# \xff\xff\n[deadline]\ndue_soon_days = 7\n")
    refused(folder, Stop.SETTINGS_UNUSABLE, "读不出的文字", deadline__due_soon_days="5")


def test_a_linked_file_is_written_where_it_lies(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处.toml"
    (folder / FILE).replace(elsewhere)
    try:
        (folder / FILE).symlink_to(elsewhere)
    except OSError:
        pytest.skip("making a link needs a right that clerks do not have")
    save(folder, deadline__due_soon_days="5")
    assert (folder / FILE).is_symlink() and "due_soon_days = 5" in elsewhere.read_text(encoding="utf-8")


# ---------------------------------------------------------------- 不存 ----


def refused(folder: Path, stop: Stop, *told: str, **own: str | None) -> str:
    before = (folder / FILE).read_bytes()
    with pytest.raises(RectifyError) as caught:
        save(folder, **own)
    assert caught.value.stop is stop
    assert all(one in caught.value.message for one in told), caught.value.message
    assert (folder / FILE).read_bytes() == before
    assert not list(folder.glob(".*"))
    return caught.value.message


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"deadline__due_soon_days": "400"}, ("“到期前几天起算临期（含当天）”（deadline.due_soon_days）", "0 到 366")),
        ({"deadline__due_soon_days": "七"}, ("（deadline.due_soon_days）", "应当写数字，现在是“七”")),
        ({"base__feedback": "2016-02-30"}, ("（base.feedback）", "2016-02-30")),
        ({"states__basically_done": "也许"}, ("是否算完成", "“是”或“否”")),
        ({"office__copies": "六十"}, ("（office.copies）", "1 到 9999")),
        ({"office__reply_days": ""}, ("（office.reply_days）",)),
        ({"wording__next_overdue": "请抓紧"}, ("（wording.next_overdue）", "缺少填空")),
        ({"wording__closed": "{没有}"}, ("（wording.closed）", "没有的填空")),
        ({"units__aliases": "区委办"}, ("（units.aliases）", "左 = 右", "区委办")),
        ({"units__aliases": "区委办 = "}, ("（units.aliases）", "左 = 右")),
        ({"units__aliases": "甲 = 乙\n甲 = 丙"}, ("“甲”写了两次",)),
        ({"events": "发函 = 上周"}, ("（events）", "上周")),
    ],
)
def test_a_wrong_value_is_told_of_its_rule_and_nothing_is_written(
    own: dict[str, str], told: tuple[str, ...], folder: Path
) -> None:
    message = refused(folder, Stop.SETTINGS_UNUSABLE, *told, office__mark="示例", **own)
    assert message.endswith("没有保存，请改正后再保存。") and "第" not in message.partition("（")[0]


def test_a_file_changed_since_it_was_read_is_not_written_over(folder: Path) -> None:
    sheet = read_settings(folder)
    (folder / FILE).write_text(OFFICE + "mark = '别人写的'\n", encoding="utf-8")
    with pytest.raises(RectifyError, match="刚才被别处改过") as caught:
        save_settings(folder, {"office.mark": "我写的"}, sheet.digest)
    assert caught.value.stop is Stop.CANNOT_WRITE and "别人写的" in written(folder)
    (folder / FILE).unlink()
    with pytest.raises(RectifyError, match="刚才被别处改过"):
        save_settings(folder, {"office.mark": "我写的"}, sheet.digest)


def test_a_file_that_is_wrong_already_is_told_with_its_line(folder: Path) -> None:
    (folder / FILE).write_text("[deadline]\ndue_soon_days = 七\n", encoding="utf-8")
    with pytest.raises(RectifyError, match="第2行") as caught:
        read_settings(folder)
    assert caught.value.stop is Stop.SETTINGS_UNUSABLE


def test_a_disk_that_refuses_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", full)
    refused(folder, Stop.CANNOT_WRITE, "磁盘已满", "没有改动", deadline__due_soon_days="5")


def test_what_cannot_be_rewritten_is_said_not_guessed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(text: str, path: object, value: object) -> str:
        raise CannotRewrite("deadline.due_soon_days")

    monkeypatch.setattr("rectify_tool.story.rewriting.rewritten", none)
    refused(folder, Stop.SETTINGS_UNUSABLE, "写法特别", "记事本", deadline__due_soon_days="5")


# ---------------------------------------------------------------- 定律 ----

_WORD = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=8)
WORDS = _WORD.map(str.strip).filter(bool)
NAMES = WORDS.filter(lambda word: " = " not in f" {word} " and word not in ("meaning", "source"))
DAYS = st.dates(date(1990, 1, 1)).map(date.isoformat)
LINES = st.lists(WORDS, max_size=4, unique=True).map("\n".join)

_TYPED: dict[str, Callable[[Setting], st.SearchStrategy[str]]] = {
    "day": lambda _: DAYS | st.just(""),
    "yes_no": lambda _: st.sampled_from(("是", "否")),
    "number": lambda _: st.integers(0, 366).map(str),
    "text": lambda one: st.integers(1, 366).map(str) if one.key.endswith(("copies", "reply_days")) else WORDS,
    "list": lambda _: LINES,
    "more": lambda _: LINES,
    "wording": lambda one: WORDS.filter(lambda word: not set(word) & set("{}｛｝")).map(
        lambda word: one.default + word
    ),
    "names": lambda _: st.dictionaries(NAMES, WORDS, max_size=3).map(_as_lines),
    "days": lambda _: st.dictionaries(NAMES, DAYS, max_size=3).map(_as_lines),
}
SHIPPED: Sheet = read_settings(SAMPLES)  # no 口径.toml lies there
PLAIN = [one for one in SHIPPED.settings if one.kind != "wording"]


def _as_lines(names: dict[str, str]) -> str:
    return "\n".join(f"{left} = {right}" for left, right in names.items())


@st.composite
def changes(draw: st.DrawFn) -> dict[str, str | None]:
    """Valid changes of some rules, the rarer kinds as often as the many sentences; None takes the office's own out."""
    wanted = draw(st.lists(st.sampled_from(PLAIN) | st.sampled_from(SHIPPED.settings), max_size=6))
    return {one.key: draw(st.none() | _TYPED[one.kind](one)) for one in wanted}


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(LAYOUTS), st.lists(changes(), min_size=1, max_size=3))
def test_what_is_saved_is_read_back_and_counts_and_all_else_stays(
    office: str, rounds: list[dict[str, str | None]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / FILE).write_text(office, encoding="utf-8", newline="")
        sheet = read_settings(folder)
        for own in rounds:
            before, text = {one.key: one for one in sheet.settings}, written(folder)
            save_settings(folder, own, sheet.digest)
            sheet = read_settings(folder)
            after = {one.key: one for one in sheet.settings}
            for key, one in after.items():
                additive = one.kind in ("more", "names", "days")
                expected = own.get(key, before[key].own)
                assert one.own == (expected or None if additive else expected), key
                assert one.value == (one.own if one.own is not None else one.default) or one.kind == "more", key
            assert _counts(after, written(folder))
            assert _comments(written(folder)) == _comments(text)


def _counts(after: dict[str, Setting], text: str) -> bool:
    """What the form shows is what a run goes by."""
    rules = read_rules(default_rules_text(), text)
    return (
        all(rules.office[key.partition(".")[2]] == one.value for key, one in after.items() if key.startswith("office."))
        and all(rules.wording[one.key[8:]] == one.value for one in after.values() if one.kind == "wording")
        and rules.due_soon_days == int(after["deadline.due_soon_days"].value)
        and "\n".join(rules.roster) == after["units.roster"].value
        and _as_lines(dict(rules.unit_aliases)) == after["units.aliases"].value
        and "\n".join(rules.headings[Column.PROGRESS]) == after["headings.progress"].value
        and {word for word, claim in rules.statuses.items() if claim is Claim.DONE}
        == set(after["statuses.done"].value.split("\n"))
        and (rules.feedback.isoformat() if rules.feedback else "") == after["base.feedback"].value
    )


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


@pytest.mark.parametrize("office", LAYOUTS)
def test_every_rule_taken_out_leaves_the_shipped_ones(office: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(office, encoding="utf-8", newline="")
    save_settings(tmp_path, {one.key: None for one in SHIPPED.settings}, read_settings(tmp_path).digest)
    assert all(one.own is None and one.value == one.default for one in by_key(tmp_path).values())


def test_a_text_that_no_way_of_writing_fits_is_refused() -> None:
    with pytest.raises(CannotRewrite):
        rewritten("deadline = 3\n", ("deadline", "due_soon_days"), 7)
