"""Reconciling a bank account: the bank at one side, the ledger at the other."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui import keys, theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, column
from modules.accounting.reconciling import Request, book_movements, reconcile
from modules.accounting.selectors.reconciling import (
    BankDesk,
    BankHead,
    get_bank_desk,
)
from modules.accounting.widgets.bank import lists
from modules.accounting.widgets.bank.booking import ask_booking
from modules.accounting.widgets.bank.desk_bar import DeskBar
from modules.accounting.widgets.bank.papers import ask_paper_of
from modules.accounting.widgets.bank.sides import SideTable

_PAGES = (
    (N_("Proposals"), "accounting.bank_proposals", "auto-fix"),
    (N_("Reconciled so far"), "accounting.bank_reconciled", "history"),
    (N_("Reconciliation statement"), "accounting.bank_state", "file-table-outline"),
)


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
        deeds = (self.make, self.book, self.take_paper)
        self.bar = DeskBar(self.start_once, deeds, self._on_split, backend.user)
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

    async def take_paper(self) -> None:
        """Ask which cheque or bill the marked movement is, and reconcile it with that."""
        marked = self.bank.marks()
        if self.desk is not None and marked:
            request = await ask_paper_of(self, self.backend, self.desk.head.id, marked[0])
            if request is not None:
                await self._send(request)
                self.say(_("Reconciled."))

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
        self.setLayout(column(self.header, self.notices, sides, self.bar, margins=theme.SPACE_L))
        keys.bind(self, "page.refresh", self.refresh)
        follow(self, self._word)

    def _offer(self) -> None:
        for message, page, icon in _PAGES:
            self.header.add(button(message, self._opener(page), icon=icon))

    def _opener(self, page: str) -> Any:
        return lambda: self.opens.emit(page, self._code)

    def _word(self) -> None:
        if self.desk is not None:
            head = self.desk.head
            self.bar.follow(self.bank.marks(), self.books.marks(), head.currency)
            self.header.show_summary(_told(head))

    def _on_split(self) -> None:
        movements = [str(each.movement_id) for each in self.bank.marks()]
        self.opens.emit("accounting.bank_split", {"bank": self._code, "movements": movements})


def _told(head: BankHead) -> str:
    words = current()
    return _("{account}, statements until {date}").format(
        account=words.isolate(f"{head.code} · {head.account}"),
        date=words.date(head.read_until) if head.read_until else "—",
    )
