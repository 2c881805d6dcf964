"""入口 — ``python -m rectify_tool``, the console script and the executable: a window, or a command."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """入口 — no argument opens the window, one folder alone opens it there (a folder dropped on the program's icon);
    so do files dropped on it; anything else is a command."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not given or (len(given) == 1 and os.path.isdir(given[0])) or _dropped(given):  # noqa: PTH112 - pathlib is slow
        from rectify_tool.desktop import main as open_window

        return open_window(*given)
    from rectify_tool.cli import main as run_command

    return run_command(given)


def _dropped(given: Sequence[str]) -> bool:
    """拖到图标上的 — files and folders, which every file manager names by their full paths; no command is one."""
    return all(os.path.isabs(one) and os.path.exists(one) for one in given)  # noqa: PTH110, PTH117 - as above


def unburden(environment: MutableMapping[str, str]) -> None:
    """环境照旧 — in the built program: what it starts (Word, WPS, the file manager) shall load its own libraries, not
    ours. Ours are loaded from where they lie by now, and our own further processes set themselves up again.
    """
    for name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH", "LD_LIBRARY_PATH"):
        environment.pop(name, None)
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before
    environment["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def _work_if_worker() -> None:
    """A further process of the built program does its work here and never returns. Where the window that started it has
    gone meanwhile it ends, without a word: on Windows that word would be a box that waits for somebody. What breaks in
    the work itself is written to stderr, so there has to be one."""
    import io
    import multiprocessing
    import pickle

    sys.stderr = sys.stderr or io.StringIO()
    try:
        multiprocessing.freeze_support()
    except (OSError, EOFError, pickle.UnpicklingError):
        sys.exit(1)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        unburden(os.environ)
        _work_if_worker()
    sys.exit(main())
