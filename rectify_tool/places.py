"""位置 — where the templates and the rules text lie, in a source checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs


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


def template(folder: Path, name: str) -> Path:
    """模板 — the office's own Word template in the work folder's 模板/, else the shipped one."""
    own = folder / "模板" / name
    return own if own.is_file() else templates_folder() / name


def log_file() -> Path:
    """日志 — where the details of a bug are kept; its folder is made when first written."""
    return Path(platformdirs.user_log_dir("rectify-tool", appauthor=False)) / "出错记录.log"
