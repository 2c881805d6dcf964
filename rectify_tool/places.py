"""位置 — where the templates and the rules text lie, in a source checkout, an installed wheel or a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

from rectify_tool.model import BULLETIN_TEMPLATE

TEMPLATES = "模板"
"""模板文件夹 — in the work folder: the office's own Word templates."""

_MISSPELT = "模版"
GUIDE = "填空说明"
_DOCUMENTS = (".docx", ".doc", ".dotx", ".dot", ".docm", ".wps", ".wpt", ".odt", ".rtf")
DEFAULT_LAYOUT = "国标·一字线"


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


def layouts() -> dict[str, Path]:
    """版式 — the shipped layouts of the bulletin by name, the default first."""
    shipped = templates_folder()
    others = {path.stem: path for path in sorted((shipped / "版式").glob("*.docx"))}
    return {DEFAULT_LAYOUT: shipped / BULLETIN_TEMPLATE, **others}


def template(folder: Path, name: str) -> Path:
    """模板 — the office's own Word template in the work folder's 模板/, else the shipped one."""
    own = folder / TEMPLATES / name
    return own if own.exists() or own.is_symlink() else templates_folder() / name


def unused_templates(folder: Path, name: str) -> tuple[str, ...]:
    """没有用到的模板 — documents an office may think are used: in 模板/ under another name, in 模版/, or outside.

    Returns:
        Their paths relative to ``folder``, with "/"; empty where the office's own template is used.
    """
    if template(folder, name).is_relative_to(folder):
        return ()
    inside = [path for place in (TEMPLATES, _MISSPELT) for path in sorted((folder / place).glob("*"))]
    found = [path for path in (folder / name, *inside) if path.is_file() and path.suffix.lower() in _DOCUMENTS]
    named = [path for path in found if not path.name.startswith(("~$", ".", GUIDE))]
    return tuple(path.relative_to(folder).as_posix() for path in named)


def log_file() -> Path:
    """日志 — where the details of a bug are kept; its folder is made when first written."""
    return Path(platformdirs.user_log_dir("rectify-tool", appauthor=False)) / "出错记录.log"
