"""What the README and the guide tell people to type works, and what they promise is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from rectify_tool.cli.arguments import parser
from rectify_tool.model import STANDING_WORDS, Claim, Column
from rectify_tool.places import default_rules_text, layouts
from rectify_tool.rules import read_rules

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
NAMES = ("run", "check", "templates", "print", "read-deadline")
_COMMAND = re.compile(rf"^(?:.*/bin/|`?)?(rectify-tool (?:{'|'.join(NAMES)}) [^`\n]+)", re.MULTILINE)


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    return [found for text in (README, GUIDE) for block in blocks(text, "sh") for found in _COMMAND.findall(block)]


@pytest.mark.parametrize("command", commands())
def test_every_command_in_the_documents_is_one_the_tool_knows(command: str) -> None:
    options = parser().parse_args(shlex.split(command, comments=True)[1:])
    assert options.command in NAMES


def test_the_two_commands_of_the_readme_are_one_line_each_and_use_the_pins() -> None:
    setups = [block for block in blocks(README, "sh") if "venv" in block]
    assert len(setups) == 2
    assert all(block.count("\n") == 1 and "-c constraints.txt" in block for block in setups)
    assert "samples/示例区2016" in setups[0] and "pytest" in setups[1]


def test_the_examples_of_settings_in_the_guide_are_accepted_and_take_effect() -> None:
    wording, example = blocks(GUIDE, "toml")
    assert read_rules(default_rules_text(), wording).wording["heading_next"] == "工作建议"
    rules = read_rules(default_rules_text(), example)
    assert rules.due_soon_days == 7 and rules.feedback is not None
    assert rules.unit_aliases["卫计局"] == "区卫生和计划生育局"
    assert "镇街落实情况" in rules.headings[Column.PROGRESS]
    assert rules.statuses["已交账"] is Claim.DONE


def test_the_guide_names_every_layout_of_the_bulletin() -> None:
    assert all(f"`{name}`" in GUIDE for name in layouts())


def test_the_guide_explains_every_standing() -> None:
    assert all(f"| {word} |" in GUIDE for word in STANDING_WORDS.values())


def test_the_changes_are_told_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in CHANGES


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = {
        _plain(line.partition("==")[0]) for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line
    }
    needed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {_plain(re.split(r"[<>=!~ ;\[]", one)[0]) for one in needed} <= pins


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_links_between_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        targets = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        assert not [one for one in targets if "://" not in one and not (page.parent / one).exists()], page.name
