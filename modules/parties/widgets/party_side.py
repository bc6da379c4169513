"""What stands beside a party's form: what is owed, and who looks like the same party."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, card, clear, column, label
from modules.parties.selectors import PartyDetails, PartySheet, SimilarParty

_WIDTH = 264


class AccountCard(QWidget):
    """What a party owes and is owed, and how much it may still buy on account."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: PartySheet | None = None
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(theme.SPACE_S)
        self.setLayout(column(card(label(N_("Account"), "heading"), self._grid)))
        self.setFixedWidth(_WIDTH)
        self.hide()
        follow(self, self._show)

    def show_sheet(self, sheet: PartySheet) -> None:
        """Show the account of a party; a new one has none."""
        self._sheet = sheet
        self.setVisible(sheet.party is not None)
        self._show()

    def _show(self) -> None:
        if self._sheet is None or self._sheet.party is None:
            return
        clear(self._grid)
        for line, (title, amount) in enumerate(account_of(self._sheet.party)):
            caption, value = label(look="muted"), label(look="strong")
            caption.setText(title)
            value.setText(current().money(amount, self._sheet.currency))
            self._grid.addWidget(caption, 2 * line, 0)
            self._grid.addWidget(value, 2 * line + 1, 0)


def account_of(party: PartyDetails) -> list[tuple[str, Decimal]]:
    """Return the figures of a party's account, in the user's words."""
    figures = []
    if party.is_customer or party.receivable:
        left = max((party.credit_limit or Decimal(0)) - party.receivable, Decimal(0))
        figures += [(_("Owes us"), party.receivable), (_("May still buy on account"), left)]
    if party.is_supplier or party.payable:
        figures.append((_("We owe"), party.payable))
    return figures


class SimilarCard(QWidget):
    """Parties that may be the one that is being written down.

    Signals:
        chosen: The id of one of them.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._words: QLabel = label(N_("We may know this partner already. Open it to see."))
        self._words.setWordWrap(True)
        self._list = column(spacing=theme.SPACE_XS)
        self.setLayout(column(card(label(N_("Look alike"), "heading"), self._words, self._list)))
        self.setFixedWidth(_WIDTH)
        self.hide()

    def show_similar(self, found: Sequence[SimilarParty]) -> None:
        """Show these instead of the ones before; nobody hides the card."""
        clear(self._list)
        for party in found[:4]:
            self._list.addWidget(self._entry(party))
        self.setVisible(bool(found))

    def _entry(self, party: SimilarParty) -> QPushButton:
        made = button("", lambda: self._choose(party.id), look="quiet", icon="account-outline")
        words = current()
        full = f"{party.named(words.language)} ({words.isolate(party.code)})"
        shown = made.fontMetrics().elidedText(full, Qt.TextElideMode.ElideRight, 180)
        made.setText(shown)
        made.setToolTip(full)
        return made

    def _choose(self, party_id: UUID) -> None:
        self.chosen.emit(party_id)
