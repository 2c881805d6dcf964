"""样子 — a light is known by its shape and can be seen on dark and on light; theme and letters change at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop import looks
from rectify_tool.model import Light

SEEN = 3.0  # WCAG 2.1, 1.4.11: signs
READ = 4.5  # WCAG 2.1, 1.4.3: texts


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    qapp.setStyle("Fusion")
    font = qapp.font()
    yield
    looks.set_theme(qapp, "system")
    qapp.setFont(font)


def luminance(colour: QColor) -> float:
    parts = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_light_can_be_seen_on_every_ground_and_read_as_a_word(qapp: QApplication, theme: str) -> None:
    looks.set_theme(qapp, theme)
    dark = looks.is_dark()
    assert dark is (theme == "dark")
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.AlternateBase, QPalette.ColorRole.Window):
        ground = qapp.palette().color(role)
        assert [light.value for light in Light if contrast(looks.colour(light, dark), ground) < READ] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_light_can_be_seen_in_a_chosen_row(qapp: QApplication, theme: str) -> None:
    looks.set_theme(qapp, theme)
    edge, ground = looks.edge(looks.is_dark()), qapp.palette().color(QPalette.ColorRole.Highlight)
    assert contrast(edge, ground) >= SEEN


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_can_be_read(qapp: QApplication, theme: str) -> None:
    looks.set_theme(qapp, theme)
    role = QPalette.ColorRole
    pairs = (
        (role.WindowText, role.Window), (role.Text, role.Base), (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button), (role.HighlightedText, role.Highlight), (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base), (role.Link, role.Base), (role.Link, role.Window),
    )  # fmt: skip
    palette = qapp.palette()
    told = {(text, ground): contrast(palette.color(text), palette.color(ground)) for text, ground in pairs}
    assert {pair: found for pair, found in told.items() if found < READ} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_every_second_row_is_a_slight_grey_and_no_chosen_one(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, theme: str, platform: str
) -> None:
    monkeypatch.setattr("rectify_tool.desktop.looks.sys.platform", platform)
    looks.set_theme(qapp, theme)
    stripe = qapp.palette().color(QPalette.ColorRole.AlternateBase)
    assert max(stripe.getRgb()[:3]) - min(stripe.getRgb()[:3]) <= 8
    assert stripe.lightness() < 64 if theme == "dark" else stripe.lightness() > 192


def shape(light: Light) -> frozenset[tuple[int, int]]:
    """Where the sign is, its colour aside."""
    image = looks.icon(light).pixmap(16, 16).toImage().scaled(16, 16)
    solid = [(x, y) for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() > 127]
    return frozenset(solid)


def test_each_light_has_a_shape_of_its_own(qapp: QApplication) -> None:
    shapes = {light: shape(light) for light in Light}
    assert all(len(one) > 30 for one in shapes.values())
    for one, other in combinations(Light, 2):
        assert len(shapes[one] ^ shapes[other]) > 25, (one, other)


def test_the_size_of_letters_changes_in_every_window_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("台账")
    qtbot.addWidget(label)
    label.show()
    looks.set_font_size(qapp, 9)
    qapp.processEvents()
    small = label.fontMetrics().height()
    looks.set_font_size(qapp, 18)
    qapp.processEvents()
    assert label.fontMetrics().height() > 1.8 * small
    assert qapp.font().families()[: len(looks.FAMILIES)] == list(looks.FAMILIES)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_empty_box_can_be_seen_and_so_can_its_mark(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    looks.set_theme(qapp, theme)
    box = QCheckBox("只看牵头")
    qtbot.addWidget(box)
    box.ensurePolished()
    role, window = QPalette.ColorRole, qapp.palette().color(QPalette.ColorRole.Window)
    inside, outline = box.palette().color(role.Base), window.darker(140)
    assert max(contrast(inside, window), contrast(outline, window)) >= (SEEN if theme == "dark" else 1.5)
    assert contrast(box.palette().color(role.Text), inside) >= READ


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_a_chosen_row_without_the_keyboard_is_paler_and_can_be_read(qapp: QApplication, theme: str) -> None:
    looks.set_theme(qapp, theme)
    palette, group, role = qapp.palette(), QPalette.ColorGroup, QPalette.ColorRole
    chosen = {one: palette.color(one, role.Highlight) for one in (group.Active, group.Inactive)}
    assert chosen[group.Active] != chosen[group.Inactive]
    assert all(contrast(palette.color(one, role.HighlightedText), chosen[one]) >= READ for one in chosen)


def test_a_light_keeps_its_colour_in_a_chosen_row(qapp: QApplication) -> None:
    for light in Light:
        plain, chosen = (looks.icon(light).pixmap(QSize(16, 16), 1.0, mode).toImage() for mode in
                         (QIcon.Mode.Normal, QIcon.Mode.Selected))  # fmt: skip
        assert plain == chosen


def test_the_frame_shows_where_the_keyboard_is(qtbot: QtBot, qapp: QApplication) -> None:
    looks.set_theme(qapp, "light")
    page = QWidget()
    rows = QVBoxLayout(page)
    frames = [QListWidget(), QListWidget()]
    for frame in frames:
        looks.show_focus(frame)
        rows.addWidget(frame)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    for at in (0, 1):
        frames[at].setFocus()
        qtbot.waitUntil(frames[at].hasFocus)
        edges = [frame.palette().color(QPalette.ColorRole.WindowText) for frame in frames]
        assert edges[at] == qapp.palette().color(QPalette.ColorRole.Highlight)
        assert edges[1 - at] != edges[at]
