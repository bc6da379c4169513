"""The bar above every page: search and commands, the line, news, branch and user."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QToolButton

from erp_desktop.core.context import User
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui import keys, language, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.icons import icon, tinted
from erp_desktop.ui.link_chip import LinkChip
from erp_desktop.ui.notifications import Bell
from erp_desktop.ui.parts import add, kind, row

THEME_NAMES = {"light": N_("Light"), "dark": N_("Dark"), "system": N_("As the system")}
DENSITY_NAMES = {"comfortable": N_("Comfortable"), "compact": N_("Compact")}
_HEIGHT = 54


def name_of(user: User) -> str:
    """Return what the user is called in the language of now."""
    return in_language(current().language, user.name, user.name_ar)


def branch_of(user: User) -> str:
    """Return what the user's branch is called in the language of now."""
    branch = user.branch
    return in_language(current().language, branch.name, branch.name_ar)


class TopBar(QFrame):
    """Wires nothing itself: the shell listens.

    Signals:
        search_asked: The palette is wanted.
        line_asked: The sync page is wanted.
        preferred: The user prefers another language, theme or density: which, and its value.
        asked: Id of what was chosen in the user's menu: keys, modules, lock, sign_out, quit.
    """

    search_asked = Signal()
    line_asked = Signal()
    preferred = Signal(str, str)
    asked = Signal(str)

    def __init__(self, user: User, link: Any = None) -> None:
        super().__init__()
        kind(self, "bar")
        self._user = user
        self.bell = Bell()
        self._person = QToolButton()
        self._menu = QMenu(self._person)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._person.setMenu(self._menu)
        self._person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        follow(self._person, self._word_person)
        line = row(self._search(), None, spacing=theme.SPACE_S)
        line.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, 0)
        self._has_station = link is not None
        if link is not None:
            self.chip = LinkChip(link)
            self.chip.clicked.connect(self.line_asked)
            add(line, self.chip)
        add(line, self.bell)
        add(line, self._person)
        self.setLayout(line)
        self.setFixedHeight(_HEIGHT)

    def _search(self) -> QPushButton:
        made: QPushButton = kind(QPushButton(), "search")
        made.setMinimumWidth(400)
        made.clicked.connect(self.search_asked)
        tinted(made, "magnify", "muted")
        words = N_("Search or run a command…")
        return follow(made, lambda: made.setText(f" {_(words)}   {keys.shown('app.palette')}"))

    def _word_person(self) -> None:
        self._person.setText(f"{branch_of(self._user)} · {name_of(self._user)}")

    def _fill_menu(self) -> None:
        menu = self._menu
        menu.clear()
        chosen = theme.look()
        languages = menu.addMenu(icon("translate"), _("Language"))
        self._choices(
            languages, language.NAMES, current().language, partial(self.preferred.emit, "language")
        )
        themes = {name: _(words) for name, words in THEME_NAMES.items()}
        shades = menu.addMenu(icon("theme-light-dark"), _("Theme"))
        self._choices(shades, themes, chosen.theme, partial(self.preferred.emit, "theme"))
        densities = {name: _(words) for name, words in DENSITY_NAMES.items()}
        rows = menu.addMenu(icon("format-line-spacing"), _("Row height"))
        self._choices(rows, densities, chosen.density, partial(self.preferred.emit, "density"))
        menu.addSeparator()
        for identity, name, words in ENTRIES:
            if identity == "printers" and not self._has_station:
                continue
            action = menu.addAction(icon(name), _(words))
            action.triggered.connect(partial(self._ask, identity))

    def _ask(self, identity: str, *_state: bool) -> None:
        self.asked.emit(identity)

    def _choices(
        self, menu: QMenu, names: dict[str, str], now: str, choose: Callable[[str], object]
    ) -> None:
        group = QActionGroup(menu)
        for each, words in names.items():
            action = QAction(words, menu, checkable=True)
            action.setChecked(each == now)
            action.triggered.connect(partial(_call, choose, each))
            group.addAction(action)
            menu.addAction(action)


def _call(choose: Callable[[str], object], value: str, *_state: bool) -> None:
    choose(value)


ENTRIES = (
    ("keys", "keyboard-outline", N_("Keys")),
    ("printers", "printer-outline", N_("Printers")),
    ("modules", "puzzle-outline", N_("Modules")),
    ("lock", "lock-outline", N_("Lock")),
    ("sign_out", "logout", N_("Sign out")),
    ("quit", "power", N_("Quit")),
)
