"""How it looks: one set of tokens, both themes, every icon, no cut words."""

import re
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop import house
from erp_desktop.core.i18n import N_
from erp_desktop.ui import follow, icons, language, theme
from erp_desktop.ui.follow import worded
from erp_desktop.ui.parts import button, label
from erp_desktop.ui.theme import DARK, LIGHT, Look, Tokens


def luminance(color: str) -> float:
    shades = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    ]
    return 0.2126 * shades[0] + 0.7152 * shades[1] + 0.0722 * shades[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("text", "background"),
        ("text", "surface"),
        ("text", "soft"),
        ("muted", "background"),
        ("muted", "surface"),
        ("muted", "raised"),
        ("accent", "surface"),
        ("accent_text", "accent"),
        ("ok", "ok_soft"),
        ("warn", "warn_soft"),
        ("bad", "bad_soft"),
        ("bad", "surface"),
        ("navigation_text", "navigation"),
        ("navigation_strong", "navigation_on"),
    ],
)
def test_words_can_be_read(tokens: Tokens, words: str, ground: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("density", theme.DENSITIES)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_uses_tokens_and_nothing_else(tokens: Tokens, density: str) -> None:
    source = (house.folder("resources") / "theme" / "erp.qss").read_text("utf-8")

    assert not re.findall(r"#[0-9A-Fa-f]{6}", source)
    assert "$" not in theme.style_sheet(tokens, Look("light", density))


def test_no_page_names_a_color() -> None:
    for folder in ("erp_desktop", "modules"):
        for path in (house.folder("resources").parent / folder).rglob("*.py"):
            if path.name != "theme.py":
                found = re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']", path.read_text("utf-8"))
                assert not found, f"{path} names {found}"


def test_all_tokens_are_colors() -> None:
    for tokens in (LIGHT, DARK):
        assert all(QColor(getattr(tokens, each.name)).isValid() for each in fields(tokens))


def test_icons_follow_the_theme(qtbot: QtBot) -> None:
    made = icons.tinted(button(N_("Save")), "content-save-outline")
    qtbot.addWidget(made)
    before = made.icon().pixmap(18).toImage()

    theme.use(Look("dark"))

    assert made.icon().pixmap(18).toImage() != before


def test_arrows_turn_round_in_arabic_and_clocks_do_not(qtbot: QtBot) -> None:
    arrow, clock = button(N_("Next"), icon="arrow-right"), button(N_("Time"), icon="clock-outline")
    for made in (arrow, clock):
        qtbot.addWidget(made)
    before = [made.icon().pixmap(32).toImage() for made in (arrow, clock)]

    language.use("ar")

    after = [made.icon().pixmap(32).toImage() for made in (arrow, clock)]
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_an_unknown_icon_is_a_puzzle_and_no_error() -> None:
    assert not icons.icon("no-such-icon").isNull()


def test_words_follow_the_language_as_long_as_the_widget_lives(qtbot: QtBot) -> None:
    made = worded(QLabel(), N_("Save"))
    qtbot.addWidget(made)

    language.use("fr")
    assert made.text() == "Enregistrer"

    language.use("en")
    assert made.text() == "Save"


def test_a_widget_that_is_gone_is_forgotten(qapp: QApplication) -> None:
    parent = QWidget()
    child = worded(QLabel(parent), N_("Save"))
    parent.deleteLater()
    qapp.sendPostedEvents(None, 52)
    qapp.processEvents()
    before = len(follow._followers)

    follow.refresh()

    assert len(follow._followers) < before
    assert child is not None


def test_a_french_name_stands_at_the_leading_edge_of_an_arabic_window(qtbot: QtBot) -> None:
    made = label()
    qtbot.addWidget(made)
    made.setText("Textiles Benali SARL")

    language.use("ar")

    assert made.alignment() & Qt.AlignmentFlag.AlignRight
    language.use("en")
    assert made.alignment() & Qt.AlignmentFlag.AlignLeft


def test_qts_own_words_are_translated(qapp: QApplication) -> None:
    language.use("fr")

    assert qapp.translate("QPlatformTheme", "Cancel") == "Annuler"


@pytest.mark.parametrize("code", language.NAMES)
def test_buttons_never_cut_their_words(qtbot: QtBot, code: str) -> None:
    language.use(code)
    for density in theme.DENSITIES:
        theme.use(Look("light", density))
        made = button(N_("Mark all as read"), icon="check")
        qtbot.addWidget(made)
        made.ensurePolished()

        words = made.fontMetrics().horizontalAdvance(made.text())
        assert made.sizeHint().width() >= words + made.iconSize().width()
