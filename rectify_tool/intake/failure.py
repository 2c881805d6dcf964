"""未能读取 — the one exception of this room: a file's reading stops, and how it ends is known."""

from __future__ import annotations

from rectify_tool.findings import Code
from rectify_tool.model import FileOutcome, Source

_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "需要的内存超过限度"),
    (RecursionError, "内容嵌套过深"),
    (UnicodeError, "文字编码不对"),
    (EOFError, "内容不完整"),
    (OSError, "内容不完整"),
)


class Unreadable(Exception):
    """未能读取 — one file ends here, with its outcome and the finding to show; never leaves the room."""

    def __init__(self, code: Code, outcome: FileOutcome = FileOutcome.REFUSED, **slots: object) -> None:
        super().__init__(code.at(Source(""), **slots).message)
        self.code = code
        self.outcome = outcome
        self.slots = slots


def corrupt(detail: str) -> Unreadable:
    """文件损坏 — the file itself is broken, so no other reader will do better."""
    return Unreadable(Code.FILE_CORRUPT, detail=detail)


def too_large(detail: str) -> Unreadable:
    """超出限度 — a guard was hit before the content was opened."""
    return Unreadable(Code.FILE_TOO_LARGE, detail=detail)


def in_words(error: BaseException) -> str:
    """出错说明 — an exception in words a clerk can read, without class names or English."""
    return next((words for kind, words in _WORDS if isinstance(error, kind)), "内容的格式不合规范")
