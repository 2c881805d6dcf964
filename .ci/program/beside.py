"""程序旁边 — what lies beside the built program: sample, templates, guide, words on trust, licences.

Called by build.spec in the Python that builds, so the same on every system.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
from pathlib import Path

from guide import write_guide
from licences import write_licences

LICENCES = "rectify_tool/desktop/forms/licences"
MENU, ENTRY = "放到菜单.sh", "整改督查工具.desktop"
_PROGRAM = 0o755


def python_licence() -> list[tuple[str, str]]:
    """Python 的许可 — as data for the bundle, from where this Python keeps it; 关于 shows it from there."""
    homes = (Path(sys.base_prefix), Path(sysconfig.get_path("stdlib")))
    found = next(home / "LICENSE.txt" for home in homes if (home / "LICENSE.txt").is_file())
    return [(str(found), f"{LICENCES}/Python")]


def lay_out(folder: Path, root: Path, picture: Path) -> None:
    """摆好 — everything beside the programs in ``folder``; ``root`` is the checkout, ``picture`` the icon.

    Raises:
        SystemExit: If something in the folder comes under no licence that is known here.
    """
    carried = folder / "_internal" / "rectify_tool"
    shutil.copytree(next((carried / "samples").iterdir()), folder / "示例")
    for template in (carried / "templates").rglob("*.docx"):
        place = folder / "模板" / template.relative_to(carried / "templates")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(template, place)
    write_guide(root / "docs" / "guide.md", folder / "使用说明.docx")
    write_guide(root / "docs" / "install.md", folder / "安装与信任.docx")
    unknown = write_licences(folder / "_internal", folder / "许可")
    if unknown:
        raise SystemExit(f"不知道按什么许可使用：{'、'.join(unknown)}")
    if sys.platform == "linux":
        _into_menus(folder, root, picture)


def _into_menus(folder: Path, root: Path, picture: Path) -> None:
    """进菜单 — the entry, its picture, and a script that writes the entry with the place where the folder lies."""
    shutil.copyfile(picture, folder / "整改督查工具.png")
    own = root / ".ci" / "program"
    shutil.copyfile(own / MENU, folder / MENU)
    shutil.copyfile(own / ENTRY, folder / "_internal" / ENTRY)
    (folder / MENU).chmod(_PROGRAM)
