"""Shared by all tests: laws are about what holds, not about how fast a busy machine shows it.

A check gives the same answer twice: the cases tried are always the same. ``HYPOTHESIS_PROFILE=search`` looks for new
ones; what it finds becomes a case of its own.
"""

from __future__ import annotations

import os
import sys

from hypothesis import settings

# The runs and readers a test starts shall not each compile the program anew, nor each pytest worker the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

settings.register_profile("same every time", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same every time"))
