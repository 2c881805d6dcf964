"""The sample's story, replayed once from an empty folder: eight bulletins against the truth written by hand."""

from __future__ import annotations

import csv
import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.inside import command

ROOT = Path(__file__).parent.parent
TRUTH = ROOT / "tests" / "truth" / "示例区2016八期"
Json = dict[str, Any]
STANDINGS = {
    "销号": "closed",
    "完成": "finished",
    "晚完": "finished_late",
    "推进": "on_track",
    "临期": "due_soon",
    "逾期": "overdue",
    "长期": "long_term",
    "不明": "undated",
}
EDITIONS = ("1", "2", "3", "4", "4更正", "5", "6", "7", "8")


@dataclass(frozen=True)
class Story:
    """What the replay left behind: the folder, what it said, the answer of each edition."""

    folder: Path
    told: str
    answers: dict[str, Json]


def scripts() -> Any:
    sys.path.insert(0, str(ROOT / "samples"))
    try:
        return importlib.import_module("replay")
    finally:
        sys.path.remove(str(ROOT / "samples"))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder, told = tmp_path_factory.mktemp("重演") / "示例区", list[str]()
    with patch.object(scripts().subprocess, "run", done_inside):
        answers = scripts().replay(folder, told.append)
    return Story(folder, "\n".join(told), dict(zip(EDITIONS, answers, strict=True)))


def done_inside(call: list[str], **_: object) -> subprocess.CompletedProcess[str]:
    """A command of the story done in this process; one of them is started as the script starts it, further down."""
    assert call[:3] == [sys.executable, "-m", "rectify_tool"]
    return command(*call[3:])


def standings() -> list[dict[str, str]]:
    with (TRUTH / "standings.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


BULLETINS: dict[str, Json] = {
    one["name"]: one for one in tomllib.loads((TRUTH / "bulletins.toml").read_text("utf-8"))["bulletin"]
}


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_item_stands_in_every_bulletin_as_the_truth_says(story: Story, edition: str) -> None:
    runs = {one["no"]: one["overdue_run"] for one in story.answers[edition]["changes"]["items"]}
    found = {one["no"]: (one["standing"], runs.get(one["no"], 0)) for one in story.answers[edition]["items"]}
    truth = {row["no"]: (STANDINGS[row[edition][:2]], int(row[edition][2:] or 0)) for row in standings()}
    assert found == truth


def test_the_counts_are_a_recount_of_the_truth(story: Story, edition: str) -> None:
    counts, truth = story.answers[edition]["counts"], BULLETINS[edition]
    recount = Counter(STANDINGS[row[edition][:2]] for row in standings())
    assert {name: counts[name] for name in STANDINGS.values()} == {name: recount[name] for name in STANDINGS.values()}
    assert counts["items"] == 34
    assert (counts["not_reported"], counts["to_confirm"]) == (truth["not_reported"], truth["to_confirm"])


def test_what_turned_since_the_last_bulletin_is_the_truth(story: Story, edition: str) -> None:
    changes, truth = story.answers[edition]["changes"], BULLETINS[edition]
    found: dict[str, list[str]] = {}
    for one in changes["items"]:
        for turn in one["turns"]:
            found.setdefault(turn, []).append(one["no"])
    assert found == truth["turned"]
    assert {one["no"]: one["days_moved"] for one in changes["items"] if one["days_moved"]} == truth.get("moved", {})
    assert (changes["since"] or {}).get("number") == truth.get("since")
    assert changes["dropped"] == []


def test_who_is_silent_carried_or_unreadable_is_the_truth(story: Story, edition: str) -> None:
    answer, truth = story.answers[edition], BULLETINS[edition]
    silent = ("carried", "missing")
    units = answer["changes"]["units"]
    assert {one["unit"]: one["silent_run"] for one in units if one["silent_run"]} == truth["silent"]
    assert sorted(answer["units"]["carried"]) == sorted(truth.get("carried", []))
    assert sorted(answer["units"]["unreadable"]) == sorted(truth.get("unreadable", []))
    started = [one["unit"] for one in units if one["before"] in silent and one["now"] not in silent]
    stopped = [one["unit"] for one in units if one["before"] not in (*silent, None) and one["now"] in silent]
    assert (started, stopped) == (truth.get("started", []), truth.get("stopped", []))


def test_the_steps_suggested_and_taken_are_the_truth(story: Story, edition: str) -> None:
    found = [
        [one["no"] or one["unit"], one["step"], one["run"], [taken["act"] for taken in one["taken"]]]
        for one in story.answers[edition]["escalations"]
    ]
    key = lambda one: (one[0], one[1])  # noqa: E731
    assert sorted(found, key=key) == sorted(BULLETINS[edition]["escalations"], key=key)


def test_the_as_of_days_and_the_numbers_follow_one_another(story: Story) -> None:
    assert [one["as_of"] for one in story.answers.values()] == [str(one["as_of"]) for one in BULLETINS.values()]
    assert [one["number"] for one in story.answers.values()] == [int(name[0]) for name in EDITIONS]


def findings(answer: Json, code: str) -> list[str]:
    return [one["message"] for one in answer["findings"] if one["code"] == code]


# ---------------------------------------------------------------- 专报的文字 ----


def bulletin(story: Story, edition: str) -> str:
    """The bulletin's own text, annexes left out: every paragraph of the body as printed."""
    from docx import Document

    paper = Document(story.answers[edition]["outputs"]["bulletin"])
    lines = [printed(paragraph._p) for paragraph in paper.paragraphs]
    return "\n".join(lines[: next(at for at, line in enumerate(lines) if line == "附件1")])


def printed(paragraph: Any) -> str:
    """A paragraph's characters; the hyphen of 4-2 that does not break is an element of its own."""
    return "".join(
        "-" if one.tag.endswith("}noBreakHyphen") else one.text or ""
        for one in paragraph.iter()
        if one.tag.endswith(("}t", "}noBreakHyphen"))
    )


def test_every_bulletin_names_exactly_the_items_overdue_and_for_how_long(story: Story, edition: str) -> None:
    text = bulletin(story, edition)
    told = text.split("（一）未按时限完成")[-1].split("\n（二）")[0] if "（一）未按时限完成" in text else ""
    found = {no: int(run or 1) for no, run in re.findall(r"小项(\d+-\d+)（.+?已逾期\d+天(?:，连续(\d+)期逾期)?", told)}
    assert found == {row["no"]: int(row[edition][2:]) for row in standings() if row[edition].startswith("逾期")}


def test_every_bulletin_is_compared_with_the_one_in_force_before_it(story: Story, edition: str) -> None:
    text, truth = bulletin(story, edition), BULLETINS[edition]
    if "since" not in truth:
        assert "相比" not in text
        return
    compared = next(line for line in text.splitlines() if line.startswith(f"与第{truth['since']}期"))
    for word, turn in (("新完成", "finished"), ("新销号", "closed"), ("新增逾期", "overdue")):
        named = re.search(rf"{word}(\d+)项（(.+?)）", compared)
        assert (named[2].split("、") if named else []) == truth["turned"].get(turn, [])
        assert int(named[1] if named else 0) == len(truth["turned"].get(turn, []))


def test_the_bulletins_suggest_the_steps_the_truth_suggests_and_decide_nothing(story: Story, edition: str) -> None:
    text = bulletin(story, edition)
    for target, step, run, taken in BULLETINS[edition]["escalations"]:
        if step == "call" or step in taken:
            continue
        what = f"{target}连续{run}期逾期" if target[0].isdigit() else f"连续{run}期未报送"
        word = {"letter": "发督办函", "talk": "约谈", "accountability": "按规定问责"}[step]
        assert re.search(rf"建议[^。]*{what}[^。]*。", text), what
        assert word in text
    assert not re.search("(?<!建议)(?<!已)对[^。]*按规定问责", text.replace("建议对", "建议"))


def test_units_that_are_silent_are_named_with_how_long(story: Story, edition: str) -> None:
    text = bulletin(story, edition)
    for unit, run in BULLETINS[edition]["silent"].items():
        assert re.search(rf"{unit}[^。]*{'本期未报送' if run == 1 else f'已连续{run}期未报送'}", text) or (
            run == 1 and re.search(rf"本期未报送：[^。]*{unit}", text)
        )


# ---------------------------------------------------------------- 几件要紧的事 ----


def rectify(*arguments: str) -> str:
    done = command(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_extension_asked_for_moves_nothing_until_it_is_approved(story: Story) -> None:
    asked, approved = (
        next(one for one in story.answers[edition]["items"] if one["no"] == "4-2") for edition in ("7", "8")
    )
    assert [one["act"] for one in asked["decisions"]] == ["ask"]
    assert (asked["due"], asked["standing"]) == ("2016-04-30", "overdue")
    assert (approved["due"], approved["standing"]) == ("2016-06-30", "on_track")
    assert "申请延期至2016年6月30日，尚未批准" in bulletin(story, "7")


def test_of_two_extensions_in_a_row_the_later_counts_and_both_are_kept(story: Story) -> None:
    item = next(one for one in story.answers["8"]["items"] if one["no"] == "12-1")
    assert item["due"] == "2016-06-20"
    assert {one["new_due"] for one in item["decisions"] if one["act"] == "extend"} == {"2016-05-20", "2016-06-20"}


def test_a_deadline_written_over_without_an_extension_is_a_finding(story: Story) -> None:
    told = findings(story.answers["8"], "C03")
    assert len(told) == 1
    assert "7-3" in told[0] and "2016年5月25日" in told[0]


def test_a_deadline_the_unit_wrote_and_the_office_then_approved_is_not_called_tampered(story: Story) -> None:
    assert not re.search("小项4-2（下发[^。]*未经批准", bulletin(story, "8"))


def test_what_was_closed_and_reopened_is_not_called_returned(story: Story) -> None:
    item = next(one for one in story.answers["8"]["items"] if one["no"] == "2-1")
    assert (item["standing"], "重新打开" in item["because"], "退回" in item["because"]) == ("overdue", True, False)
    told = next(line for line in bulletin(story, "8").splitlines() if "小项2-1（区纪委牵头）：" in line)
    assert "重新打开" in told and "退回" not in told


def test_a_finish_without_a_day_after_being_overdue_is_late_and_its_day_is_not_called_unknown(story: Story) -> None:
    item = next(one for one in story.answers["8"]["items"] if one["no"] == "8-1")
    assert (item["standing"], item["finished"]) == ("finished_late", None)
    assert "第7期" in item["because"]
    assert "无法判断是否按期" not in bulletin(story, "8")


def test_a_mistaken_record_is_taken_back_and_both_stay_in_the_items_life(story: Story) -> None:
    life = [one["what"] for one in json.loads(rectify("history", str(story.folder), "10-2", "--json"))]
    assert any(what.startswith("销号（10-2）") and "撤回" in what for what in life)
    assert any(what.startswith("撤回第7条") for what in life)
    standing = {one["no"]: one["standing"] for one in story.answers["5"]["items"]}
    assert standing["10-2"] == "finished"


def test_the_corrected_bulletin_keeps_both_editions_and_the_next_is_compared_with_the_second(story: Story) -> None:
    published = [
        one["what"] for one in json.loads(rectify("history", str(story.folder), "--json")) if "定稿" in one["what"]
    ]
    assert [what[: what.index("期") + 1] for what in published] == [f"第{name[0]}期" for name in EDITIONS]
    assert scripts().story.CORRECTION in published[EDITIONS.index("4更正")]
    assert "6-2" in bulletin(story, "4").split("（一）未按时限完成")[1].split("（二）")[0]
    assert "6-2" not in bulletin(story, "4更正").split("三、存在问题")[1]


def test_a_bulletin_is_written_again_exactly_after_all_that_followed(story: Story, tmp_path: Path) -> None:
    written = Path(story.answers["4"]["outputs"]["bulletin"]).parent
    rectify("reprint", str(story.folder), "4", "--edition", "1", "--out", str(tmp_path))
    again = next(path for path in tmp_path.iterdir() if path.is_dir())
    for paper in ("督查专报第4期.docx", "整改汇总表.xlsx"):
        assert (again / paper).read_bytes() == (written / paper).read_bytes()


def test_the_eighth_bulletin_still_shows_what_is_odd_in_the_samples_files(story: Story) -> None:
    with (ROOT / "tests" / "truth" / "示例区2016" / "findings.tsv").open(encoding="utf-8", newline="") as file:
        odd = {row["code"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert odd - {one["code"] for one in story.answers["8"]["findings"]} <= {"B02", "D11"}


def test_the_replays_commands_are_started_as_a_person_types_them(story: Story) -> None:
    told, asked = list[str](), ("history", str(story.folder), "10-2", "--json")
    assert scripts()._command(told.append, *asked) == rectify(*asked)
    assert told[0].startswith("$ rectify-tool history '示例区' 10-2 --json\n  [")
    with pytest.raises(scripts().Failed, match=r"^\$ rectify-tool history '示例区' 99-9\n.*\n（退出码2）$"):
        scripts()._command(told.append, "history", str(story.folder), "99-9")


def test_the_replay_leaves_a_folder_that_is_not_empty_alone(tmp_path: Path) -> None:
    (tmp_path / "别的.txt").write_text("别的", "utf-8")
    replay = scripts()
    with pytest.raises(replay.Failed, match="不是空文件夹"):
        replay.replay(tmp_path, lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["别的.txt"]
