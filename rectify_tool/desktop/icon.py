"""图标 — the program's picture: a ledger sheet with lines, one of them red, and the seal that settles it.

Drawn, not kept as a file: crisp at every size, because every edge is put on a whole pixel. No letters are in it, so it
is the same on a machine without Chinese fonts.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""各种大小 — in pixels, as Windows asks for them from the title bar to the large icons of a folder."""

_PAPER, _EDGE = QColor("#fbfcfe"), QColor("#7d8ba1")
_HEAD, _LINE, _RED = QColor("#2f5f9e"), QColor("#a3b1c6"), QColor("#c8312b")


def icon() -> QIcon:
    """图标 — in every size of `SIZES`."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(QPixmap.fromImage(picture(size)))
    return made


def picture(size: int) -> QImage:
    """图标的一种大小 — ``size`` pixels square, transparent around the sheet."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = _sheet(size)
    _draw_sheet(painter, sheet, size)
    _draw_lines(painter, sheet, size)
    _draw_seal(painter, size)
    painter.end()
    return image


def _sheet(size: int) -> QRectF:
    """纸 — on whole pixels, a little left of the middle: the seal stands out on the right."""
    left, top = round(size * 0.09), round(size * 0.03)
    return QRectF(left, top, round(size * 0.72), size - 2 * top)


def _draw_sheet(painter: QPainter, sheet: QRectF, size: int) -> None:
    thin = max(1.0, round(size / 48))
    painter.setPen(QPen(_EDGE, thin))
    painter.setBrush(_PAPER)
    painter.drawRoundedRect(sheet.adjusted(thin / 2, thin / 2, -thin / 2, -thin / 2), size * 0.05, size * 0.05)


def _draw_lines(painter: QPainter, sheet: QRectF, size: int) -> None:
    """各行 — a heading and its items, one of them red; a line is whole pixels thick, at small sizes one."""
    lines = _FEW_LINES if size < _SMALL else _LINES
    thick, margin = max(1, round(size * 0.055)), round(size * 0.125)
    left, wide = sheet.left() + margin, sheet.width() - 2 * margin
    step = round((sheet.height() - 2 * margin) / len(lines))
    for at, (colour, part) in enumerate(lines):
        top = sheet.top() + margin + at * step
        painter.fillRect(QRectF(left, top, round(wide * part), thick + (at == 0) * max(1, thick // 2)), colour)


_LINES = ((_HEAD, 1.0), (_LINE, 1.0), (_RED, 1.0), (_LINE, 0.85), (_LINE, 0.5))
_FEW_LINES = ((_HEAD, 1.0), (_LINE, 1.0), (_RED, 0.75), (_LINE, 0.4))
_SMALL = 32


def _draw_seal(painter: QPainter, size: int) -> None:
    """章 — a round red seal with a tick, cut out of the sheet by a rim; larger where there are few pixels."""
    across = round(size * (0.62 if size < _SMALL else 0.5))
    seal = QRectF(size - across, size - across, across, across)
    rim = max(1.0, size * 0.025)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_RED)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.drawEllipse(seal.adjusted(-rim, -rim, rim, rim))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.drawEllipse(seal)
    pen = QPen(_PAPER, across * 0.14)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline([_within(seal, *corner) for corner in _TICK_CORNERS])


_TICK_CORNERS = ((0.27, 0.53), (0.44, 0.70), (0.74, 0.34))


def _within(place: QRectF, across: float, down: float) -> QPointF:
    return QPointF(place.left() + place.width() * across, place.top() + place.height() * down)
