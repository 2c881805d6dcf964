"""入口 — ``python -m rectify_tool``, the console script and the executable: a window, or a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """入口 — no argument opens the window, one folder alone opens it there (a folder dropped on the program's icon);
    anything else is a command."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not given or (len(given) == 1 and os.path.isdir(given[0])):  # noqa: PTH112 - pathlib takes a while to load
        from rectify_tool.desktop import main as open_window

        return open_window(*given)
    from rectify_tool.cli import main as run_command

    return run_command(given)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a worker process of the built program starts here and never returns
    sys.exit(main())
