"""Late charges: the debit notes of customers and the fines of quarters, and making one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current, words
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import save_file
from erp_desktop.ui.fields import Field
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.filters import Query
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, DateField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.late_charges import Request, charge_customer, charge_fine, undo_late_charge
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE, SentReminder
from modules.accounting.selectors.late_charges import (
    LateChargeRow,
    get_late_paper,
    list_late_charges,
)

_ZERO = Decimal(0)
_KINDS = {"note": N_("Debit note"), "fine": N_("Fine for late payment")}


def _figure(title: str, name: str, *, strong: bool = False) -> Column[LateChargeRow]:
    def text(row: LateChargeRow) -> str:
        amount: Decimal = getattr(row, name)
        return current().amount(amount, row.currency) if amount else ""

    return Column(title, text, RIGHT, 120, value=lambda r: getattr(r, name), strong=strong)


class LateChargesPage(ListPage[LateChargeRow]):
    """The list, the newest first."""

    title: ClassVar[str] = N_("Late charges")
    hint: ClassVar[str] = N_("Number or customer")
    page_size: ClassVar[int] = PAGE_SIZE
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Number"), lambda r: current().isolate(r.number), width=165, strong=True),
        Column(
            N_("Date"), lambda r: current().date(r.dated_on), width=92, value=lambda r: r.dated_on
        ),
        Column(N_("Kind"), lambda r: _(_KINDS[r.kind]), width=190),
        Column(N_("Customer"), lambda r: r.named(current().language)),
        _figure(N_("Fee"), "fee"),
        _figure(N_("Interest"), "interest"),
        _figure(N_("Amount"), "amount", strong=True),
        Column(
            N_("State"),
            lambda r: _("Undone") if r.is_undone else "",
            width=90,
            tone=lambda r: "bad" if r.is_undone else "",
        ),
        Column(N_("Made by"), lambda r: r.made_by, width=100, hidden=True),
        Column(N_("Branch"), lambda r: r.branch, width=70, hidden=True),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        nothing = N_("Nothing here. Book fee and interest of a letter on the page Sent reminders.")
        self.table.empty.tell(nothing, icon="cash-clock")
        self.add_row_action(N_("PDF in French"), partial(self._on_pdf, "fr"))
        self.add_row_action(N_("PDF in Arabic"), partial(self._on_pdf, "ar"))
        if backend.user.may(Permission.CHARGE_LATE):
            self.add_row_action(N_("Undo the charge"), lambda row: self.start_once(self.undo, row))

    @override
    async def load(self, query: Query, after: LateChargeRow | None) -> Sequence[LateChargeRow]:
        return await self.backend.ask(list_late_charges, words=query.text, after=after)

    @override
    def on_open(self, row: LateChargeRow) -> None:
        self._on_pdf(current().language, row)

    async def undo(self, row: LateChargeRow) -> None:
        """Reverse the entry of a note or a fine."""
        number = current().isolate(row.number)
        question = _("Undo {number}? Its entry is reversed; its number stays used.")
        if await confirm(self, question.format(number=number), _("Undo the charge")):
            await self.backend.execute(*undo_late_charge(row.id))
            self.say(_("{number} is undone.").format(number=number))
            self.refresh()

    async def save_pdf(self, row: LateChargeRow, language: str) -> None:
        """Ask where the paper shall go, write it and open it."""
        path = await choose_target(self, _("PDF"), row.number, ".pdf")
        if path is None:
            return
        from modules.accounting.late_paper import note_pdf  # noqa: PLC0415 - ReportLab is slow

        paper = await self.backend.ask(get_late_paper, row.id)
        if paper is None:
            return
        content = await self.backend.thread(note_pdf, paper, words(language, paper.country))
        await save_file(self, path, content)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_pdf(self, language: str, row: LateChargeRow) -> None:
        self.start_once(self.save_pdf, row, language if language in {"fr", "ar"} else "fr")


@dataclass(frozen=True, slots=True)
class _Note:
    on: date | None
    fee: Decimal | None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Fine:
    on: date | None
    amount: Decimal | None


async def ask_note(page: QWidget, letter: SentReminder, today: date) -> Request | None:
    """Ask what of a letter shall be booked; None if nothing."""
    fields: tuple[Field, ...] = (
        DateField("on", N_("Date"), required=True),
        AmountField("fee", N_("Fee"), currency=letter.currency, least=_ZERO),
        AmountField("percent", N_("Interest a year, %"), decimals=4, least=_ZERO),
    )
    spoken = current()
    about = _("Letter of {date} to {name}, {amount} overdue").format(
        date=spoken.date(letter.dated_on),
        name=letter.named(spoken.language),
        amount=spoken.money(letter.total, letter.currency),
    )
    asked = _Note(max(today, letter.dated_on), letter.fee)
    told = await ask_form(page, N_("Book fee and interest"), N_("Book"), fields, asked, about=about)
    if told is None or told.on is None:
        return None
    rate = (told.percent or _ZERO) / 100
    return charge_customer(letter.id, on=told.on, fee=told.fee or _ZERO, rate=rate)


async def ask_fine(
    page: QWidget, days: tuple[date, date], amount: Decimal, currency: str
) -> Request | None:
    """Ask on what day the fine of a quarter shall be booked; None if it shall not."""
    fields: tuple[Field, ...] = (
        DateField("on", N_("Date"), required=True),
        AmountField("amount", N_("Fine"), currency=currency, required=True),
    )
    spoken = current()
    about = _("{first} to {last}").format(first=spoken.date(days[0]), last=spoken.date(days[1]))
    asked = _Fine(days[1], amount)
    told = await ask_form(page, N_("Book the fine"), N_("Book"), fields, asked, about=about)
    if told is None or told.on is None or told.amount is None:
        return None
    return charge_fine(*days, told.amount, on=told.on)
