"""假的办公软件 — small programs on the search path that behave as soffice, lpstat and fc-list may behave."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

WORKS = r"""
echo "$@" >> "$LOG"
for one in "$@"; do last=$one; done
case "$*" in
*--convert-to*) { printf '%%PDF-1.4\n'; cat "$last"; echo " $$"; printf '\n%%%%EOF\n'; } > "${last%.*}.pdf" ;;
esac
"""
FAILS = "echo 'Fatal exception: Signal 6' >&2; exit 77"
CANNOT_LOAD = "echo 'Error: source file could not be loaded'; exit 0"
WRITES_NOTHING = "exit 0"
WRITES_HALF = r"""for one in "$@"; do last=$one; done; printf '%%PDF-1.4\n' > "${last%.*}.pdf" """
HANGS = """
trap '' TERM
sleep 600 & echo $! >> "$LOG"
echo $$ >> "$LOG"
wait
"""
PRINTER = "echo 'system default destination: Office-3F'"
NO_PRINTER = "echo 'no system default destination'"


def install(folder: Path, patch: pytest.MonkeyPatch, **programs: str) -> Path:
    """安装 — the programs by name, alone with the usual small commands on the search path; returns their log."""
    programs_folder, usual = folder / "bin", folder / "usual"
    for place in (programs_folder, usual):
        place.mkdir(exist_ok=True)
    for command in ("cat", "sleep", "printf", "echo"):
        if not (usual / command).exists():
            (usual / command).symlink_to(
                f"/bin/{command}" if Path(f"/bin/{command}").exists() else f"/usr/bin/{command}"
            )
    for name, deeds in programs.items():
        path = programs_folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{deeds}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    log = folder / "said.log"
    patch.setenv("PATH", os.pathsep.join((str(programs_folder), str(usual))))
    patch.setenv("LOG", str(log))
    return log
