"""复合文件 — what an OLE file (old Office formats, encrypted new ones) tells of itself before it is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")


def stream_names(data: bytes) -> frozenset[str]:
    """流的名字 — of the top level, in lower case; none where the directory is lost."""
    return _look(data, lambda ole: frozenset(entry[0].lower() for entry in ole.listdir()), frozenset())


def stream_head(data: bytes, names: tuple[str, ...], size: int) -> bytes:
    """流的开头 — of the first of these streams there is; empty where there is none."""

    def head(ole: Any) -> bytes:
        return next((ole.openstream(name).read(size) for name in names if ole.exists(name)), b"")

    return _look(data, head, b"")


def summary_saved_at(data: bytes) -> datetime | None:
    """摘要里的保存时间 — UTC without a zone, as the summary information writes it."""
    saved = _look(data, lambda ole: ole.get_metadata().last_saved_time, None)
    return saved if isinstance(saved, datetime) else None


def _look(data: bytes, look: Callable[[Any], T], otherwise: T) -> T:
    import olefile  # type: ignore[import-untyped,unused-ignore]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return look(ole)
    except Exception:  # in a broken directory olefile raises whatever it stumbled on
        return otherwise
