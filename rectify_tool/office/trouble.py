"""办公软件出错 — the stops of an office program; what it said itself goes to the log, never to the person."""

from __future__ import annotations

from rectify_tool.errors import RectifyError, Stop


def failed(name: str, said: str) -> RectifyError:
    """没有做成 — the program ended without doing its work."""
    import logging

    logging.getLogger("rectify_tool").error("%s: %s", name, said)
    return RectifyError(Stop.OFFICE_FAILED, f"{name} 没有做成，请先用它打开这份材料，看看能不能打开、打印，再试一次。")


def no_answer(name: str, seconds: float) -> RectifyError:
    """没有回应 — the time limit passed; the program has been ended."""
    return RectifyError(
        Stop.OFFICE_FAILED,
        f"{name} 超过{seconds:.0f}秒没有回应，已经停下，请保存并关闭正开着的 {name} 和其他程序，再试一次。",
    )
