"""入口 — ``python -m rectify_tool`` and the console script."""

from __future__ import annotations

import multiprocessing
import sys

from rectify_tool.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
