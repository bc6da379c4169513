"""Two parties side by side, and the choice of the one to keep."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.facts import scrolled, wrapped
from erp_desktop.ui.follow import follow, worded
from erp_desktop.ui.parts import clear, column, label
from modules.parties.selectors import PartyDetails, PartySheet
from modules.parties.widgets.party_preview import facts_of

_ONE_LINE = 26

Sheets = tuple[PartySheet, PartySheet]


class Comparison(QWidget):
    """The facts of two parties beside each other; those that differ stand out.

    Signals:
        chosen: Another one is to be kept.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheets: Sheets | None = None
        self.keep = tuple(worded(QRadioButton(), N_("Keep this one")) for _side in range(2))
        self._group = QButtonGroup(self)
        for side, each in enumerate(self.keep):
            self._group.addButton(each, side)
        self.keep[0].setChecked(True)
        self._group.idClicked.connect(lambda _side: self.chosen.emit())
        self._names = tuple(wrapped("heading") for _side in range(2))
        self._facts = _grid()
        inside = QWidget()
        inside.setLayout(column(self._head(), self._facts, None))
        self.setLayout(column(scrolled(inside)))
        follow(self, self._show)

    @property
    def kept(self) -> PartyDetails | None:
        """The party to keep."""
        return self._party(self._group.checkedId())

    @property
    def merged(self) -> PartyDetails | None:
        """The party to close."""
        return self._party(1 - self._group.checkedId())

    def show_parties(self, sheets: Sheets) -> None:
        """Show two parties instead of the ones before; an inactive one is not proposed to keep."""
        self._sheets = sheets
        first, second = (sheet.party for sheet in sheets)
        second_is_better = bool(first and second and second.is_active and not first.is_active)
        self.keep[second_is_better].setChecked(True)
        self._show()

    def facts(self) -> list[tuple[str, str, str]]:
        """Return each fact with its value on either side."""
        if self._sheets is None:
            return []
        told = [dict(_told(sheet)) for sheet in self._sheets]
        titles = list(dict.fromkeys([*told[0], *told[1]]))
        return [(title, told[0].get(title, ""), told[1].get(title, "")) for title in titles]

    def _party(self, side: int) -> PartyDetails | None:
        return self._sheets[side].party if self._sheets is not None else None

    def _head(self) -> QGridLayout:
        head = _grid()
        for side in range(2):
            head.addWidget(self._names[side], 0, side + 1)
            head.addWidget(self.keep[side], 1, side + 1)
        head.addWidget(label(), 0, 0)
        return head

    def _show(self) -> None:
        for side, name in enumerate(self._names):
            party = self._party(side)
            name.setText(party.named(current().language) if party else "")
        clear(self._facts)
        for line, (title, *values) in enumerate(self.facts()):
            caption = wrapped("muted")
            caption.setText(title)
            # Beside several lines a caption stands at the first, beside one in its middle.
            is_long = any("\n" in text or len(text) > _ONE_LINE for text in values)
            place = Qt.AlignmentFlag.AlignTop if is_long else Qt.AlignmentFlag(0)
            self._facts.addWidget(caption, line, 0, place)
            look = "strong" if values[0] != values[1] else ""
            for side, text in enumerate(values):
                value = wrapped(look)
                value.setText(text or "—")
                self._facts.addWidget(value, line, side + 1, place)


def _told(sheet: PartySheet) -> Sequence[tuple[str, str]]:
    if sheet.party is None:
        return ()
    names = [(_("Name"), sheet.party.name), (_("Arabic name"), sheet.party.name_ar)]
    return [*names, *facts_of(sheet.party, sheet)]


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setHorizontalSpacing(theme.SPACE_M)
    made.setVerticalSpacing(theme.SPACE_S)
    for place, stretch in enumerate((2, 3, 3)):
        made.setColumnStretch(place, stretch)
    return made
