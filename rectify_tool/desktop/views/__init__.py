"""各个页面 — what each tab of the window shows of a Screen.

A view is given a Screen and says what a person wants by signals; it never asks the desk, and it decides nothing: what
may be done, and what came of it, is the window's. ``set_writable(False)`` takes away what would write.
"""
