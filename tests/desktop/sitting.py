"""Sitting down at the program: it is started as it is, and somebody is there as soon as it has an application.

Loads no Qt by itself: the program starts the desk's process first and loads Qt meanwhile, and so it must stay.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rectify_tool.desktop import app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.desktop.hand import Hand, Scenario


def sit_down(scenario: Scenario, pictures: Path | None = None, given: tuple[str, ...] = ()) -> int:
    """Runs the program with a hand at its window; its exit code, or that of a scenario that failed."""
    from rectify_tool.__main__ import main

    make_application = app.make_application
    hands: list[Hand] = []

    def with_a_hand(arguments: list[str]) -> QApplication:
        from tests.desktop.hand import Hand

        made = make_application(arguments)
        made.setCursorFlashTime(0)  # else no two pictures are the same
        hands.append(Hand(scenario, pictures))
        return made

    app.make_application = with_a_hand
    return main(given)
