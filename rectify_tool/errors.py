"""停工 — what stops the work, each with the exit code a script sees; data that is merely wrong is a Finding."""

from __future__ import annotations

import errno
from enum import Enum


class Stop(Enum):
    """停工原因 — (word of the JSON answer, exit code)."""

    WRONG_ARGUMENTS = ("wrong_arguments", 2)
    NOTHING_READABLE = ("nothing_readable", 3)
    NOTHING_TO_PRINT = ("nothing_to_print", 3)
    CANNOT_WRITE = ("cannot_write", 4)
    OFFICE_MISSING = ("office_missing", 4)
    OFFICE_FAILED = ("office_failed", 4)
    PRINTER_MISSING = ("printer_missing", 4)
    SETTINGS_UNUSABLE = ("settings_unusable", 5)
    HISTORY_UNUSABLE = ("history_unusable", 5)
    NOTHING_TO_PUBLISH = ("nothing_to_publish", 3)
    NOT_PUBLISHED = ("not_published", 2)
    OUT_OF_ORDER = ("out_of_order", 2)
    CANNOT_PUBLISH = ("cannot_publish", 7)
    DECISION_UNCLEAR = ("decision_unclear", 2)
    FOLDER_IN_USE = ("folder_in_use", 6)
    BREAKDOWN_UNCLEAR = ("breakdown_unclear", 5)
    FIGURES_DISAGREE = ("figures_disagree", 7)

    @property
    def word(self) -> str:
        """代号 — the code of ``{"error": {"code": …}}``."""
        return self.value[0]

    @property
    def exit_code(self) -> int:
        """退出码 — of the command line."""
        return self.value[1]


class Way(Enum):
    """出路 — what a person can do about it here; each face offers it in its own way: a button, a field, an option."""

    GENERATE = "generate"
    CORRECT = "correct"
    NOT_CORRECT = "not_correct"
    ACCEPT = "accept"
    ANYWAY = "anyway"
    REASON = "reason"
    NEW_DUE = "new_due"
    NO_NEW_DUE = "no_new_due"
    RECORDS = "records"
    RESTORE = "restore"
    ELSEWHERE = "elsewhere"
    TEMPLATE = "template"


class RectifyError(Exception):
    """停工 — the work cannot be done; the message says in plain Chinese what happened, where, and what to do next.

    It reads right in every face, so it names no option and no button; ``way`` says which of them leads on, None where
    nothing of ours does.
    """

    def __init__(self, stop: Stop, message: str, way: Way | None = None) -> None:
        super().__init__(message)
        self.stop = stop
        self.message = message
        self.way = way


def refusal(error: OSError) -> str:
    """拒绝的原因 — why the system would not read or write, in plain Chinese: its own words are English on Linux."""
    return _REFUSALS.get(error.errno or 0, "原因不明")


_REFUSALS = {
    errno.EACCES: "没有权限，或文件正在 Word、Excel、WPS 中打开",
    errno.EPERM: "没有权限，或文件正在 Word、Excel、WPS 中打开",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "这个位置是只读的",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EEXIST: "这里已有一个同名的文件，不是文件夹",
    errno.ENOTDIR: "这里是一个文件，不是文件夹",
    errno.EISDIR: "这里是一个文件夹，不是文件",
    errno.ENAMETOOLONG: "名称太长",
}
