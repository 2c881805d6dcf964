"""The words of the office and the names in the code stay together (docs/glossary.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "rectify_tool"
MODULES = sorted(PACKAGE.rglob("*.py"))
_ROW = re.compile(r"^\| (?P<word>[^|]+) \| (?P<names>(?:`[\w.]+` ?)+)\| (?P<meaning>[^|]+)\|", re.MULTILINE)
_OPENS_IN_CHINESE = re.compile(r"[^—\n]*[一-鿿][^—\n]*( — |\.$)")

Definition = ast.ClassDef | ast.FunctionDef


def rows() -> list[tuple[str, list[str], str]]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return [
        (row["word"], re.findall(r"`([\w.]+)`", row["names"]), row["meaning"].strip()) for row in _ROW.finditer(text)
    ]


def names_in_code() -> set[str]:
    """Every name the code gives to something, members of a class also as ``Class.member``."""
    names: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                names |= {node.name} | {f"{node.name}.{member}" for member in _members(node)}
            elif isinstance(node, ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def _members(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign):
            yield from (target.id for target in line.targets if isinstance(target, ast.Name))


def nouns() -> list[ast.stmt]:
    """What the modules of model/ define."""
    modules = sorted((PACKAGE / "model").glob("*.py"))
    return [node for module in modules for node in ast.parse(module.read_text(encoding="utf-8")).body]


def types_of_model() -> set[str]:
    """The public classes of the nouns, their aliases of types, and their tables of words."""
    body = nouns()
    classes = {node.name for node in body if isinstance(node, ast.ClassDef)}
    plain = (target for node in body if isinstance(node, ast.Assign) for target in node.targets)
    typed = (node.target for node in body if isinstance(node, ast.AnnAssign))
    values = {target.id for target in (*plain, *typed) if isinstance(target, ast.Name)}
    return {name for name in classes | values if not name.startswith("_")}


def test_every_name_in_the_glossary_exists_in_the_code() -> None:
    assert len(rows()) > 80
    missing = {name for _, names, _ in rows() for name in names} - names_in_code()
    assert not missing


def test_every_type_of_model_is_in_the_glossary() -> None:
    explained = {name for _, names, _ in rows() for name in names}
    assert not types_of_model() - explained


def test_no_word_is_explained_twice_and_none_without_meaning() -> None:
    words = [word for word, _, _ in rows()]
    assert len(words) == len(set(words))
    assert all(meaning for _, _, meaning in rows())


def test_the_word_a_type_of_model_opens_with_is_the_word_of_the_glossary() -> None:
    word_of = {name: word for word, names, _ in rows() for name in names[:1]}
    opened = {
        node.name: (ast.get_docstring(node) or "").partition(" — ")[0]
        for node in nouns()
        if isinstance(node, ast.ClassDef) and node.name in word_of
    }
    assert {name: word for name, word in opened.items() if word not in word_of[name]} == {}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_is_public_opens_with_the_word_of_the_office(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    strangers = [
        f"{name}: {said}"
        for name, said in [("（模块）", ast.get_docstring(tree)), *_docstrings(tree)]
        if said is None or not _OPENS_IN_CHINESE.match(said)
    ]
    assert not strangers


def _docstrings(parent: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, str | None]]:
    for node in parent.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield prefix + node.name, ast.get_docstring(node)
            if isinstance(node, ast.ClassDef):
                yield from _docstrings(node, f"{prefix}{node.name}.")
