"""Reconciling a bank account: the bank at one side, the ledger at the other."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, chip, column, row, set_tone
from modules.accounting.permissions import Permission
from modules.accounting.reconciling import Request, book_movements, reconcile
from modules.accounting.selectors.reconciling import (
    BankDesk,
    BankHead,
    OutstandingRow,
    get_bank_desk,
)
from modules.accounting.widgets.bank import lists
from modules.accounting.widgets.bank.booking import ask_booking
from modules.accounting.widgets.bank.sides import SideTable

_ZERO = Decimal(0)


class BankReconciliationPage(Page):
    """Mark with the space bar on both sides; equal sums are reconciled with Ctrl+S."""

    title: ClassVar[str] = N_("Bank reconciliation")

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self._code = ""
        self.desk: BankDesk | None = None
        self._name_tab = lists.name_tab(self, lambda: self._code)
        self.header = Header(self.title)
        self.bank = SideTable(
            N_("Only at the bank"),
            N_("Reference"),
            N_("Nothing is left here. Import the next statement."),
        )
        self.books = SideTable(N_("Only in the ledger"), N_("Number"), N_("Nothing is left here."))
        self.difference = chip()
        self._make = button(N_("Reconcile the marked"), self._doer(self.make), key="page.save")
        self._book = button(
            N_("Book the marked…"), self._doer(self.book), icon="pencil-plus-outline"
        )
        self._split = button(N_("Split the marked…"), self._on_split, icon="call-split")
        self._lay_out()
        self._offer()

    @override
    def open(self, argument: Any) -> None:
        """Reconcile the bank account of a code."""
        self._code = str(argument or "")
        if self.isVisible():
            self.refresh()

    @override
    def on_first_show(self) -> None:
        self.refresh()

    @override
    def on_return(self) -> None:
        self.refresh()

    @override
    def state(self) -> dict[str, Any]:
        return {"bank": self._code}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._code = str(state.get("bank") or "")

    def refresh(self) -> None:
        """Ask afresh what each side has alone."""
        if self._code:
            self.start_latest(self._find)

    async def make(self) -> None:
        """Reconcile what is marked."""
        if self.desk is not None:
            lines = [(r.entry_id, r.line_no) for r in self.books.marks() if r.entry_id]
            await self._send(
                reconcile(
                    self.desk.head.id,
                    [r.movement_id for r in self.bank.marks() if r.movement_id],
                    [(entry, number) for entry, number in lines if number is not None],
                )
            )
            self.say(_("Reconciled."))

    async def book(self) -> None:
        """Ask for an account, book the marked movements to it and reconcile them."""
        marked, desk = self.bank.marks(), self.desk
        if desk is None or not marked:
            self.say(_("Mark at the left what only the bank knows."), "warn")
            return
        told = await ask_booking(self, desk, marked)
        if told is None or told.on is None:
            return
        movements = [each.movement_id for each in marked if each.movement_id]
        request = book_movements(
            desk.head.id, movements, told.as_part(), on=told.on, label=told.label
        )
        number = (await self._send(request))["number"]
        self.say(_("Booked as {number}.").format(number=current().isolate(number)))

    async def _send(self, request: Request) -> Mapping[str, Any]:
        answer = await self.backend.execute(*request)
        await self._find()
        return answer.result

    async def _find(self) -> None:
        desk = self.desk = await self.backend.ask(get_bank_desk, self._code)
        self.bank.show_side(desk.bank, desk.head.statement, desk.head.currency)
        self.books.show_side(desk.books, desk.head.ledger, desk.head.currency)
        self._name_tab()
        self._word()

    def _lay_out(self) -> None:
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        for side in (self.bank, self.books):
            sides.addWidget(side)
            side.marked.connect(self._word)
        self.books.opened.connect(lambda r: self.opens.emit("accounting.entries", r.number))
        bar = card(
            row(self.difference, None, self._split, self._book, self._make, spacing=theme.SPACE_M),
            margins=theme.SPACE_M,
        )
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(self.header, self.notices, sides, bar, margins=theme.SPACE_L))
        keys.bind(self, "page.refresh", self.refresh)
        follow(self, self._word)

    def _offer(self) -> None:
        user = self.backend.user
        for message, page, icon in (
            (N_("Proposals"), "accounting.bank_proposals", "auto-fix"),
            (N_("Reconciled so far"), "accounting.bank_reconciled", "history"),
            (N_("Reconciliation statement"), "accounting.bank_state", "file-table-outline"),
        ):
            self.header.add(button(message, self._opener(page), icon=icon))
        may = user.may(Permission.RECONCILE_BANKS)
        self._make.setVisible(may)
        for each in (self._book, self._split):
            each.setVisible(may and user.may(Permission.POST_ENTRIES))

    def _opener(self, page: str) -> Any:
        return lambda: self.opens.emit(page, self._code)

    def _word(self) -> None:
        desk = self.desk
        if desk is None:
            return
        words, head = current(), desk.head
        bank, books = self.bank.marks(), self.books.marks()
        left = _sum(bank) - _sum(books)
        self.difference.setText(
            f"{_('Difference')} {words.isolate(words.money(left, head.currency))}"
        )
        set_tone(self.difference, "warn" if left else "ok")
        self._make.setEnabled(len(bank) + len(books) > 1 and not left)
        for each in (self._book, self._split):
            each.setEnabled(bool(bank) and not books)
        self.header.show_summary(_told(head))

    def _doer(self, deed: Any) -> Any:
        return lambda: self.start_once(deed)

    def _on_split(self) -> None:
        movements = [str(each.movement_id) for each in self.bank.marks()]
        self.opens.emit("accounting.bank_split", {"bank": self._code, "movements": movements})


def _sum(rows: Sequence[OutstandingRow]) -> Decimal:
    return sum((each.amount for each in rows), _ZERO)


def _told(head: BankHead) -> str:
    words = current()
    return _("{account}, statements until {date}").format(
        account=words.isolate(f"{head.code} · {head.account}"),
        date=words.date(head.read_until) if head.read_until else "—",
    )
