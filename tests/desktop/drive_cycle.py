"""One whole cycle at the real window, by hand: ``python -m tests.desktop.drive_cycle PLACE [PICTURES]``.

PLACE holds 来件 (what came: the breakdown, this office's 口径.toml, and 报送 with the units' files); the work folder is
made beside it, a copy of it as it was before 定稿 is kept, and what the window showed is written to 见闻.json.
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.desktop.hand import Hand, Steps

CAME, WORK, BEFORE, SEEN = "来件", "示例区整改", "定稿以前", "见闻.json"
FIRST_DAY, NEXT_DAY, ACT_DAY = date(2016, 5, 20), date(2016, 5, 31), date(2016, 5, 19)
LATE, RETURNED, CLOSED = "4-2", "5-1", "1-2"


class Cycle:
    """A clerk's way from an empty home to the second bulletin; ``seen`` is what the window showed on it."""

    def __init__(self, place: Path) -> None:
        self.place, self.came, self.work = place, place / CAME, place / WORK
        self.seen: dict[str, Any] = {}

    def __call__(self, hand: Hand) -> Steps:
        """The whole way; the window is closed at its end."""
        yield from self.make_folder(hand)
        yield from self.drop_files(hand)
        yield from self.set_day_and_number(hand)
        yield from self.see_why_late(hand)
        yield from self.search(hand)
        yield from self.return_one(hand)
        yield from self.close_one(hand)
        yield from self.generate(hand)
        yield from self.publish(hand)
        yield from self.make_the_next(hand)
        yield from self.narrow_by_picture(hand)
        (self.place / SEEN).write_text(json.dumps(self.seen, ensure_ascii=False, indent=1), encoding="utf-8")
        hand.key("ctrl+q")

    # ---------------------------------------------------------------- a new folder ----

    def make_folder(self, hand: Hand) -> Steps:
        """By mouse and keyboard; the breakdown through Qt's own file dialog, by writing its path."""
        yield from hand.picture("开始页")
        yield from hand.press("新建工作文件夹")
        yield hand.form("新建工作文件夹")
        yield from hand.press("选择责任分解表")
        yield hand.form("选择下发的责任分解表")
        hand.key("ctrl+a")
        hand.write(str(self.came / "责任分解表.xlsx"))
        yield from hand.picture("选责任分解表")
        hand.key("Return")
        yield hand.form("新建工作文件夹")
        yield hand.reads("责任分解表", str(self.came))
        yield from self._fill(hand, "建在哪里", str(self.place))
        yield from self._fill(hand, "文件夹名称", WORK)
        yield from hand.picture("新建工作文件夹")
        hand.key("Return")
        yield hand.said("已建好")
        yield hand.settled("the breakdown", lambda screen: screen.items)
        yield from hand.picture("刚建好")

    def _fill(self, hand: Hand, name: str, text: str) -> Steps:
        """A field of a form: clicked on, emptied, written."""
        field = yield hand.seen(name)
        yield from hand.click(field)
        yield hand.focused(name)
        hand.key("ctrl+a")
        hand.write(text)
        yield hand.reads(name, text)

    # ---------------------------------------------------------------- what came ----

    def drop_files(self, hand: Hand) -> Steps:
        """The office's rules are put there by somebody else; the units' files are dragged out of another program."""
        shutil.copyfile(self.came / "口径.toml", self.work / "口径.toml")
        files = sorted(map(str, (self.came / "报送").iterdir()))
        source = "tests.desktop.drag_source"
        taken = hand.said("新收到")
        self.seen["dragged"] = yield from hand.drag_from(source, *files, target=hand.window.tabs, then=taken)
        self.seen["copied"] = hand.window.foot.said
        yield hand.settled("the mark of the rules, the units' words", lambda one: one.mark and len(one.files) > 20)
        hand.key("alt+1")
        units = yield hand.table("各单位的报送情况")
        self.seen["units"] = units.model().rowCount()
        yield from hand.picture("报送")

    # ---------------------------------------------------------------- the day, the ledger ----

    def set_day_and_number(self, hand: Hand) -> Steps:
        """By the keyboard alone."""
        yield from self._set_day(hand, FIRST_DAY)
        hand.key("alt+n")
        yield hand.focused("期号")
        hand.key("ctrl+a")
        hand.write("8")
        hand.key("Return")
        yield hand.settled("number 8", lambda screen: screen.number == 8)
        hand.key("alt+2")
        ledger = yield hand.table("台账")
        self.seen["items"] = ledger.model().rowCount()
        self.seen["figures"] = hand.text("一行数字")
        yield from hand.picture("台账")

    def _set_day(self, hand: Hand, day: date) -> Steps:
        yield from self._write_day(hand, "alt+t", "基准日", day)
        hand.key("Return")
        yield hand.settled(f"{day}", lambda screen: screen.as_of == day)

    def _write_day(self, hand: Hand, key: str, name: str, day: date) -> Steps:
        hand.key(key)
        yield hand.focused(name)
        hand.key("ctrl+a")
        hand.write(f"{day:%Y%m%d}")
        yield hand.reads(name, f"{day:%Y%m%d}")

    def see_why_late(self, hand: Hand) -> Steps:
        """What is overdue, chosen by the mouse; one of them, and why."""
        state, ledger = (yield hand.seen("状态")), (yield hand.table("台账"))
        yield from hand.choose(state, "逾期（")
        model = ledger.model()
        self.seen["overdue"] = [model.index(row, 1).data() for row in range(model.rowCount())]
        yield from hand.click(hand.cell(ledger, LATE))
        yield hand.reads("小项档案", LATE)
        self.seen["why"] = hand.text("小项档案")
        yield from hand.picture("逾期的一项")

    def search(self, hand: Hand) -> Steps:
        """Words looked for by the keyboard; everything again by Esc."""
        ledger = yield hand.table("台账")
        count = ledger.model().rowCount
        hand.key("Escape")
        yield hand.until("every item", lambda: count() == self.seen["items"])
        hand.key("ctrl+f")
        hand.write("财政局")
        yield hand.until("fewer items", lambda: 0 < count() < self.seen["items"])
        yield from hand.picture("查找")
        hand.key("Escape")
        yield hand.until("every item", lambda: count() == self.seen["items"])

    # ---------------------------------------------------------------- acts of the office ----

    def return_one(self, hand: Hand) -> Steps:
        """退回 by the keyboard, on the item the mouse chose."""
        ledger = yield hand.table("台账")
        yield from hand.click(hand.cell(ledger, RETURNED))
        yield hand.reads("小项档案", RETURNED)
        hand.key("ctrl+r")
        yield hand.form("记办理：退回")
        yield from self._decide(hand, "现场核查，还有两处没有改")
        yield hand.said(f"{RETURNED} 退回")
        yield hand.settled("an item returned", lambda screen: _standing(screen, RETURNED) == "on_track")
        yield from hand.picture("退回以后")

    def close_one(self, hand: Hand) -> Steps:
        """销号 by the mouse, out of the menu of the item."""
        ledger = yield hand.table("台账")
        place = hand.cell(ledger, CLOSED)
        yield from hand.click(place)
        yield hand.reads("小项档案", CLOSED)
        yield from hand.click(place, button=3)
        yield from hand.pick("销号")
        yield hand.form("记办理：销号")
        yield from self._decide(hand, "现场核查属实")
        yield hand.said(f"{CLOSED} 销号")
        yield hand.settled("an item closed", lambda screen: _standing(screen, CLOSED) == "closed")
        hand.key("alt+4")
        decisions = yield hand.table("办理")
        self.seen["decisions"] = decisions.model().rowCount()
        yield from hand.picture("办理")
        hand.key("alt+2")

    def _decide(self, hand: Hand, why: str) -> Steps:
        yield from self._write_day(hand, "alt+d", "办理日期", ACT_DAY)
        hand.key("alt+w")
        yield hand.focused("事由")
        hand.write(why)
        yield hand.reads("事由", why)
        yield from hand.picture(f"记办理，{why}")
        yield from hand.press("记入台账")
        yield hand.no_form()

    # ---------------------------------------------------------------- the bulletins ----

    def generate(self, hand: Hand) -> Steps:
        """By a key; the folder is kept as it is then, for the command line to be tried on."""
        hand.key("ctrl+g")
        yield hand.said("已写出第8期")
        yield hand.table("写出的各套材料")
        yield from hand.picture("成果")
        shutil.copytree(self.work, self.place / BEFORE)

    def publish(self, hand: Hand) -> Steps:
        """The confirmation is read, and said yes to by the mouse."""
        hand.key("ctrl+shift+d")
        yield hand.form("定稿")
        self.seen["confirmed"] = hand.text("将要记录的内容")
        yield from hand.picture("定稿确认")
        yield from hand.press("定稿")
        yield hand.no_form()
        yield hand.said("第8期（截至2016-05-20）已定稿")
        yield hand.settled("number 9 proposed", lambda screen: screen.number == 9)
        yield from hand.picture("定稿以后")

    def make_the_next(self, hand: Hand) -> Steps:
        """Another day; what became of the items since is told."""
        yield from self._set_day(hand, NEXT_DAY)
        yield from hand.press("生成专报")
        yield hand.said("已写出第9期")
        hand.key("alt+2")
        ledger = yield hand.table("台账")
        self.seen["changed"] = [line.changed for line in ledger.model().shown_lines() if line.changed]
        self.seen["since"] = hand.text("上一次定稿")
        yield from hand.picture("第9期的台账")

    def narrow_by_picture(self, hand: Hand) -> Steps:
        """A click on a colour of the legend: the ledger shows those items alone."""
        hand.key("alt+6")
        overdue = hand.window.visit.screen.counts["overdue"]
        legend = yield hand.seen(f"逾期 {overdue}项，在台账里只看这些")
        yield from hand.picture("图表")
        yield from hand.click(legend)
        ledger = yield hand.table("台账")
        yield hand.reads("显示了多少项", "显示")
        self.seen["narrowed"] = [overdue, *(line.standing.value for line in ledger.model().shown_lines())]
        yield from hand.picture("从图表点到台账")


def _standing(screen: Any, no: str) -> str:
    return str(next(one.standing.value for one in screen.items if one.no == no))


def main(arguments: list[str]) -> int:
    """Drives the window through the whole cycle; 0 where it was closed in good order."""
    from tests.desktop.sitting import sit_down

    place, pictures = Path(arguments[0]), Path(arguments[1]) if arguments[1:] else None
    return sit_down(Cycle(place), pictures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
