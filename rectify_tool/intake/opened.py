"""解密 — files that only look protected: Excel's own default password opens them without asking anyone."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from rectify_tool.findings import Code
from rectify_tool.intake.compound import stream_head
from rectify_tool.intake.failure import Unreadable, corrupt
from rectify_tool.model import FileOutcome

_FILEPASS = 0x2F
_HEAD_BYTES = 4096
_DEFAULT_PASSWORD = "VelvetSweatshop"  # Excel's, for workbooks protected against changes only


def is_locked_xls(data: bytes) -> bool:
    """是否加密的 .xls — a FILEPASS record near the start of its stream, which the readers would take for damage."""
    return _FILEPASS in _first_records(stream_head(data, ("Workbook", "Book"), _HEAD_BYTES))


def _first_records(stream: bytes) -> Iterator[int]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind
        at += 4 + length


def decrypted(data: bytes) -> bytes:
    """解密 — the workbook inside; Unreadable with 需要密码 where the default password does not open it."""
    import msoffcrypto

    plain = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=_DEFAULT_PASSWORD, verify_password=True)
        file.decrypt(plain)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as error:  # wrong password, unknown scheme, broken stream: each library layer has its own
        if _is_cut_short(error):
            raise corrupt("加密文件不完整") from error
        raise Unreadable(Code.FILE_PASSWORD, FileOutcome.NEEDS_PASSWORD) from error
    return plain.getvalue()


def _is_cut_short(error: Exception) -> bool:
    return isinstance(error, (EOFError, OSError)) or type(error).__name__ == "FileFormatError"
