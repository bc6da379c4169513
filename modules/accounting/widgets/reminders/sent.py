"""The letters that were sent, to look at and to print again."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.documents.invoice.paper import PaperLanguage
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import SentReminder, list_reminders
from modules.accounting.widgets.reminders.charges import ask_note
from modules.accounting.widgets.reminders.due import LEVELS
from modules.accounting.widgets.reminders.paper import PDFS, save_letters

_COLUMNS: tuple[Column[SentReminder], ...] = (
    Column(N_("Date"), lambda r: current().date(r.dated_on), width=100, value=lambda r: r.dated_on),
    Column(N_("Customer"), lambda r: r.named(current().language), strong=True),
    Column(N_("Branch"), lambda r: current().isolate(r.branch), width=72),
    Column(N_("Level"), lambda r: _(LEVELS[r.level]), width=140, value=lambda r: r.level),
    Column(
        N_("Overdue"),
        lambda r: current().amount(r.total, r.currency),
        RIGHT,
        width=118,
        value=lambda r: r.total,
    ),
    Column(
        N_("Fee"),
        lambda r: current().amount(r.fee, r.currency) if r.fee else "",
        RIGHT,
        width=100,
        value=lambda r: r.fee,
    ),
    Column(N_("Debit note"), lambda r: current().isolate(r.note), width=160),
    Column(N_("Sent by"), lambda r: current().isolate(r.sent_by), width=110),
)


class SentRemindersPage(ListPage[SentReminder]):
    """The history: the last letter first."""

    title: ClassVar[str] = N_("Sent reminders")
    hint: ClassVar[str] = N_("Customer")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        for language, message in PDFS:
            self.add_bulk_action(message, partial(self._on_pdf, language), "file-pdf-box")
        self.add_action(
            N_("Late charges"),
            lambda: self.opens.emit("accounting.late_charges", None),
            icon="cash-clock",
        )
        if backend.user.may(Permission.CHARGE_LATE):
            self.add_row_action(
                N_("Book fee and interest"), lambda row: self.start_once(self.charge, row)
            )
        self.table.empty.tell(N_("No reminder was sent yet."), icon="email-outline")

    @override
    async def load(self, query: Query, after: SentReminder | None) -> Sequence[SentReminder]:
        return await self.backend.ask(
            list_reminders, words=query.text, after=after.id if after else None
        )

    @override
    def on_open(self, row: SentReminder) -> None:
        """Show the account of the customer."""
        about = {"party": str(row.party_id), "name": row.name, "name_ar": row.name_ar}
        self.opens.emit("accounting.party_account", about)

    async def charge(self, row: SentReminder) -> None:
        """Book what a letter asked for as a debit note."""
        request = await ask_note(self, row, wall_clock.today())
        if request is None:
            return
        made = (await self.backend.execute(*request)).result
        amount = Decimal(made["fee"]) + Decimal(made["interest"])
        said = _("Debit note {number} of {amount} is posted.")
        spoken = current()
        self.say(
            said.format(
                number=spoken.isolate(made["number"]), amount=spoken.money(amount, row.currency)
            )
        )
        self.refresh()

    def _on_pdf(self, language: PaperLanguage, rows: Sequence[SentReminder]) -> None:
        self.start_once(save_letters, self, [row.id for row in rows], language)
