"""位置 — how a work folder's parts are called, and where what the program carries lies.

What it carries (templates, the rules text, the sample, the help) is found in a source checkout, an installed wheel or
a frozen program alike.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

from rectify_tool.model import BULLETIN_TEMPLATE

INBOX = "报送"
"""报送文件夹 — in the work folder: what the units sent."""

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".csv")
"""表格的扩展名 — of the files that may be a breakdown or a unit's table."""

NOT_SENT = (".toml", ".db", ".db-journal", ".md", ".json", ".log", ".ini", ".py", ".lnk")
"""不是报送的 — kinds of files that never count as sent by a unit: settings, databases, notes, shortcuts."""

PROGRAMS = (".exe", ".msi", ".dll", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".scr", ".jar", ".apk", ".lnk")
"""程序 — what is not taken for something a unit sent, and is never started from here."""

BREAKDOWN_NAME = "分解表"
"""责任分解表的文件名 — what the name of an issued breakdown usually has in it; told by content, not by this alone."""

TEMPLATES = "模板"
"""模板文件夹 — in the work folder: the office's own Word templates."""

_MISSPELT = "模版"
GUIDE = "填空说明"
_DOCUMENTS = (".docx", ".doc", ".dotx", ".dot", ".docm", ".wps", ".wpt", ".odt", ".rtf")
DEFAULT_LAYOUT = "国标·一字线"
SAMPLE = "示例区2016"


def templates_folder() -> Path:
    """模板文件夹 — the shipped templates/.

    Raises:
        FileNotFoundError: If the program was installed without it (a broken installation, so a bug); so do the others.
    """
    return _carried(("templates/rules.toml",)).parent


def sample_folder() -> Path:
    """样例 — the shipped work folder 示例区2016, never to be worked in: it is copied out."""
    return _carried((f"samples/{SAMPLE}/README.md",)).parent


def guide_file() -> Path:
    """使用说明 — the shipped guide.md; what it shows lies beside it."""
    return _carried(("help/guide.md", "docs/guide.md"))


def guide_text() -> str:
    """使用说明的文字 — in Markdown."""
    return guide_file().read_text(encoding="utf-8")


def findings_text() -> str:
    """核对意见说明 — every finding with an example and what to do, in Markdown."""
    return _carried(("help/findings.md", "docs/findings.md")).read_text(encoding="utf-8")


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


def user_folder() -> Path:
    """用户文件夹 — where the program keeps what it remembers for this person; made when first written."""
    return Path(platformdirs.user_config_dir("rectify-tool", appauthor=False))


def _carried(names: tuple[str, ...]) -> Path:
    """随带的文件 — beside the frozen program, in the wheel, or in the checkout, under the first name that is there."""
    package = Path(__file__).resolve().parent
    homes = (Path(getattr(sys, "_MEIPASS", package)), package, package.parent)
    for place in (home / name for home in homes for name in names):
        if place.is_file():
            return place
    raise FileNotFoundError(names[0])
