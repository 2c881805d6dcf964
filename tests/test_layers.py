"""The house's layers: who may import whom, and what a room may never touch (shared/house.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rectify_tool"
LAYERS = {
    "words": ("model", "findings", "errors"),
    "core": ("rules", "dates", "tables", "normalise", "merge", "judge", "change", "papers"),
    "edges": ("intake", "document", "workbook", "forms", "history", "outbox", "office", "places"),
    "story": ("story",),
    "faces": ("cli", "desktop", "__main__"),
}
MAY_IMPORT = {
    "words": {"words"},
    "core": {"words"},
    "edges": {"words"},
    "story": {"words", "core", "edges", "story"},
    "faces": {"words", "story", "faces"},
}
EVERY_CORE_ROOM_MAY = {"rules", "dates"}
FACES_MAY_FOR_A_REASON = {"papers": "the JSON answer and the counts are papers", "places": "the log of a bug"}
DISK_AND_LIBRARIES = {
    "os", "pathlib", "shutil", "io", "tempfile", "sqlite3", "logging", "openpyxl", "docx", "jinja2", "xlsxwriter",
    "python_calamine", "xlrd", "PySide6", "subprocess", "socket",
}  # fmt: skip
NO_CLOCK = ("words", "core", "edges", "story")
HEAVY = ("pandas", "numpy", "openpyxl", "docx", "jinja2", "xlsxwriter", "PySide6", "chinese_calendar", "lxml")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer_of(room: str) -> str:
    return next((layer for layer, rooms in LAYERS.items() if room in rooms), "")


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imports(tree: ast.AST) -> list[str]:
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_keeps_to_its_layer(path: Path) -> None:
    room = room_of(path)
    layer = layer_of(room)
    assert layer, f"{room} has no layer: give it one in LAYERS"
    for name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if not name.startswith("rectify_tool."):
            if layer in ("words", "core"):
                assert name.partition(".")[0] not in DISK_AND_LIBRARIES, f"{room} touches {name}"
            continue
        other = name.split(".")[1]
        if other == room or (layer == "core" and other in EVERY_CORE_ROOM_MAY):
            continue
        if layer == "faces" and other in FACES_MAY_FOR_A_REASON:
            continue
        assert layer_of(other) in MAY_IMPORT[layer], f"{room} ({layer}) imports {other} ({layer_of(other)})"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_clock_stays_with_the_faces(path: Path) -> None:
    if layer_of(room_of(path)) not in NO_CLOCK:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            asked = f"{node.value.id}.{node.attr}"
            assert asked not in ("date.today", "datetime.now", "datetime.today", "time.time"), f"{path.name}: {asked}"


def test_sqlite_is_known_in_one_room() -> None:
    rooms = {room_of(path) for path in modules() if "sqlite3" in imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert rooms == {"history"}


def test_qt_is_known_in_one_room() -> None:
    rooms = {
        room_of(path)
        for path in modules()
        if any(name.startswith("PySide6") for name in imports(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert rooms == {"desktop"}


def test_the_command_line_loads_no_qt() -> None:
    code = (
        "import sys\nfrom rectify_tool.__main__ import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from rectify_tool.cli import main; main(['--version']) if False else None\n"
        "from rectify_tool.cli.arguments import parser; parser().format_help()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_reading_workers_load_no_writing_library() -> None:
    code = (
        "import sys, rectify_tool.intake, rectify_tool.tables\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
