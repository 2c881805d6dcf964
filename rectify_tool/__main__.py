"""入口 — ``python -m rectify_tool`` and the console script."""

from __future__ import annotations

import sys

from rectify_tool.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a worker process of the built program starts here and never returns
    sys.exit(main())
