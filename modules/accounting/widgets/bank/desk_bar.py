"""The bar below a reconciliation: what is marked differs by, and what can be done with it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from erp_desktop.core.context import User
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import theme
from erp_desktop.ui.parts import button, card, chip, row, set_tone
from modules.accounting.permissions import Permission
from modules.accounting.selectors.reconciling import OutstandingRow

_ZERO = Decimal(0)


class DeskBar(QWidget):
    """Buttons that go by what is marked at each side."""

    def __init__(
        self,
        do: Callable[[Any], Any],
        deeds: tuple[Any, Any, Any],
        split: Callable[[], None],
        user: User,
    ) -> None:
        """`do` starts a coroutine; `deeds` reconcile, book and take a paper; `split` opens."""
        super().__init__()
        make, book, paper = (partial(do, deed) for deed in deeds)
        self.difference = chip()
        self.make = button(N_("Reconcile the marked"), make, key="page.save")
        self.book = button(N_("Book the marked…"), book, icon="pencil-plus-outline")
        self.paper = button(N_("Cheque or bill…"), paper, icon="checkbook")
        self.split = button(N_("Split the marked…"), split, icon="call-split")
        parts = (self.difference, None, self.paper, self.split, self.book, self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(row(*parts, spacing=theme.SPACE_M), margins=theme.SPACE_M))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._show_allowed(user)

    def follow(
        self, bank: Sequence[OutstandingRow], books: Sequence[OutstandingRow], currency: str
    ) -> None:
        """Say by how much the marked of both sides differ, and offer what can be done."""
        left = _sum(bank) - _sum(books)
        words = current()
        told = words.isolate(words.money(left, currency))
        self.difference.setText(f"{_('Difference')} {told}")
        set_tone(self.difference, "warn" if left else "ok")
        self.make.setEnabled(len(bank) + len(books) > 1 and not left)
        for each in (self.book, self.split):
            each.setEnabled(bool(bank) and not books)
        self.paper.setEnabled(len(bank) == 1 and not books)

    def _show_allowed(self, user: User) -> None:
        may = user.may(Permission.RECONCILE_BANKS)
        self.make.setVisible(may)
        self.paper.setVisible(may and user.may(Permission.MOVE_INSTRUMENTS))
        for each in (self.book, self.split):
            each.setVisible(may and user.may(Permission.POST_ENTRIES))


def _sum(rows: Sequence[OutstandingRow]) -> Decimal:
    return sum((each.amount for each in rows), _ZERO)
