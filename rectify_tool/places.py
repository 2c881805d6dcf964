"""位置 — how a work folder's parts are called, and where what the program carries lies.

What it carries (templates, the rules text, the sample, the help) is found in a source checkout, an installed wheel or
the built program alike. Beside the built program lies what the office may change: its templates, and the file 便携.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path, PurePosixPath

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

REGISTER = "办理登记"
"""办理登记的文件名 — how the name of the office's register begins; it lies at the top of the work folder."""

CONTACTS = "通讯录"
"""通讯录的文件名 — without its ending."""

TEMPLATES = "模板"
"""模板文件夹 — in the work folder, and beside the built program: the office's own Word templates."""

PORTABLE = "便携"
"""便携 — the file beside the built program that keeps there what it remembers; 便携.txt will do."""

USER_DATA = "用户数据"
"""用户数据 — beside a portable program: what it remembers, and its log."""

_MISSPELT = "模版"
_LAYOUTS = "版式"
_OPEN = ("~$", ".")
GUIDE = "填空说明"
_DOCUMENTS = (".docx", ".doc", ".dotx", ".dot", ".docm", ".wps", ".wpt", ".odt", ".rtf")
DEFAULT_LAYOUT = "国标·一字线"
SAMPLE = "示例区2016"


def is_register(file: str) -> bool:
    """是不是办理登记 — by its name, its kind and its place in the work folder ("/" between parts)."""
    return "/" not in file and file.startswith(REGISTER) and PurePosixPath(file).suffix.lower() in WORKBOOKS


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
    """版式 — the layouts of the bulletin by name, the default first: as shipped, or as the office keeps them beside
    the program. The default is always the shipped one: the way back to it."""
    shipped, beside = templates_folder(), _beside(TEMPLATES)
    homes = (shipped, beside) if beside else (shipped,)
    others = (path for home in homes for path in sorted((home / _LAYOUTS).glob("*.docx")))
    named = {path.stem: path for path in others if path.is_file() and not path.name.startswith(_OPEN)}
    default = {DEFAULT_LAYOUT: shipped / BULLETIN_TEMPLATE}
    return default | named | default


def template(folder: Path, name: str) -> Path:
    """模板 — the office's own Word template in the work folder's 模板/, else the one of `office_template`."""
    return _placed(folder / TEMPLATES / name) or office_template(name)


def office_template(name: str) -> Path:
    """各文件夹共用的模板 — in 模板/ beside the built program, else the shipped one."""
    beside = _beside(TEMPLATES)
    return (beside and _placed(beside / name)) or templates_folder() / name


def template_told(folder: Path, path: Path) -> str:
    """用的哪个模板 — in words: the work folder's, the one beside the program, or the default, which is told by its
    content: beside the program it lies as it was shipped until the office changes it."""
    if path.parent == folder / TEMPLATES:
        return "工作文件夹“模板”里的模板"
    default = templates_folder() / path.name
    try:
        same = path == default or path.read_bytes() == default.read_bytes()
    except OSError:  # whoever sets a paper in it tells why it cannot be read
        same = False
    return "默认模板" if same else "程序旁边“模板”里的模板"


def unused_templates(folder: Path, name: str) -> tuple[str, ...]:
    """没有用到的模板 — documents an office may think are used: in 模板/ under another name, in 模版/, or outside.

    Returns:
        Their paths relative to ``folder``, with "/"; those beside the program absolute. None are told behind a place
        that has the template.
    """
    if _placed(folder / TEMPLATES / name):
        return ()
    own = tuple(path.relative_to(folder).as_posix() for path in _strays(folder, name))
    program = program_folder()
    if program is None or _placed(program / TEMPLATES / name):
        return own
    return (*own, *map(str, _strays(program, name)))


# ---------------------------------------------------------------- 程序旁边 ----


def program_folder() -> Path | None:
    """程序文件夹 — where the built program's executables lie; None in a checkout and in an installed wheel."""
    return Path(sys.executable).absolute().parent if getattr(sys, "frozen", False) else None


def portable_folder() -> Path | None:
    """便携的用户数据 — 用户数据/ beside the built program, where the office has put a file 便携 there; else None.

    It need not be there, and it may not be writable: what is kept goes to `user_folder` and `log_file`.
    """
    program = program_folder()
    if program is None:
        return None
    try:
        asked = any(_without_endings(one.name) == PORTABLE and one.is_file() for one in program.iterdir())
    except OSError:
        return None
    return program / USER_DATA if asked else None


def log_file() -> Path:
    """日志 — where the details of a bug are kept; its folder is made when first written."""
    home = _portable_home()
    return (home or Path(platformdirs.user_log_dir("rectify-tool", appauthor=False))) / "出错记录.log"


def user_folder() -> Path:
    """用户文件夹 — where the program keeps what it remembers for this person; made when first written.

    A portable program that cannot write beside itself (a stick with its lock closed) keeps it where any other does.
    """
    return _portable_home() or Path(platformdirs.user_config_dir("rectify-tool", appauthor=False))


def _portable_home() -> Path | None:
    home = portable_folder()
    return home if home and _takes_files(home) else None


def _takes_files(place: Path) -> bool:
    """写得进去 — tried, because what Windows says of a folder's rights is not what it does."""
    trial = place / f".试写-{os.getpid()}"
    try:
        place.mkdir(exist_ok=True)
        trial.touch()
    except OSError:
        return False
    with suppress(OSError):  # a virus scanner has it open just now
        trial.unlink()
    return True


def _without_endings(name: str) -> str:
    """不带扩展名 — 便携.txt.txt too: whoever cannot see an ending adds another."""
    return name.partition(".")[0].strip()


def _beside(name: str) -> Path | None:
    program = program_folder()
    return program / name if program else None


def _placed(path: Path) -> Path | None:
    """放了的 — whatever has the name counts, a folder or a broken link too: it is tried, and told to be wrong."""
    return path if path.exists() or path.is_symlink() else None


def _strays(home: Path, name: str) -> list[Path]:
    inside = [path for place in (TEMPLATES, _MISSPELT) for path in sorted((home / place).glob("*"))]
    found = [path for path in (home / name, *inside) if path.is_file() and path.suffix.lower() in _DOCUMENTS]
    return [path for path in found if not path.name.startswith((*_OPEN, GUIDE))]


# ---------------------------------------------------------------- 随带的 ----


def _carried(names: tuple[str, ...]) -> Path:
    """随带的文件 — in the package (a wheel, the built program) or beside it (a checkout), by the first name there."""
    package = Path(__file__).resolve().parent
    for place in (home / name for home in (package, package.parent) for name in names):
        if place.is_file():
            return place
    raise FileNotFoundError(names[0])
