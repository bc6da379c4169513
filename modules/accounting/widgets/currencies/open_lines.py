"""What is open in other currencies, and settling it there."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.forms import AmountField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.currencies import settle_lines
from modules.accounting.matching import Line
from modules.accounting.permissions import Permission
from modules.accounting.selectors.currencies import OpenCurrencyRow, list_open_currency
from modules.accounting.widgets.asking_one import ask_one


def _open(row: OpenCurrencyRow) -> str:
    return current().number(row.open, 2)


def _rate(row: OpenCurrencyRow) -> str:
    return current().number(row.rate)


_COLUMNS: tuple[Column[OpenCurrencyRow], ...] = (
    Column(N_("Account"), lambda r: current().isolate(r.account), width=84),
    Column(N_("Partner"), lambda r: r.party_named(current().language), strong=True),
    Column(N_("Date"), lambda r: current().date(r.dated_on), width=96, value=lambda r: r.dated_on),
    Column(N_("Due date"), lambda r: current().date(r.due_on), width=112, value=lambda r: r.due_on),
    Column(N_("Number"), lambda r: current().isolate(r.number), width=160),
    Column(N_("Label"), lambda r: current().isolate(r.label)),
    Column(N_("Currency"), lambda r: current().isolate(r.currency), width=76),
    Column(
        N_("Left open"), lambda r: current().number(r.open, 2), RIGHT, 120, value=lambda r: r.open
    ),
    Column(
        N_("Exchange rate"), lambda r: current().number(r.rate), RIGHT, 104, value=lambda r: r.rate
    ),
    Column(
        N_("In the books"),
        lambda r: current().amount(r.value, r.home),
        RIGHT,
        130,
        value=lambda r: r.value,
    ),
)


class OpenCurrencyPage(ListPage[OpenCurrencyRow]):
    """Open lines in other currencies; what is selected of one partner settles each other."""

    title: ClassVar[str] = N_("Open in other currencies")
    hint: ClassVar[str] = N_("Partner, number, label or currency")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(
            N_("Nothing is open in another currency."), icon="check-circle-outline"
        )
        self.add_row_action(N_("Journal entry"), self.on_open)
        if backend.user.may(Permission.MATCH_LINES):
            self.add_bulk_action(N_("Settle in the currency"), self._on_settle, icon="link-variant")
            self.add_bulk_action(N_("Settle a part"), self._on_part, icon="link-variant-plus")

    @override
    async def load(self, query: Query, after: OpenCurrencyRow | None) -> Sequence[OpenCurrencyRow]:
        if after is not None:
            return ()
        return await self.backend.ask(list_open_currency, query.text)

    @override
    def on_open(self, row: OpenCurrencyRow) -> None:
        self.opens.emit("accounting.entries", row.number)

    def _on_settle(self, rows: list[OpenCurrencyRow]) -> None:
        self.start_once(self.settle, rows)

    def _on_part(self, rows: list[OpenCurrencyRow]) -> None:
        self.start_once(self.settle_part, rows)

    async def settle(
        self, rows: Sequence[OpenCurrencyRow], amounts: dict[Line, Decimal] | None = None
    ) -> None:
        """Let lines settle each other, and say what was gained or lost."""
        lines = [(row.entry_id, row.line_no) for row in rows]
        label = _("Exchange difference")
        answer = await self.backend.execute(*settle_lines(lines, amounts, label=label))
        difference = Decimal(answer.result["difference"])
        money = current().money(abs(difference), rows[0].home)
        if difference > 0:
            self.say(_("Settled, with a gain of {amount}.").format(amount=money))
        elif difference < 0:
            self.say(_("Settled, with a loss of {amount}.").format(amount=money))
        else:
            self.say(_("Settled without a difference."))
        self.refresh()

    async def settle_part(self, rows: Sequence[OpenCurrencyRow]) -> None:
        """Ask how much of the first line is to be settled."""
        first = rows[0]
        field = AmountField("part", N_("Amount"), least=Decimal(0), required=True)
        field.show_value(min(abs(row.open) for row in rows))
        question = _("How much of {number} is to be settled? {amount} {currency} is open.").format(
            number=current().isolate(first.number),
            amount=current().number(abs(first.open), 2),
            currency=current().isolate(first.currency),
        )
        answer = await ask_one(self, question, _("Settle a part"), field)
        if answer is not None:
            await self.settle(rows, {(first.entry_id, first.line_no): answer.value})
