"""程序的评测 — how large the built program is, how soon its window is seen, and what building costs a run.

    python -m tests.bench.program [--starts 7] [--runs 5] [--windows] [--keep 文件夹]

What is shipped is unpacked and measured, against an empty window built by the same PyInstaller with the same parts of
Qt, and against the same run from the source under the same Python, in turns. README.md tells how to read the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tests.bench.bare_screen import BareScreen, bare_screen
from tests.bench.goals import Goal
from tests.bench.measure import ROOT, Cost, cost_of, middle
from tests.program.built import COMMAND, WINDOW, WINDOWS_TOOL, Built, archive, unpacked, why_not

SAMPLE = ROOT / "samples" / "示例区2016"
PERIOD = ("--as-of", "2016-05-20", "--number", "8", "--json")
ARCHIVE_MB, START_TIMES, RUN_TIMES = 70, 1.5, 1.3
"""目标 — megabytes of what is shipped, and how many times the other."""

SYSTEMS: Mapping[str, str] = {"linux": "Linux", "windows": "Windows（Wine）"}
_LARGEST = 10
_MB = 1e6
_CACHE = Path(os.environ.get("PROGRAM_CACHE", ROOT / "build" / "cache"))
_EMPTY = "空窗口"
_TICKS = os.sysconf("SC_CLK_TCK")
_QUIET = subprocess.DEVNULL

Command = tuple[str, ...]


# ---------------------------------------------------------------- 走一遍 ----


def main(arguments: Sequence[str] | None = None) -> int:
    """评测入口 — 0 whatever the goals; 1 where it could not be measured."""
    options = _options(arguments)
    system = "windows" if options.windows else "linux"
    if why := why_not(system):
        print(f"量不了：{why}", file=sys.stderr)
        return 1
    print(f"{SYSTEMS[system]}，处理器 {os.cpu_count()} 个；先走过一次再量，文件都已在内存里", flush=True)
    (ROOT / "build").mkdir(exist_ok=True)
    kept = tempfile.TemporaryDirectory(prefix="程序评测-", dir=ROOT / "build")  # where Wine can see it
    with nullcontext(options.keep) if options.keep else kept as place:
        try:
            for goal in _goals(system, Path(place).resolve(), options):
                print(goal, flush=True)
        except (subprocess.CalledProcessError, TimeoutError) as error:
            print(f"没有量完：{error}\n{getattr(error, 'stderr', None) or ''}", file=sys.stderr)
            return 1
    return 0


def _goals(system: str, place: Path, options: argparse.Namespace) -> Iterator[Goal]:
    with bare_screen(place / "屏幕") as screen, _ways(system, place, screen) as ways:
        shipped = ways.shipped
        yield _size(system, shipped)
        yield from _starts(ways, screen, options.starts)
        yield from _runs(ways, place, options.runs)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.program", description="程序的评测")
    parser.add_argument("--starts", type=int, default=7, metavar="N", help="启动量几次")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="运行样例量几次")
    parser.add_argument("--windows", action="store_true", help="量 Windows 程序，在 Wine 里")
    parser.add_argument("--keep", type=Path, metavar="文件夹", help="在检出的文件夹里；做好的空窗口留着，下次接着用")
    return parser.parse_args(arguments)


# ---------------------------------------------------------------- 各系统 ----


@dataclass(frozen=True, slots=True)
class _Ways:
    """The two programs that are compared, and what stands before a command of the source."""

    shipped: Built
    empty: Built
    source: Command


@contextmanager
def _ways(system: str, place: Path, screen: BareScreen) -> Iterator[_Ways]:
    with (_on_wine if system == "windows" else _on_linux)(place, screen) as (before, python, source):
        shipped = Built(system, place, before)
        shutil.rmtree(shipped.folder.parent, ignore_errors=True)
        unpacked(system, place)
        empty = replace(shipped, home=_EMPTY)
        if not _is_newer(empty.folder, archive(system)):
            _build_empty(shipped, empty, python)
        yield _Ways(shipped, empty, source)


def _is_newer(folder: Path, packed: Path | None) -> bool:
    return packed is None or (folder.exists() and folder.stat().st_mtime > packed.stat().st_mtime)


_System = tuple[Command, Command, Command]
"""What stands before the program, the Python that builds, and the source's command."""


@contextmanager
def _on_linux(place: Path, screen: BareScreen) -> Iterator[_System]:
    (place / "家").mkdir(exist_ok=True)
    nobody = tuple(f"--unset={name}" for name in os.environ if name.startswith(("XDG_", "QT_", "WAYLAND_", "RECTIFY_")))
    before = ("env", *nobody, f"HOME={place / '家'}", f"DISPLAY={screen.display}", "LANG=C.UTF-8")
    python = str(_CACHE / "linux" / "bin" / "python")
    yield before, (*before, python, "-P"), (*before, python, "-P", "-m", "rectify_tool")


@contextmanager
def _on_wine(place: Path, screen: BareScreen) -> Iterator[_System]:
    """A Windows of its own, whose server is running before anything is measured and until the end."""
    prefix = f"/project/{(place / 'wine').relative_to(ROOT)}"
    inside = ("env", f"WINEPREFIX={prefix}", f"DISPLAY={screen.display}", str(WINDOWS_TOOL), "run")
    before = (*inside, "wine")
    (place / "wine").mkdir(exist_ok=True)
    _quietly(*inside, "wineserver", "-p")
    try:
        _quietly(*before, "wineboot", "--init")
        yield before, (*before, "/opt/python/python.exe"), (*before, "/opt/python/python.exe", "-m", "rectify_tool")
    finally:
        _quietly(*inside, "wineserver", "--kill")


def _quietly(*command: str) -> None:
    """Run to its end; into nothing, because what Wine leaves running would hold a pipe open."""
    subprocess.run(command, cwd=ROOT, stdin=_QUIET, stdout=_QUIET, stderr=_QUIET, check=True)


_SPEC = """
from pathlib import Path
from PyInstaller.archive.readers import CArchiveReader

program, own = Path({program!r}), {script!r}
scripts = CArchiveReader(str(program)).toc
shipped = lambda entry: (program.parent / "_internal" / entry[0]).exists()
analysis = Analysis([own])
first = [entry for entry in analysis.scripts if entry[0] in scripts or entry[0] == Path(own).stem]
exe = EXE(PYZ(analysis.pure), first, exclude_binaries=True, name={name!r}, console=False, upx=False)
COLLECT(exe, *(filter(shipped, entries) for entries in (analysis.binaries, analysis.datas)), upx=False, name={name!r})
"""
"""同样的做法 — of Qt, of the libraries and of what runs first, only what the shipped program has as well."""


def _build_empty(shipped: Built, empty: Built, python: Command) -> None:
    work = empty.place / "做空窗口"
    for one in (work, empty.folder.parent):
        shutil.rmtree(one, ignore_errors=True)
        one.mkdir()
    script, spec, log = work / "empty_window.py", work / "empty.spec", work / "log.txt"
    shutil.copyfile(Path(__file__).with_name(script.name), script)
    names = {"program": shipped.inside(shipped.program(WINDOW)), "script": shipped.inside(script), "name": WINDOW}
    spec.write_text(_SPEC.format(**names), encoding="utf-8")
    folders = ("--distpath", shipped.inside(work / "dist"), "--workpath", shipped.inside(work / "build"))
    command = (*python, "-m", "PyInstaller", "--noconfirm", *folders, shipped.inside(spec))
    with log.open("wb") as said:
        ended = subprocess.run(command, cwd=ROOT, stdin=_QUIET, stdout=said, stderr=said)
    if ended.returncode:
        told = log.read_text(encoding="utf-8", errors="replace")
        raise subprocess.CalledProcessError(ended.returncode, command, stderr=told[-3000:])
    (work / "dist" / WINDOW).rename(empty.folder)


# ---------------------------------------------------------------- 大小 ----


def _size(system: str, shipped: Built) -> Goal:
    """大小 — and what weighs most."""
    packed = archive(system)
    assert packed is not None
    files = [one for one in shipped.folder.rglob("*") if one.is_file() and not one.is_symlink()]
    files.sort(key=lambda one: one.stat().st_size, reverse=True)
    told = "，".join(f"{one.name} {one.stat().st_size / _MB:.1f}" for one in files[:_LARGEST])
    whole, megabytes = sum(one.stat().st_size for one in files) / _MB, packed.stat().st_size / _MB
    measured = f"{megabytes:.1f} MB，解开 {whole:.0f} MB、{len(files)} 个文件，最大的 {told}"
    return Goal(f"压缩包 ≤ {ARCHIVE_MB} MB", measured, megabytes <= ARCHIVE_MB)


# ---------------------------------------------------------------- 启动 ----


def _starts(ways: _Ways, screen: BareScreen, starts: int) -> Iterator[Goal]:
    """启动 — from nothing to a painted window, seen on the screen; in turns, without the first."""
    turns = [[_start(one, screen) for one in (ways.shipped, ways.empty)] for _ in range(starts + 1)]
    shipped, bare = zip(*turns[1:], strict=True)
    (own, own_cpu), (empty, empty_cpu) = _medians(shipped), _medians(bare)
    clocks = [clock for clock, _ in shipped]
    told = f"{own:.2f} 秒（{starts} 次的中位数，{min(clocks):.2f}～{max(clocks):.2f}），空窗口 {empty:.2f} 秒"
    cpu = f"到那时用的 CPU {own_cpu:.2f} 秒、{empty_cpu:.2f} 秒；机器负载 {os.getloadavg()[0]:.1f}"
    yield _times("从启动到看见窗口，比空窗口", own / empty, START_TIMES, f"{told}；{cpu}")


def _start(program: Built, screen: BareScreen) -> tuple[float, float]:
    """One start: seconds on the clock until the window is painted, and seconds of processor used by then."""
    begun = time.monotonic()
    started = program.start(WINDOW, out=program.place / "启动.txt")
    try:
        seen = screen.until(True, alive=lambda: started.poll() is None)
        return seen - begun, sum(map(_spent, program.processes()))
    finally:
        program.kill()
        started.wait()
        screen.until(False, alive=lambda: True)
        program.gone()


def _spent(process: int) -> float:
    """Seconds of processor, user and system; nothing of one that has gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / _TICKS


def _medians(taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    clock, cpu = zip(*taken, strict=True)
    return median(clock), median(cpu)


# ---------------------------------------------------------------- 运行 ----


def _runs(ways: _Ways, place: Path, runs: int) -> Iterator[Goal]:
    """运行样例 — a fresh copy of the sample each time, in turns, without the first."""
    shipped = ways.shipped
    folder = place / "样例"
    ending = ("run", shipped.inside(folder), *PERIOD)
    built = (*shipped.before, shipped.inside(shipped.program(COMMAND)))
    turns = [[_run(folder, (*command, *ending)) for command in (built, ways.source)] for _ in range(runs + 1)]
    own, source = (middle(costs) for costs in zip(*turns[1:], strict=True))
    told = f"{own.wall:.2f} 秒，源程序 {source.wall:.2f} 秒（{runs} 次的中位数）"
    if shipped.system == "linux":  # Wine's processes are nobody's children
        told += f"；CPU {own.cpu:.2f} 秒、{source.cpu:.2f} 秒"
    yield _times("运行样例，比源程序", own.wall / source.wall, RUN_TIMES, told)


def _run(folder: Path, command: Command) -> Cost:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SAMPLE, folder)
    cost, answer = cost_of(command)
    json.loads(answer)  # it says something else, or nothing, where it has not done its work
    return cost


def _times(text: str, measured: float, most: float, told: str) -> Goal:
    return Goal(f"{text} ≤ {most:g} 倍", f"{measured:.2f} 倍：{told}", measured <= most)


if __name__ == "__main__":
    sys.exit(main())
