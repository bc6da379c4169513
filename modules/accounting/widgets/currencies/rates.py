"""Exchange rates: each day's, with how far it moved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.forms import AmountField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.currencies import remove_rate, set_rate_jump
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.currencies import RateRow, get_rate_jump, list_rates
from modules.accounting.widgets.asking_one import ask_one

SHEET = "accounting.rate_sheet"
_MUCH = Decimal(5)


def percent(moved: Decimal) -> str:
    """Write a part of a hundred with its sign."""
    words = current()
    return words.isolate(f"{'+' if moved > 0 else ''}{words.number(round(moved, 2))}\u00a0%")


def _is_far(row: RateRow) -> bool:
    return row.moved is not None and abs(row.moved) > _MUCH


_COLUMNS: tuple[Column[RateRow], ...] = (
    Column(N_("Date"), lambda r: current().date(r.rated_on), width=110, value=lambda r: r.rated_on),
    Column(N_("Currency"), lambda r: current().isolate(r.currency), width=100, strong=True),
    Column(
        N_("Exchange rate"),
        lambda r: current().number(r.rate),
        RIGHT,
        width=140,
        value=lambda r: r.rate,
        strong=True,
    ),
    Column(N_("In"), lambda r: current().isolate(r.home), width=80),
    Column(
        N_("Since the one before"),
        lambda r: percent(r.moved) if r.moved is not None else "",
        RIGHT,
        width=160,
        value=lambda r: r.moved,
        strong=_is_far,
    ),
    Column(N_("Source"), lambda r: r.source),
)


class RatesPage(ListPage[RateRow]):
    """The list, the newest day first."""

    title: ClassVar[str] = N_("Exchange rates")
    hint: ClassVar[str] = N_("Currency or source")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(
            N_("No rate is known yet. Type those of the day, or import the list of the bank."),
            icon="currency-eur",
        )
        if backend.user.may(Permission.EDIT_RATES):
            self.set_primary(N_("Type rates"), lambda: self.opens.emit(SHEET, None))
            self.add_action(N_("Import"), self._on_import, icon="file-import-outline")
            self.add_action(N_("Limit of jumps"), self._on_jump, icon="tune")
            self.add_row_action(N_("Correct"), self.on_open)
            self.add_row_action(N_("Remove"), self._on_remove)

    @override
    async def load(self, query: Query, after: RateRow | None) -> Sequence[RateRow]:
        return await self.backend.ask(list_rates, query.text, after=after, most=PAGE_SIZE)

    @override
    def on_open(self, row: RateRow) -> None:
        if self.backend.user.may(Permission.EDIT_RATES):
            about = (row.currency, row.rated_on.isoformat(), str(row.rate), row.source)
            self.opens.emit(SHEET, " ".join(about))

    def _on_import(self) -> None:
        self.opens.emit("accounting.rate_import", None)

    def _on_remove(self, row: RateRow) -> None:
        self.start_once(self.remove, row)

    async def remove(self, row: RateRow) -> None:
        """Take a rate away, once the user has agreed."""
        words = current()
        question = _("Remove the rate of {currency} on {day}? Entries keep theirs.").format(
            currency=words.isolate(row.currency), day=words.date(row.rated_on)
        )
        if await confirm(self, question, _("Remove")):
            await self.backend.do(remove_rate, row.currency, row.rated_on)
            self.refresh()

    def _on_jump(self) -> None:
        self.start_once(self.change_jump)

    async def change_jump(self) -> None:
        """Ask from which jump on a rate must be confirmed."""
        most, version = await self.backend.ask(get_rate_jump)
        field = AmountField("most", N_("Per cent"), least=Decimal(0), required=True)
        field.show_value(most)
        question = _("From which difference to the rate before must a rate be confirmed?")
        answer = await ask_one(self, question, _("Change the limit"), field)
        if answer is not None:
            await self.backend.do(set_rate_jump, answer.value, version=version)
            self.say(_("The limit is changed."))
