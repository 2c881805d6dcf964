"""位置 — where the templates and the rules text lie, in a source checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def templates_folder() -> Path:
    """模板文件夹 — the shipped templates/: beside the frozen program, inside the wheel, or in the checkout.

    Raises:
        FileNotFoundError: If the program was installed without its templates (a broken installation, so a bug).
    """
    package = Path(__file__).resolve().parent
    candidates = (
        Path(getattr(sys, "_MEIPASS", package)) / "templates",
        package / "templates",
        package.parent / "templates",
    )
    for folder in candidates:
        if (folder / "rules.toml").is_file():
            return folder
    raise FileNotFoundError("templates/rules.toml")


def default_rules_text() -> str:
    """默认口径 — the text of templates/rules.toml."""
    return (templates_folder() / "rules.toml").read_text(encoding="utf-8")
