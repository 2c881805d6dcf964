"""显示 — how large the letters are and whether the window is light or dark; shown at once while choosing."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.fields import NumberEdit, label

SMALLEST, LARGEST = 9, 24
"""字号 — in points, both included."""

THEMES = (("system", "跟随系统(&S)"), ("light", "浅色(&L)"), ("dark", "深色(&D)"))


class Preferences(NamedTuple):
    """显示 — ``points`` is the size of the letters, ``theme`` one of `THEMES`."""

    points: int = 10
    theme: str = "system"


class PreferencesForm(QDialog):
    """显示 — `changed` carries every choice as it is made; 取消 sends what was there before."""

    changed = Signal(object)

    def __init__(self, given: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = given
        self.setWindowTitle("显示")
        self.setAccessibleName("显示设置")
        page = QVBoxLayout(self)
        choices = QFormLayout()
        sizes, words = self._sizes(), QLabel("字号(&F)")
        words.setBuddy(self.points)
        choices.addRow(words, sizes)
        choices.addRow("主题", self._themes())
        page.addLayout(choices)
        page.addWidget(label("改了马上就看得到。字号只管这个窗口，不影响写出的专报和汇总表。"))
        page.addWidget(self._buttons())
        self._show(given)
        self.points.valueChanged.connect(self._tell)
        self.themes.idToggled.connect(lambda _, chosen: self._tell() if chosen else None)

    def preferences(self) -> Preferences:
        """所选 — as the form shows it now."""
        return Preferences(self.points.value(), THEMES[max(0, self.themes.checkedId())][0])

    def reject(self) -> None:
        """取消 — everything as it was."""
        if self.preferences() != self._before:
            self._show(self._before)
        super().reject()

    def _sizes(self) -> QHBoxLayout:
        self.points = NumberEdit()
        self.points.setRange(SMALLEST, LARGEST)
        self.points.setSuffix(" 磅")
        self.points.setAccessibleName("字号，磅")
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(SMALLEST, LARGEST)
        slider.setPageStep(2)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setAccessibleName("字号滑块")
        slider.valueChanged.connect(self.points.setValue)
        self.points.valueChanged.connect(slider.setValue)
        line = QHBoxLayout()
        line.addWidget(self.points)
        line.addWidget(slider, 1)
        return line

    def _themes(self) -> QHBoxLayout:
        self.themes = QButtonGroup(self)
        line = QHBoxLayout()
        for at, (_, title) in enumerate(THEMES):
            button = QRadioButton(title)
            self.themes.addButton(button, at)
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        box.button(QDialogButtonBox.StandardButton.Ok).setText("确定")
        box.button(QDialogButtonBox.StandardButton.Cancel).setText("取消")
        self.default: QPushButton = box.addButton("恢复默认(&R)", QDialogButtonBox.ButtonRole.ResetRole)
        self.default.clicked.connect(lambda: self._show(Preferences()))
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _show(self, given: Preferences) -> None:
        self.points.setValue(given.points)
        names = [name for name, _ in THEMES]
        self.themes.button(names.index(given.theme) if given.theme in names else 0).setChecked(True)

    def _tell(self) -> None:
        self.changed.emit(self.preferences())
