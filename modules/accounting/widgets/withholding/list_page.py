"""The certificates of withholding tax: what we owe the state by them, and what it owes us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, words
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import save_file
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import CodeField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.withholding import (
    WithholdingFilter,
    WithholdingRow,
    WithholdingSum,
    get_withholding_paper,
    list_withholdings,
    sum_withholdings,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.law_words import percent
from modules.accounting.widgets.months import month_of
from modules.accounting.widgets.withholding.asking import (
    SIDES,
    Certificate,
    ask_certificate,
    make_certificate,
)
from modules.accounting.withholding import UNDO_WITHHOLDING, name_withholding

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class _Come:
    number: str = ""


def is_to_come(row: WithholdingRow) -> bool:
    """Whether a customer owes us the paper still."""
    return row.side == "received" and not row.number and not row.is_undone


def _number(row: WithholdingRow) -> str:
    return current().isolate(row.number) or (_("To come") if is_to_come(row) else "")


def _state(row: WithholdingRow) -> tuple[str, Tone]:
    if row.is_undone:
        return _("Undone"), "bad"
    return (_("To come"), "warn") if is_to_come(row) else ("", "")


_COLUMNS: tuple[Column[WithholdingRow], ...] = (
    Column(N_("Number"), _number, width=158, strong=True),
    Column(
        N_("Date"),
        lambda r: current().date(r.dated_on) if r.side else "",
        width=92,
        value=lambda r: r.dated_on,
    ),
    Column(N_("Which way"), lambda r: _(SIDES[r.side]) if r.side else "", width=130),
    Column(N_("Partner"), lambda r: r.named(current().language) if r.side else _("Total")),
    Column(N_("Document"), lambda r: current().isolate(r.document), width=105),
    Column(N_("What for"), lambda r: r.kind_named(current().language), width=140),
    Column(
        N_("Base"),
        lambda r: current().amount(r.base, r.currency) if r.side else "",
        RIGHT,
        width=98,
        value=lambda r: r.base,
    ),
    Column(N_("Rate"), lambda r: percent(r.rate) if r.side else "", RIGHT, 60),
    Column(
        N_("Amount withheld"),
        lambda r: current().amount(r.amount, r.currency),
        RIGHT,
        width=105,
        value=lambda r: r.amount,
        strong=True,
    ),
    Column(
        N_("State"),
        lambda r: _state(r)[0],
        width=80,
        tone=lambda r: _state(r)[1],
    ),
    Column(N_("Attestation"), lambda r: current().isolate(r.attestation), width=120, hidden=True),
    Column(N_("Made by"), lambda r: r.made_by, width=100, hidden=True),
    Column(N_("Branch"), lambda r: r.branch, width=70, hidden=True),
)


def filter_of(query: Query, today: date) -> WithholdingFilter:
    """Return what a filter line and its chips ask for; both sides pressed are all."""
    sides = [side for side in SIDES if query.has(side)]
    days = month_of(today) if query.has("month") else asking.days_of(query, today)
    side = sides[0] if len(sides) == 1 else ""
    return WithholdingFilter(query.text, side, days, query.has("to_come"))


def total_row(found: WithholdingSum, side: str) -> WithholdingRow:
    """Return the sums as a row: of both sides, what is left to pay after what we can deduct."""
    issued, received = (
        current().amount(each, found.currency) for each in (found.issued, found.received)
    )
    told = _("Ours {issued}, received {received}").format(issued=issued, received=received)
    amounts = {"issued": found.issued, "received": found.received}
    amount = amounts.get(side, found.issued - found.received)
    day = date.min
    return WithholdingRow(
        *(_NOBODY, "", "", "", _NOBODY, told, "", "", "", day, day, "", "", "", "", ""),
        *(amount, amount, amount, amount, amount, "", None, "", False, found.currency, None),
    )


class WithholdingListPage(ListPage[WithholdingRow]):
    """The list, the newest at the top."""

    title: ClassVar[str] = N_("Withholding")
    hint: ClassVar[str] = N_("Number, partner, document, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (
        *(Chip(side, title) for side, title in SIDES.items()),
        Chip("to_come", N_("To come")),
        Chip("month", N_("This month")),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._typed: Certificate | None = None
        nothing = N_("No certificates here. Make one for what was withheld of a payment.")
        self.table.empty.tell(nothing, icon="percent-outline")
        self.add_row_action(N_("PDF in French"), partial(self._on_pdf, "fr"))
        self.add_row_action(N_("PDF in Arabic"), partial(self._on_pdf, "ar"))
        if backend.user.may(Permission.WITHHOLD):
            self.set_primary(N_("New certificate"), lambda: self.start_once(self.make))
            self.add_row_action(N_("It has come…"), lambda row: self.start_once(self.take, row))
            self.add_row_action(
                N_("Undo the certificate"), lambda row: self.start_once(self.undo, row)
            )

    @override
    async def load(self, query: Query, after: WithholdingRow | None) -> Sequence[WithholdingRow]:
        return await self.backend.ask(
            list_withholdings, filter_of(query, wall_clock.today()), after=after
        )

    @override
    async def total(self, query: Query) -> WithholdingRow | None:
        wanted = filter_of(query, wall_clock.today())
        return total_row(await self.backend.ask(sum_withholdings, wanted), wanted.side)

    @override
    def on_open(self, row: WithholdingRow) -> None:
        self._on_pdf(current().language, row)

    async def make(self) -> None:
        """Make a certificate; what was refused is proposed again."""
        draft = self._typed or Certificate(wall_clock.today(), wall_clock.today())
        self._typed = typed = await ask_certificate(self, self.backend, draft)
        if typed is not None:
            sentence = await make_certificate(self.backend, typed, self.backend.user.branch.id)
            self._typed = None
            self.say(sentence)
            self.refresh()

    async def take(self, row: WithholdingRow) -> None:
        """Type the number of a certificate that has come."""
        document = current().isolate(row.document)
        if not is_to_come(row):
            self.say(_("The certificate of {document} is here already.").format(document=document))
            return
        about = _("It is about {document}.").format(document=document)
        number = CodeField("number", N_("Number"), required=True)
        told = await ask_form(
            self, N_("Certificate of a customer"), N_("Save"), [number], _Come(), about=about
        )
        if told is None:
            return
        await self.backend.do(name_withholding, row.id, told.number)
        number_said = current().isolate(told.number)
        self.say(_("Certificate {number} is filed.").format(number=number_said))
        self.refresh()

    async def undo(self, row: WithholdingRow) -> None:
        """Reverse the entry of a certificate; one of a payment is taken back on its page."""
        if row.payment_id is not None:
            self.opens.emit("sales.payment", row.payment_id)
            return
        number = current().isolate(row.number)
        question = _("Undo certificate {number}? Its entry is reversed; its number stays used.")
        if not await confirm(self, question.format(number=number), _("Undo the certificate")):
            return
        await self.backend.execute(UNDO_WITHHOLDING, {"id": str(row.id)})
        self.say(_("Certificate {number} is undone.").format(number=number))
        self.refresh()

    async def save_pdf(self, row: WithholdingRow, language: str) -> None:
        """Ask where the certificate shall go, write it and open it."""
        path = await choose_target(self, _("PDF"), row.number.replace("/", "-"), ".pdf")
        if path is None:
            return
        from modules.accounting.withholding_paper import (  # noqa: PLC0415 - ReportLab is slow
            certificate_pdf,
        )

        paper = await self.backend.ask(get_withholding_paper, row.id)
        if paper is None:
            return
        content = await self.backend.thread(certificate_pdf, paper, words(language, paper.country))
        await save_file(self, path, content)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_pdf(self, language: str, row: WithholdingRow) -> None:
        self.start_once(self.save_pdf, row, language if language in {"fr", "ar"} else "fr")
