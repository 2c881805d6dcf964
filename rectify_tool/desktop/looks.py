"""样子 — colours, lights, fonts, dark and light: a light has its own shape besides its colour."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication, QFrame

from rectify_tool.model import Light

_COLOURS = {
    Light.GREEN: ("#1a7f37", "#57c26b"),
    Light.YELLOW: ("#8a5c00", "#e3b341"),
    Light.RED: ("#c62828", "#ff8178"),
    Light.GREY: ("#5f6670", "#a9b1bb"),
}
_SIZES = (16, 24, 32, 48, 64)
FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC",
            "WenQuanYi Micro Hei")  # fmt: skip


def is_dark() -> bool:
    """深色 — whether the window is dark now."""
    palette = QGuiApplication.palette()
    return (
        palette.color(QPalette.ColorRole.Window).lightness() < palette.color(QPalette.ColorRole.WindowText).lightness()
    )


def colour(light: Light, dark: bool) -> QColor:
    """灯色 — readable as text and as a sign on a window of that kind."""
    return QColor(_COLOURS[light][dark])


def edge(dark: bool) -> QColor:
    """灯边 — around a light: not seen on a plain row, and parts it from the colour of a chosen one."""
    return QColor("#1e1f22" if dark else "#ffffff")


def icon(light: Light) -> QIcon:
    """灯 — ● green, ▲ yellow, ■ red, ○ grey."""
    return _icon(light, is_dark())


@lru_cache
def _icon(light: Light, dark: bool) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else Qt tints it with the colour of a chosen row
            made.addPixmap(_pixmap(light, dark, size), mode)
    return made


def _pixmap(light: Light, dark: bool, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, size, size).adjusted(size / 8, size / 8, -size / 8, -size / 8)
    painter.setPen(QPen(edge(dark), size / 8))
    painter.setBrush(edge(dark))
    _SHAPES[light](painter, box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(light, dark))
    _SHAPES[light](painter, box)
    painter.end()
    return pixmap


def folding(light: Light, folded: bool | None) -> QIcon:
    """展开、收起 — an arrow before the light, drawn: not every font has one; None leaves its place free."""
    palette = QGuiApplication.palette()
    inks = tuple(palette.color(role).name() for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText))
    return _folding(light, folded, is_dark(), inks)


@lru_cache
def _folding(light: Light, folded: bool | None, dark: bool, inks: tuple[str, ...]) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        for mode, ink in zip((QIcon.Mode.Normal, QIcon.Mode.Selected), inks, strict=True):
            both = QPixmap(2 * size, size)
            both.fill(Qt.GlobalColor.transparent)
            with QPainter(both) as painter:
                painter.drawPixmap(size, 0, _pixmap(light, dark, size))
                if folded is not None:
                    _arrow(painter, size, folded, QColor(ink))
            made.addPixmap(both, mode)
    return made


def _arrow(painter: QPainter, size: int, folded: bool, ink: QColor) -> None:
    """▸ where it is folded, else ▾."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corners = ((0.35, 0.2), (0.35, 0.8), (0.7, 0.5)) if folded else ((0.2, 0.35), (0.8, 0.35), (0.5, 0.7))
    painter.drawPolygon(QPolygonF([QPointF(size * x, size * y) for x, y in corners]))


def _disc(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)


def _triangle(painter: QPainter, box: QRectF) -> None:
    painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))


def _square(painter: QPainter, box: QRectF) -> None:
    painter.drawRect(box)


def _ring(painter: QPainter, box: QRectF) -> None:
    ring = QPainterPath()
    ring.addEllipse(box)
    hole = box.width() / 6
    ring.addEllipse(box.adjusted(hole, hole, -hole, -hole))
    painter.drawPath(ring)


_SHAPES: dict[Light, Callable[[QPainter, QRectF], None]] = {
    Light.GREEN: _disc,
    Light.YELLOW: _triangle,
    Light.RED: _square,
    Light.GREY: _ring,
}


def set_theme(app: QApplication, theme: str) -> None:
    """主题 — "system", "light" or "dark"; at once, in every window."""
    hints = app.styleHints()
    if app.property(_THEME) is None:
        hints.colorSchemeChanged.connect(lambda _: _dress(app))
    app.setProperty(_THEME, theme)
    hints.setColorScheme(_SCHEMES.get(theme, Qt.ColorScheme.Unknown))
    _dress(app)


def _dress(app: QApplication) -> None:
    """On Linux, where Qt hears of the system's scheme but cannot ask for another, in colours of our own; elsewhere the
    system's own stay, but for what could not be seen in them.
    """
    scheme = _SCHEMES.get(app.property(_THEME), app.styleHints().colorScheme())
    dark = scheme is Qt.ColorScheme.Dark
    palette = _palette(_PALETTES[dark]) if sys.platform.startswith("linux") else QPalette()
    for role, name in _UNFOCUSED[dark].items():
        palette.setColor(_GROUP.Inactive, role, QColor(name))
    stripe = _ROLE.AlternateBase  # Windows has a strong blue for it in the dark, hardly another than a chosen row's
    palette.setColor(stripe, QColor(_PALETTES[dark][stripe]))
    app.setPalette(palette)
    for kind in ("QCheckBox", "QRadioButton"):  # their edges are a darker shade of the window's, unseen on a dark one
        boxes = QPalette(palette)
        for group, role, name in _BOXES[dark]:
            boxes.setColor(group, role, QColor(name))
        app.setPalette(boxes, kind)  # type: ignore[arg-type]  # the stubs have bytes, PySide6 takes only text


def _palette(colours: Mapping[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette(QColor(colours[_ROLE.Button]), QColor(colours[_ROLE.Window]))
    for role, name in colours.items():
        palette.setColor(role, QColor(name))
    for role in (_ROLE.Text, _ROLE.WindowText, _ROLE.ButtonText):
        palette.setColor(_GROUP.Disabled, role, QColor(colours[_ROLE.PlaceholderText]))
    return palette


_THEME = "theme"
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_ROLE, _GROUP = QPalette.ColorRole, QPalette.ColorGroup
_LIGHT = {
    _ROLE.Window: "#f2f2f2", _ROLE.WindowText: "#1c1c1c", _ROLE.Base: "#ffffff", _ROLE.AlternateBase: "#f6f7f8",
    _ROLE.Text: "#1c1c1c", _ROLE.Button: "#efefef", _ROLE.ButtonText: "#1c1c1c", _ROLE.BrightText: "#ffffff",
    _ROLE.Highlight: "#1f5fbf", _ROLE.HighlightedText: "#ffffff", _ROLE.Link: "#0b57d0",
    _ROLE.ToolTipBase: "#ffffe1", _ROLE.ToolTipText: "#1c1c1c", _ROLE.PlaceholderText: "#6e6e6e",
}  # fmt: skip
_DARK = {
    _ROLE.Window: "#2b2d30", _ROLE.WindowText: "#e4e6e8", _ROLE.Base: "#1e1f22", _ROLE.AlternateBase: "#25272a",
    _ROLE.Text: "#e4e6e8", _ROLE.Button: "#393b40", _ROLE.ButtonText: "#e4e6e8", _ROLE.BrightText: "#ffffff",
    _ROLE.Highlight: "#3a6fc0", _ROLE.HighlightedText: "#ffffff", _ROLE.Link: "#7cb0ff",
    _ROLE.ToolTipBase: "#3c3f44", _ROLE.ToolTipText: "#e4e6e8", _ROLE.PlaceholderText: "#9a9ea4",
}  # fmt: skip
_PALETTES = (_LIGHT, _DARK)
_UNFOCUSED = (
    {_ROLE.Highlight: "#cfdff5", _ROLE.HighlightedText: "#1c1c1c"},
    {_ROLE.Highlight: "#34445c", _ROLE.HighlightedText: "#e4e6e8"},
)
"""没有焦点的选中行 — paler than the one the keyboard is on; also where the whole window is behind another."""
_BOXES: tuple[tuple[tuple[QPalette.ColorGroup, QPalette.ColorRole, str], ...], ...] = (
    (),
    (
        *((_GROUP.All, _ROLE.Base, "#b4b9c0"), (_GROUP.All, _ROLE.Text, "#000000")),
        *((_GROUP.Disabled, _ROLE.Base, "#6b6f75"), (_GROUP.Disabled, _ROLE.Text, "#2b2d30")),
    ),
)
"""方框、圆钮 — in the dark they are light inside."""


def show_focus(frame: QFrame) -> None:
    """看得见焦点 — the frame has the colour of chosen rows while the keyboard is in it."""
    frame.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
    frame.setLineWidth(2)
    frame.installEventFilter(_FocusFrame(frame))


class _FocusFrame(QObject):
    """边框 — coloured again whenever the keyboard, or the theme, comes or goes."""

    def __init__(self, frame: QFrame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._colour_it()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """先看一眼 — nothing is kept from the frame."""
        if event.type() in _FRAMING:
            self._colour_it()
        return False

    def _colour_it(self) -> None:
        palette = QGuiApplication.palette()
        text, window = palette.color(_ROLE.WindowText), palette.color(_ROLE.Window)
        focused = palette.color(_GROUP.Active, _ROLE.Highlight)
        colour = focused if self._frame.hasFocus() else blended(text, window, 0.2)
        if self._frame.palette().color(_ROLE.WindowText) != colour:
            own = QPalette()  # only of this role: the others follow the theme
            own.setColor(_ROLE.WindowText, colour)
            self._frame.setPalette(own)


_FRAMING = (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.PaletteChange)


def blended(one: QColor, other: QColor, share: float) -> QColor:
    """调和 — a colour between the two, with that share of the first."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(share * first + (1 - share) * second) for first, second in pairs))


def set_font_size(app: QApplication, points: float) -> None:
    """字号 — in points; at once, in every window."""
    font = app.font()
    font.setFamilies(list(dict.fromkeys((*FAMILIES, *font.families()))))
    font.setPointSizeF(points)
    app.setFont(font)
