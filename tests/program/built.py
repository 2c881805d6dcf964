"""The built program, unpacked from what is shipped: started, looked at and ended in the same way on both systems.

The Linux one runs here. The Windows one runs under Wine in the small system that `.ci/program/windows` has made; Wine's
processes are processes of this machine, its windows are windows of this machine's X server, and a file lies in the
same place for both, under the checkout. All the time both lie in a folder that cannot be written to, as in Program
Files or on a locked stick.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
NAME = "整改督查工具"
WINDOW, COMMAND = NAME, "rectify-tool"
"""The two programs: for double-click, and for scripts."""

ARCHIVES: Mapping[str, str] = {"linux": f"{NAME}-*-linux-x86_64*.tar.gz", "windows": f"{NAME}-*-win64.zip"}
CARRIED = "_internal/rectify_tool"
WINDOWS_TOOL = ROOT / ".ci" / "program" / "windows"
PLACE = "督查 室（二）"
"""The folder the program is unpacked into: Chinese, a blank, full-width brackets."""

SECONDS = 60.0
"""What anything may take; a busy machine is given time, and nothing waits for ever."""

_CANNOT: Final = 3
_NONE = subprocess.DEVNULL
_LOOKS_EVERY = 0.02
_GONE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program said and how it ended."""

    code: int
    said: str
    complained: str


@dataclass(frozen=True)
class Built:
    """The unpacked program of one system.

    ``place`` is a folder for what is tried with it, ``folder`` lies in it and cannot be written to. ``before`` stands
    before every command, and ``free`` before that of a program that may write into its folder; ``settings`` are added
    to the environment. Every socket that is made is noted in `net`, where there is what can do that.
    """

    system: str
    place: Path
    before: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    home: str = PLACE

    @property
    def folder(self) -> Path:
        """The program's own folder."""
        return self.place / self.home / NAME

    @property
    def net(self) -> Path:
        """The list of all sockets made by whatever was started."""
        return self.place / "net.txt"

    def program(self, name: str) -> Path:
        """Where the one or the other of the two programs lies."""
        return self.folder / (f"{name}.exe" if self.system == "windows" else name)

    def inside(self, path: Path) -> str:
        """A path as the program has to be told of it."""
        if self.system == "linux":
            return str(path)
        return "Z:\\project\\" + str(path.relative_to(ROOT)).replace("/", "\\")

    def start(self, name: str, *arguments: str | Path, out: Path) -> subprocess.Popen[bytes]:
        """Start one of the two programs."""
        told = [self.inside(one) if isinstance(one, Path) else one for one in arguments]
        return self.opened(self.inside(self.program(name)), *told, out=out)

    def opened(self, *command: str, out: Path) -> subprocess.Popen[bytes]:
        """Start a command there; what it says goes to files: a pipe would be held open by what Wine leaves running."""
        environment = {**_ours(), **self.settings}
        with out.open("wb") as said, out.with_suffix(".err").open("wb") as complained:
            return subprocess.Popen(
                [*self.before, *command], cwd=ROOT, env=environment, stdin=_NONE, stdout=said, stderr=complained
            )

    def run(self, *arguments: str | Path) -> Ended:
        """A command from its start to its end."""
        out = self.place / "said.txt"
        code = ended(self.start(COMMAND, *arguments, out=out))
        return Ended(code, out.read_text(encoding="utf-8"), out.with_suffix(".err").read_text(encoding="utf-8"))

    def processes(self) -> dict[int, str]:
        """What runs of the program, workers included: process → its command line."""
        return self.running(self.folder)

    def running(self, folder: Path | None = None) -> dict[int, str]:
        """What runs out of a folder, or out of any other copy of the program that is tried."""
        own = self.inside(folder or self.place)
        return {one: line for one, line in _command_lines() if line.startswith(own)}

    def may_write(self, folder: Path) -> bool:
        """Whether a program that is started there, one of the system's own, can make something in this folder."""
        made = folder / "试写"
        command = ("cmd", "/c", "mkdir") if self.system == "windows" else ("mkdir",)
        ended(self.opened(*command, self.inside(made), out=self.place / "may_write.txt"))
        if may := made.exists():
            made.rmdir()
        return may

    def readers(self) -> list[int]:
        """Its workers that are reading, or about to: only they load a reader of workbooks."""
        return [one for one in self.processes() if _has_loaded(one, "calamine")]

    def kill(self, processes: Sequence[int] | None = None) -> None:
        """kill -9 for these, or for all there are of the program."""
        for one in self.processes() if processes is None else processes:
            try:
                os.kill(one, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def gone(self) -> bool:
        """Whether nothing of it runs any more, at the latest after a moment."""
        try:
            until("no process left", lambda: not self.processes(), _GONE_SECONDS)
        except TimeoutError:
            return False
        return True

    def elsewhere(self, home: str) -> Built:
        """The same program in another folder, which can be written to."""
        other = replace(self, home=home, before=self.free)
        shutil.copytree(self.folder, other.folder, symlinks=True)
        return other


@cache
def shipped(system: str) -> tuple[str, ...]:
    """The names of the files in what is shipped, below the program's folder."""
    packed = archive(system)
    assert packed is not None
    if system == "windows":
        with zipfile.ZipFile(packed) as opened:
            names = opened.namelist()
    else:
        with tarfile.open(packed) as opened_tar:
            names = opened_tar.getnames()
    return tuple(name.removeprefix(f"{NAME}/") for name in names)


def archive(system: str) -> Path | None:
    """What is shipped for a system: the newest there is, None where none was built."""
    found = sorted(DIST.glob(ARCHIVES[system]), key=lambda one: one.stat().st_mtime)
    return found[-1] if found else None


def why_not(system: str) -> str:
    """Why the built program of a system cannot be tried here, "" where it can."""
    if archive(system) is None:
        return f"nothing built for {system}: run .ci/program/{system}"
    source = DIST / f"{system}.source"
    if not source.is_file() or source.read_text() != pack().source_digest(ROOT):
        return f"what is built for {system} was made from another state of the source: run .ci/program/{system}"
    if sys.platform == "win32":
        return "tried under Wine; on Windows .github/workflows/windows.yml tries it"
    if system == "windows" and (told := _wine("true")).returncode == _CANNOT:
        return told.stderr.strip()
    return ""


@cache
def pack() -> Any:
    """`.ci/program/pack.py`, which lies outside every package."""
    spec = spec_from_file_location("pack", ROOT / ".ci" / "program" / "pack.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def why_not_locked(system: str) -> str:
    """Why a program's folder cannot be made read-only here, "" where it can: for Wine it always is, or nothing runs."""
    root = os.geteuid() == 0 and system == "linux"
    return "root, and not allowed to mount: no folder can be made read-only here" if root and not _may_mount() else ""


def unpacked(system: str, place: Path) -> Built:
    """The archive laid out in ``place``."""
    built, packed = Built(system, place), archive(system)
    assert packed is not None
    built.folder.parent.mkdir(parents=True)
    if system == "windows":
        with zipfile.ZipFile(packed) as opened:
            opened.extractall(built.folder.parent)
    else:
        with tarfile.open(packed) as opened_tar:
            opened_tar.extractall(built.folder.parent, filter="data")
    return built


@contextmanager
def on_linux(place: Path, display: str) -> Iterator[Built]:
    """The Linux program, with a home and a temporary folder of its own, and all its folder read-only."""
    built = unpacked("linux", place)
    for name in ("home", "tmp"):
        (place / name).mkdir()
    own = {"HOME": str(place / "home"), "TMPDIR": str(place / "tmp"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    free, lock = _watched(built.net), _LOCK if _may_mount() else ()
    if os.geteuid() != 0:
        _set_modes(built.folder, "a-w")
    try:
        told = (*free, *lock, *((str(built.folder),) if lock else ()))
        yield replace(built, before=told, free=free, settings=own | {"DISPLAY": display})
    finally:
        built.kill()
        _set_modes(built.folder, "u+w")


@contextmanager
def on_windows(place: Path, display: str) -> Iterator[Built]:
    """The Windows program in a fresh Windows, as Wine makes it; every socket that is made there is noted.

    The server of Wine makes all sockets and opens all files for its programs: it is what sees the program's folder
    read-only, and what is watched. The screen it is started on stays its screen.
    """
    built = unpacked("windows", place)
    (place / "wine").mkdir()
    prefix = f"/project/{(place / 'wine').relative_to(ROOT)}"
    wine = (*_watched(built.net), str(WINDOWS_TOOL), "run", "wine")
    built = replace(built, before=wine, free=wine, settings={"WINEPREFIX": prefix, "DISPLAY": display})
    log, ready = place / "wine.log", place / "wine" / "ready"
    told = (f"/project/{one.relative_to(ROOT)}" for one in (built.folder, ready))
    call = [*_watched(built.net), str(WINDOWS_TOOL), "run", "bash", "-ec", _SERVE, "serve", *told]
    with log.open("wb") as said:
        environment = {**_ours(), **built.settings}
        server = subprocess.Popen(call, cwd=ROOT, env=environment, stdin=_NONE, stdout=said, stderr=said)
    try:
        until("Windows", lambda: ready.exists() or server.poll() is not None, 3 * SECONDS)
        assert server.poll() is None, log.read_text(encoding="utf-8")
        yield built
    finally:
        built.kill()
        _wine("wineserver", "--kill", **built.settings)
        server.wait(SECONDS)


_SERVE = """
mount --bind "$1" "$1"
mount -o remount,bind,ro "$1"
wineserver --persistent
wineboot --init
touch "$2"
exec wineserver --wait
"""
"""The program's folder read-only, the server, a fresh Windows; until it is told to end."""


def ended(process: subprocess.Popen[bytes], seconds: float = SECONDS) -> int:
    """The exit code."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise TimeoutError(f"never ended: {process.args!r}") from None


def until(told: str, met: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """What ``met`` answers, once that is anything.

    Raises:
        TimeoutError: If it never is.
    """
    end = time.monotonic() + seconds
    while not (answer := met()):
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain for {told}")
        time.sleep(_LOOKS_EVERY)
    return answer


def _ours() -> dict[str, str]:
    """The environment without what a person's desktop has put into it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}


_FOREIGN = ("XDG_", "QT_", "WAYLAND_", "DBUS_", "GTK_", "PYTEST_", "COV_", "RECTIFY_", "DISPLAY")


def _watched(log: Path) -> tuple[str, ...]:
    """What stands before a command whose every socket shall be noted; nothing where that cannot be done here."""
    if shutil.which("strace") is None:
        return ()
    quiet = ("-qq", "-e", "trace=socket", "-e", "signal=none", "--seccomp-bpf")
    return ("strace", "-f", "-Y", *quiet, "-A", "-o", str(log))


_LOCK = (
    *("unshare", "--mount", "--propagation", "private", "sh", "-c"),
    'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"',
)
"""What makes a folder, which is to be named next, read-only for a command and for it alone."""


def _may_mount() -> bool:
    return os.geteuid() == 0 and subprocess.run(("unshare", "--mount", "true"), capture_output=True).returncode == 0


def _set_modes(folder: Path, modes: str) -> None:
    subprocess.run(("chmod", "--recursive", modes, folder), check=True)


def _wine(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in the small system, from its start to its end."""
    call = [str(WINDOWS_TOOL), "run", *command]
    environment = {**_ours(), **settings}
    return subprocess.run(call, cwd=ROOT, env=environment, stdin=_NONE, capture_output=True, text=True, timeout=SECONDS)


def _command_lines() -> Iterator[tuple[int, str]]:
    """Of every process there is; one that ends meanwhile has none."""
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                yield int(one.name), (one / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue


def _has_loaded(process: int, library: str) -> bool:
    try:
        return library in Path(f"/proc/{process}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has just ended
        return False
