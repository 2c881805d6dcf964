"""The pictures of the window in docs/images: ``python -m tests.desktop.make_pictures [FOLDER]``.

The story of the sample is played up to its eighth bulletin; the eighth is made, published and looked at in the real
window, on a screen nobody sees, and every page of the window is taken on the way. Needs Xvfb, openbox and xdotool.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.desktop.xvfb import screen, why_no_screen

if TYPE_CHECKING:
    from tests.desktop.hand import Hand, Steps

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
DAY = date(2016, 5, 20)
LATE = "11-1"


def main(arguments: Sequence[str]) -> int:
    """Plays the story and takes the pictures; 0 where all are there."""
    if arguments[:1] == ["--at-the-window"]:
        return _sit_down(Path(arguments[1]), Path(arguments[2]))
    if why_no_screen():
        print(why_no_screen(), file=sys.stderr)
        return 1
    images = Path(arguments[0]) if arguments else IMAGES
    with tempfile.TemporaryDirectory(prefix="窗口-") as place, screen(Path(place) / "home") as environment:
        folder, taken = Path(place) / "示例区巡视整改", Path(place) / "图"
        taken.mkdir()
        play(folder)
        command = (sys.executable, "-m", "tests.desktop.make_pictures", "--at-the-window", str(folder), str(taken))
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        for picture in sorted(taken.iterdir()):
            _keep(picture, images / picture.name)
    return 0


def play(folder: Path) -> None:
    """The story of the sample: seven bulletins published, what the units sent for the eighth received."""
    sys.path.insert(0, str(ROOT / "samples"))
    import replay
    import story_2016

    *before, eighth = story_2016.BULLETINS
    story_2016.BULLETINS = tuple(before)
    replay.replay(folder, _hushed)
    replay._receive(folder, eighth, _hushed)
    replay._act(folder, eighth.number, _hushed)


def _keep(picture: Path, place: Path) -> None:
    """In 256 colours, a third of the size: those seen most, strong ones before grey ones, so that a light stays red."""
    from PIL import Image

    with Image.open(picture) as taken:
        shown = taken.convert("RGB")
    seen = sorted(shown.getcolors(shown.width * shown.height), key=_weight, reverse=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in seen[:256] for part in colour])
    shown.quantize(palette=palette, dither=Image.Dither.NONE).save(place, optimize=True)
    print(f"{place.name}　{place.stat().st_size // 1024} KB")


def _weight(seen: tuple[int, tuple[int, int, int]]) -> int:
    times, colour = seen
    return times * (16 + max(colour) - min(colour))


def _hushed(_: str) -> None:
    """Nothing of the story is told here."""


def _sit_down(folder: Path, taken: Path) -> int:
    from tests.desktop.sitting import sit_down

    return sit_down(Round(folder), taken)


class Round:
    """Once through the window, with a picture of every page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, hand: Hand) -> Steps:
        """The pages in the order a clerk comes by them."""
        for page in self._pages():
            yield from page(hand)
        hand.key("ctrl+q")

    def _pages(self) -> Iterator[Any]:
        yield self._start
        yield self._open
        yield self._received
        yield self._ledger
        yield self._findings
        yield self._decisions
        yield self._settings
        yield self._dark
        yield self._publish
        yield self._papers
        yield self._charts

    def _start(self, hand: Hand) -> Steps:
        yield hand.seen("打开工作文件夹")
        yield from hand.picture("window-start")

    def _open(self, hand: Hand) -> Steps:
        hand.key("ctrl+o")
        yield hand.form("打开工作文件夹")
        hand.key("ctrl+a")
        hand.write(str(self.folder))
        hand.key("Return")
        yield hand.no_form()
        yield hand.settled("the ledger", lambda shown: shown.items)
        hand.key("alt+t")
        yield hand.focused("基准日")
        hand.write(f"{DAY:%Y%m%d}")
        hand.key("Return")
        yield hand.settled(str(DAY), lambda shown: shown.as_of == DAY)

    def _received(self, hand: Hand) -> Steps:
        yield from self._page(hand, 1, "各单位的报送情况", "window-received")

    def _ledger(self, hand: Hand) -> Steps:
        hand.key("alt+2")
        ledger = yield hand.table("台账")
        yield from hand.click(hand.cell(ledger, LATE))
        yield hand.reads("小项档案", LATE)
        yield from hand.picture("window-ledger")

    def _findings(self, hand: Hand) -> Steps:
        hand.key("alt+3")
        findings = yield hand.table("核对意见")
        yield from hand.click(hand.at(findings, 1))
        yield from hand.picture("window-findings")

    def _decisions(self, hand: Hand) -> Steps:
        yield from self._page(hand, 4, "办理", "window-decisions")

    def _publish(self, hand: Hand) -> Steps:
        hand.key("ctrl+g")
        yield hand.said("已写出第8期")
        hand.key("ctrl+shift+d")
        yield hand.form("定稿")
        yield from hand.picture("window-publish")
        yield from hand.press("定稿")
        yield hand.no_form()
        yield hand.said("第8期（截至2016-05-20）已定稿")

    def _papers(self, hand: Hand) -> Steps:
        yield from self._page(hand, 5, "写出的各套材料", "window-papers")

    def _charts(self, hand: Hand) -> Steps:
        hand.key("alt+6")
        yield from hand.picture("window-pictures")

    def _settings(self, hand: Hand) -> Steps:
        hand.key("ctrl+k")
        yield hand.form("口径")
        yield from hand.picture("window-settings")
        hand.key("Escape")
        yield hand.no_form()

    def _dark(self, hand: Hand) -> Steps:
        yield from self._theme(hand, "深色")
        yield from self._page(hand, 2, "台账", "window-dark")
        yield from self._theme(hand, "浅色")

    def _theme(self, hand: Hand, name: str) -> Steps:
        hand.key("ctrl+comma")
        yield hand.form("显示")
        yield from hand.press(name)
        yield from hand.press("确定")
        yield hand.no_form()

    def _page(self, hand: Hand, number: int, table: str, name: str) -> Steps:
        hand.key(f"alt+{number}")
        yield hand.table(table)
        yield from hand.picture(name)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
