"""样子 — colours, lights, fonts, dark and light: a light has its own shape besides its colour."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

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
        made.addPixmap(_pixmap(light, dark, size))
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
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    if sys.platform.startswith("linux"):  # where Qt hears of the system's scheme, but cannot ask for another
        app.setPalette(_palette(_PALETTES[theme]) if theme in _PALETTES else app.style().standardPalette())


def _palette(colours: Mapping[QPalette.ColorRole, str]) -> QPalette:
    palette = QPalette(QColor(colours[_ROLE.Button]), QColor(colours[_ROLE.Window]))
    for role, name in colours.items():
        palette.setColor(role, QColor(name))
    for role in (_ROLE.Text, _ROLE.WindowText, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours[_ROLE.PlaceholderText]))
    return palette


_ROLE = QPalette.ColorRole
_PALETTES: Mapping[str, Mapping[QPalette.ColorRole, str]] = {
    "light": {
        _ROLE.Window: "#f2f2f2", _ROLE.WindowText: "#1c1c1c", _ROLE.Base: "#ffffff", _ROLE.AlternateBase: "#f6f7f8",
        _ROLE.Text: "#1c1c1c", _ROLE.Button: "#efefef", _ROLE.ButtonText: "#1c1c1c", _ROLE.BrightText: "#ffffff",
        _ROLE.Highlight: "#1f5fbf", _ROLE.HighlightedText: "#ffffff", _ROLE.Link: "#0b57d0",
        _ROLE.ToolTipBase: "#ffffe1", _ROLE.ToolTipText: "#1c1c1c", _ROLE.PlaceholderText: "#6e6e6e",
    },
    "dark": {
        _ROLE.Window: "#2b2d30", _ROLE.WindowText: "#e4e6e8", _ROLE.Base: "#1e1f22", _ROLE.AlternateBase: "#25272a",
        _ROLE.Text: "#e4e6e8", _ROLE.Button: "#393b40", _ROLE.ButtonText: "#e4e6e8", _ROLE.BrightText: "#ffffff",
        _ROLE.Highlight: "#3a6fc0", _ROLE.HighlightedText: "#ffffff", _ROLE.Link: "#7cb0ff",
        _ROLE.ToolTipBase: "#3c3f44", _ROLE.ToolTipText: "#e4e6e8", _ROLE.PlaceholderText: "#9a9ea4",
    },
}  # fmt: skip


def set_font_size(app: QApplication, points: float) -> None:
    """字号 — in points; at once, in every window."""
    font = app.font()
    font.setFamilies(list(dict.fromkeys((*FAMILIES, *font.families()))))
    font.setPointSizeF(points)
    app.setFont(font)
