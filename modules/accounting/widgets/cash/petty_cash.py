"""Petty cash: small expenses are typed, listed, printed and undone; files lie at the side."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.attachments import Subject
from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.core.i18n import N_, _, current, words
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.attachments import AttachmentsSide
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import save_file
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.errors import cash_errors
from modules.accounting.permissions import Permission
from modules.accounting.petty_cash import SPEND_CASH, UNDO_VOUCHER
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.petty_cash import (
    CashBoxRow,
    PettyCash,
    VoucherFilter,
    VoucherRow,
    get_petty_cash,
    get_spending_choices,
    get_voucher_paper,
    list_vouchers,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.cash.expense_asking import Expense, ask_expense
from modules.accounting.widgets.months import month_of

_NOBODY = UUID(int=0)
_COLUMNS: tuple[Column[VoucherRow], ...] = (
    Column(N_("Number"), lambda r: current().isolate(r.number), width=155, strong=True),
    Column(
        N_("Date"),
        lambda r: current().date(r.dated_on) if r.number else "",
        width=92,
        value=lambda r: r.dated_on,
    ),
    Column(N_("Label"), lambda r: r.label if r.number else _("Total")),
    Column(N_("Partner"), lambda r: r.party_named(current().language), width=140),
    Column(N_("Number of the receipt"), lambda r: current().isolate(r.receipt), width=100),
    Column(N_("Account"), lambda r: current().isolate(r.account), width=70),
    Column(
        N_("Tax"),
        lambda r: current().amount(r.tax, r.currency) if r.tax else "",
        RIGHT,
        width=85,
        value=lambda r: r.tax,
    ),
    Column(
        N_("Amount"),
        lambda r: current().amount(r.amount, r.currency),
        RIGHT,
        width=105,
        value=lambda r: r.amount,
        strong=True,
    ),
    Column(
        N_("State"),
        lambda r: _("Undone") if r.is_undone else "",
        width=80,
        tone=lambda r: "bad" if r.is_undone else "",
    ),
    Column(N_("Of box"), lambda r: current().isolate(r.box), width=75),
    Column(N_("Made by"), lambda r: r.made_by, width=100, hidden=True),
)


def filter_of(query: Query, today: date) -> VoucherFilter:
    """Return what a filter line and its chip ask for."""
    days = month_of(today) if query.has("month") else asking.days_of(query, today)
    return VoucherFilter(query.text, days)


def total_row(found: PettyCash, currency: str) -> VoucherRow:
    """Return what the expenses amount to as a row."""
    day = date.min
    return VoucherRow(
        *(_NOBODY, _NOBODY, "", "", "", "", "", day, found.amount, "", "", "", ""),
        *(found.amount - found.tax, found.tax, "", "", None, "", "", "", "", False),
        currency,
    )


def _left_in(box: CashBoxRow) -> str:
    words = current()
    return _("{code}: {balance} of {ceiling}").format(
        code=words.isolate(box.code),
        balance=words.money(box.balance, box.currency),
        ceiling=words.money(box.ceiling, box.currency),
    )


def warnings_of(answer: Answer) -> str:
    """Return what the law says against what was posted all the same."""
    kinds = (cash_errors.CashAboveDayError, cash_errors.CashAboveMonthError)
    known = {kind.code: kind for kind in kinds}
    return " ".join(
        known[flag.code](**flag.details).sentence() for flag in answer.flags if flag.code in known
    )


class PettyCashPage(ListPage[VoucherRow]):
    """The expenses, the newest at the top; beside the title what is in each box."""

    title: ClassVar[str] = N_("Petty cash")
    hint: ClassVar[str] = N_("Number, label, receipt, partner, box, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (Chip("month", N_("This month")),)

    def __init__(self, backend: Backend) -> None:
        self._cash: PettyCash | None = None
        self._typed: Expense | None = None
        super().__init__(backend)
        self.files = AttachmentsSide(self, backend)
        self.set_preview(self.files, width=360)
        self.add_action(N_("Cash boxes"), self._on_boxes, icon="cash-register")
        self.add_action(N_("Cash book"), self._on_book, icon="book-open-variant")
        nothing = N_("No expenses here. Add a cash box first, fill it, then type what is spent.")
        self.table.empty.tell(nothing, icon="cash-minus")
        self.add_row_action(N_("Journal entry"), self.on_open)
        self.add_row_action(N_("PDF in French"), partial(self._on_pdf, "fr"))
        self.add_row_action(N_("PDF in Arabic"), partial(self._on_pdf, "ar"))
        if backend.user.may(Permission.SPEND_CASH):
            self.set_primary(N_("New expense"), lambda: self.start_once(self.spend))
            self.add_row_action(N_("Undo the expense"), lambda r: self.start_once(self.undo, r))

    @override
    async def load(self, query: Query, after: VoucherRow | None) -> Sequence[VoucherRow]:
        wanted = filter_of(query, wall_clock.today())
        return await self.backend.ask(list_vouchers, wanted, after=after)

    @override
    async def total(self, query: Query) -> VoucherRow | None:
        wanted = filter_of(query, wall_clock.today())
        self._cash = await self.backend.ask(get_petty_cash, wanted)
        self.header.show_summary(self.summary())
        if not self._cash.boxes:
            return None
        return total_row(self._cash, self._cash.boxes[0].currency)

    @override
    def summary(self) -> str:
        """Return what is in each box."""
        boxes = self._cash.boxes if self._cash is not None else ()
        return "   ".join(map(_left_in, boxes)) or super().summary()

    @override
    def on_open(self, row: VoucherRow) -> None:
        self.opens.emit("accounting.entries", row.entry)

    @override
    def preview(self, row: VoucherRow) -> None:
        subject = Subject("accounting.cash_voucher", row.id, row.branch_id)
        may_edit = self.backend.user.may(Permission.SPEND_CASH)
        self.files.show_subject(subject, may_edit=may_edit)

    async def spend(self) -> None:
        """Type expenses, one after the other; what was refused is proposed again."""
        choices = await self.backend.ask(get_spending_choices)
        if not choices.boxes:
            self.say(_("There is no cash box yet. Add one on the page Cash boxes."), "warn")
            return
        draft = self._typed or Expense(wall_clock.today(), choices.boxes[0].id)
        while True:
            typed = await ask_expense(self, choices, draft)
            self._typed = typed
            if typed is None:
                return
            answer = await self._post(typed)
            self._tell(typed, answer)
            draft = replace(typed, amount=None, label="", receipt="", party=None)

    async def undo(self, row: VoucherRow) -> None:
        """Reverse the entry of an expense."""
        number = current().isolate(row.number)
        question = _("Undo expense {number}? Its entry is reversed; its number stays used.")
        if not await confirm(self, question.format(number=number), _("Undo the expense")):
            return
        told = {"id": str(row.id), "branch_id": str(row.branch_id)}
        await self.backend.execute(UNDO_VOUCHER, told)
        self.say(_("Expense {number} is undone.").format(number=number))
        self.refresh()

    async def save_pdf(self, row: VoucherRow, language: str) -> None:
        """Ask where the voucher shall go, write it and open it."""
        path = await choose_target(self, _("PDF"), row.number, ".pdf")
        if path is None:
            return
        from modules.accounting.cash_paper import voucher_pdf  # noqa: PLC0415 - ReportLab is slow

        paper = await self.backend.ask(get_voucher_paper, row.id)
        if paper is not None:
            spoken = words(language, paper.country)
            await save_file(self, path, await self.backend.thread(voucher_pdf, paper, spoken))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    async def _post(self, typed: Expense) -> Answer:
        boxes = self._cash.boxes if self._cash is not None else ()
        branch = next((box.branch_id for box in boxes if box.id == typed.box), None)
        told = {"id": str(uuid7()), "branch_id": str(branch or self.backend.user.branch.id)}
        return await self.backend.execute(SPEND_CASH, {**typed.as_payload(), **told})

    def _tell(self, typed: Expense, answer: Answer) -> None:
        self._typed = None
        number = current().isolate(str(answer.result["number"]))
        said = _("Expense {number} is posted: {label}.").format(number=number, label=typed.label)
        warned = warnings_of(answer)
        self.say(f"{said} {warned}".strip(), "warn" if warned else "ok")
        self.refresh()

    def _on_pdf(self, language: str, row: VoucherRow) -> None:
        self.start_once(self.save_pdf, row, language)

    def _on_boxes(self) -> None:
        self.opens.emit("accounting.cash_boxes", None)

    def _on_book(self) -> None:
        self.opens.emit("accounting.cash_book", None)
