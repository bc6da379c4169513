"""The way to every page: grouped by module, only what the user may open, at the leading edge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QToolButton, QWidget

from erp_desktop.core.context import User
from erp_desktop.core.i18n import N_, _
from erp_desktop.plugins.modules import Modules
from erp_desktop.ui import memory, theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.icons import icon
from erp_desktop.ui.parts import clear, column, kind, label, row, tool

_WIDE, _NARROW = 208, 64
_WORDS = 132  # What a place's name may take beside its icon and the scroll bar.
_KEY = "narrow"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; texts marked `N_`."""

    id: str
    title: str
    icon: str
    group: str
    shortcut: str = ""


def places_for(user: User, modules: Modules) -> list[Place]:
    """Return what this user may open, pages of a group together.

    The homes of their roles come first, each with its group; all others in the modules' order.
    """
    found = [
        (Place(page.id, page.title, page.icon, page.group or manifest.title, page.shortcut), page)
        for manifest, page in modules.pages()
        if page.navigation and (not page.permission or user.may(page.permission))
    ]
    homes = [place for place, page in found if {*user.roles} & {*page.home_for}]
    places = list(dict.fromkeys([*homes, *(place for place, _page in found)]))
    groups = list(dict.fromkeys(place.group for place in places))
    return sorted(places, key=lambda each: groups.index(each.group))


def _cut(entry: QToolButton, words: str) -> str:
    """Return a name as it fits; the tooltip says all of it."""
    entry.ensurePolished()
    marked = QFont(entry.font())
    marked.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(marked).elidedText(words, Qt.TextElideMode.ElideRight, _WORDS)


class Navigation(QFrame):
    """The dark bar of places.

    Signals:
        chosen: Id of a page to open.
        failure_chosen: Id of a module whose log is wanted.
    """

    chosen = Signal(str)
    failure_chosen = Signal(str)

    def __init__(self, brand: str = N_("ERP Desktop")) -> None:
        super().__init__()
        kind(self, "navigation")
        self._brand = label(brand, "brand")
        self._fold = tool(N_("Show or hide the navigation"), self.toggle, icon="menu")
        follow(self._fold, lambda: self._fold.setIcon(icon("menu", "navigation_text")))
        self._list = column(spacing=2)
        self._buttons: dict[str, QToolButton] = {}
        self._groups: list[QLabel] = []
        self.is_narrow = False
        self._lay_out()
        self.set_narrow(narrow=bool(memory.current().get(_KEY)))

    def show_places(self, places: Sequence[Place], failed: Sequence[str] = ()) -> None:
        """Show these places, and these modules as failed."""
        clear(self._list)
        self._buttons, self._groups = {}, []
        several = len(places) > len({place.group for place in places})
        group = ""
        for place in places:
            if several and place.group != group:
                group = place.group
                self._groups.append(self._group(group))
            go = partial(self.chosen.emit, place.id)
            self._buttons[place.id] = self._entry(place.title, place.icon, go)
        for module in failed:
            self._failed_entry(module)
        self._list.addStretch(1)
        self.set_narrow(narrow=self.is_narrow)

    def mark(self, identity: str) -> None:
        """Mark where the user is."""
        for each, entry in self._buttons.items():
            entry.setChecked(each == identity)
        if identity in self._buttons:
            self._scroll.ensureWidgetVisible(self._buttons[identity], 0, theme.SPACE_XL)

    def toggle(self) -> None:
        """Show words and icons, or icons only, now and at the next start."""
        self.set_narrow(narrow=not self.is_narrow)
        memory.current().set(_KEY, self.is_narrow)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or words too."""
        self.is_narrow = narrow
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        self._brand.setVisible(not narrow)
        for each in self._groups:
            each.setVisible(not narrow)
        style = Qt.ToolButtonStyle
        for entry in self.findChildren(QToolButton):
            if entry is not self._fold:
                entry.setToolButtonStyle(
                    style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
                )

    def _failed_entry(self, module: str) -> None:
        show = partial(self.failure_chosen.emit, module)
        made = self._entry(module, "alert-circle-outline", show)
        follow(made, lambda: made.setToolTip(_("Failed. Click to see why.")))

    def _group(self, title: str) -> QLabel:
        made = label(title, "group")
        made.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_M, theme.SPACE_XS)
        self._list.addWidget(made)
        return made

    def _entry(self, title: str, name: str, on_click: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        # A style sheet cannot set the gap between a tool button's icon and its words.
        follow(made, lambda: made.setText(f"  {_cut(made, _(title))}"))
        made.setCheckable(True)
        made.setIconSize(theme.ICON)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        # A wide name must not widen the list: it would be cut, and no longer end with dots.
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda *_state: on_click())
        follow(made, lambda: made.setToolTip(_(title)))
        follow(
            made,
            lambda: made.setIcon(icon(name, "navigation_text", active="navigation_strong")),
        )
        self._list.addWidget(made)
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self._list)
        scroll = self._scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        head = row(self._brand, None, self._fold)
        head.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_XS, theme.SPACE_S)
        self.setLayout(column(head, scroll, margins=theme.SPACE_S, spacing=theme.SPACE_S))
