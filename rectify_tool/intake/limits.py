"""限度 — how much memory a worker may take, and that it dies with its parent."""

from __future__ import annotations

import contextlib
import sys

MEMORY_BYTES = 2 << 30
FILE_SECONDS = 20.0


def limit_this_process() -> None:
    """设限 — 2 GiB for this process; where the system will not set a limit, it works without one."""
    with contextlib.suppress(OSError, ValueError, ImportError, AttributeError):
        if sys.platform == "win32":
            _limit_windows()
        else:
            _limit_posix()


def _limit_posix() -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _limit_windows() -> None:
    """A job object with this one process in it; the handle is kept open until the process ends."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time", ctypes.c_int64),
            ("per_job_user_time", ctypes.c_int64),
            ("limit_flags", wintypes.DWORD),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_process_limit", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority_class", wintypes.DWORD),
            ("scheduling_class", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    process_memory_flag, no_error_dialog_flag, extended_class = 0x100, 0x400, 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    job = kernel.CreateJobObjectW(None, None)
    about = Extended()
    about.basic.limit_flags = process_memory_flag | no_error_dialog_flag
    about.process_memory = MEMORY_BYTES
    kernel.SetInformationJobObject(job, extended_class, ctypes.byref(about), ctypes.sizeof(about))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
