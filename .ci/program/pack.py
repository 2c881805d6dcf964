"""装箱 — ``pack.py windows|linux [mark]``: the built folder as one file under dist/, and the list of SHA-256.

The same folder gives the same bytes: names in order, one time for all (SOURCE_DATE_EPOCH), one of two modes.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
NAME = "整改督查工具"
LIST = "SHA256SUMS.txt"
MADE_FROM = (
    "rectify_tool",
    "templates",
    "samples/示例区2016",
    "docs",
    "build.spec",
    ".ci/program",
    "pyproject.toml",
    "constraints.txt",
)
NOT_CARRIED = ("__pycache__", "成果", "台账.db", "台账.备份.db", "decisions.md", "glossary.md")


def main(system: str, mark: str = "") -> None:
    """装箱 — the built program of one system; a ``mark`` in the name says that it is not the one to hand out."""
    folder, version = DIST / system / NAME, version_of(ROOT)
    stamp = int(os.environ.get("SOURCE_DATE_EPOCH") or folder.stat().st_mtime)
    if system == "windows":
        packed = DIST / f"{NAME}-{version}-win64.zip"
        write_whole(packed, zipped(folder, stamp))
    else:
        packed = DIST / f"{NAME}-{version}-linux-x86_64{mark and f'-{mark}'}.tar.gz"
        write_whole(packed, tarred(folder, stamp))
    write_whole(DIST / LIST, sums(DIST).encode())
    write_whole(packed.with_name(f"{system}.source"), source_digest(ROOT).encode())
    print(f"做好了：{packed.relative_to(ROOT)}（{packed.stat().st_size / 1e6:.1f} MB）")


def version_of(root: Path) -> str:
    """版本 — as the program's source says it."""
    found = re.search(r'__version__ = "([\d.]+)"', (root / "rectify_tool" / "__init__.py").read_text(encoding="utf-8"))
    assert found
    return found[1]


def source_digest(root: Path) -> str:
    """源码的摘要 — of all that a program is made from, so that an old one is not taken for the present one."""
    found = (
        path for name in MADE_FROM for path in ([root / name] if (root / name).is_file() else (root / name).rglob("*"))
    )
    kept = sorted(one for one in found if one.is_file() and set(NOT_CARRIED).isdisjoint(one.relative_to(root).parts))
    told = (f"{path.relative_to(root).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in kept)
    return hashlib.sha256("".join(told).encode()).hexdigest()


def zipped(folder: Path, stamp: int) -> bytes:
    """压缩包 — names in UTF-8, as Windows 10 reads them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in files(folder):
            entry = zipfile.ZipInfo(name, time.gmtime(stamp)[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return held.getvalue()


def tarred(folder: Path, stamp: int) -> bytes:
    """压缩包 — owned by nobody in particular; links stay links."""
    held = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=held, mode="wb", compresslevel=9, mtime=stamp) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, path in files(folder):
            entry = archive.gettarinfo(path, name)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime, entry.mode = stamp, 0o755 if entry.mode & 0o100 else 0o644
            if entry.isreg():
                with path.open("rb") as content:
                    archive.addfile(entry, content)
            else:
                archive.addfile(entry)
    return held.getvalue()


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """各文件 — every file and link with its name in the archive, below one folder; empty folders are not kept."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or path.is_file():
            yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path


def sums(dist: Path) -> str:
    """SHA-256 清单 — of every archive that lies there, as sha256sum writes and checks it."""
    archives = sorted((*dist.glob(f"{NAME}-*.zip"), *dist.glob(f"{NAME}-*.tar.gz")))
    return "".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in archives)


def write_whole(target: Path, content: bytes) -> None:
    """整个写好 — under another name first."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(content)
    fresh.replace(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
