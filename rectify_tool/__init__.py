"""整改督查工具 — reads the units' workbooks, merges and judges them, writes the bulletin and the summary."""

__version__ = "0.5.0"
