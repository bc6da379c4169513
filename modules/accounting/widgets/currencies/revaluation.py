"""Revaluation: what is open and held in other currencies, at the rate of a month's last day."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.currencies import REVALUE, UNDO_REVALUATION
from modules.accounting.permissions import Permission
from modules.accounting.selectors.currencies import ShownRevaluation, WorthRow, get_revaluation
from modules.accounting.widgets.month_run import MonthRunPage
from modules.accounting.widgets.months import last_day

_ZERO = Decimal(0)


def _money(name: str) -> Callable[[WorthRow], str]:
    def text(row: WorthRow) -> str:
        return current().amount(getattr(row, name), row.home)

    return text


def _document(row: WorthRow) -> str:
    return current().isolate(row.number) if row.number else row.named(current().language)


_COLUMNS: tuple[Column[WorthRow], ...] = (
    Column(N_("Branch"), lambda r: current().isolate(r.branch), width=70, hidden=True),
    Column(N_("Account"), lambda r: current().isolate(r.account), width=84),
    Column(N_("Partner"), lambda r: in_language(current().language, r.party, r.party_ar)),
    Column(N_("Document"), _document, strong=True),
    Column(N_("Currency"), lambda r: current().isolate(r.currency), width=76),
    Column(
        N_("Amount"),
        lambda r: current().number(r.amount, 2) if r.currency else "",
        RIGHT,
        width=110,
        value=attrgetter("amount"),
    ),
    Column(N_("In the books"), _money("value"), RIGHT, width=130, value=attrgetter("value")),
    Column(
        N_("Exchange rate"),
        lambda r: current().number(r.rate) if r.rate else "",
        RIGHT,
        width=104,
        value=attrgetter("rate"),
    ),
    Column(
        N_("Rate of"),
        lambda r: current().date(r.rated_on) if r.currency else "",
        width=100,
        value=attrgetter("rated_on"),
    ),
    Column(
        N_("Difference"),
        _money("difference"),
        RIGHT,
        width=130,
        value=attrgetter("difference"),
        strong=True,
    ),
)


class RevaluationPage(MonthRunPage[WorthRow, ShownRevaluation]):
    """A month: what it would post, and posting it or taking it back."""

    title: ClassVar[str] = N_("Revaluation of currencies")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(
            backend,
            "revaluation",
            N_("Nothing is open or held in another currency at the end of this month."),
        )

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[WorthRow]:
        self.day = last_day(parameters["month"])
        self.shown = await self.backend.ask(get_revaluation, self.day)
        may = self.backend.user.may(Permission.REVALUE) and self.shown.is_last
        self.post.setVisible(may and bool(self.shown.rows))
        self.undo.setVisible(may and bool(self.shown.posted))
        return Report(self.shown.rows, _totals(self.shown))

    @override
    def on_open(self, row: WorthRow) -> None:
        if row.number:
            self.opens.emit("accounting.entries", row.number)
        elif row.account:
            self.opens.emit("accounting.ledger", f"account:{row.account}")

    @override
    async def post_now(self) -> None:
        """Post the month, once the user has agreed; what stands is reversed first."""
        question = _(
            "Revalue {month}? Documents are taken back on the first day of the next month."
        ).format(month=self.month)
        if not await confirm(self, question, _("Post")):
            return
        label = _("Revaluation of currencies {month}").format(month=f"{self.day:%m/%Y}")
        await self.backend.execute(REVALUE, {"on": self.day.isoformat(), "label": label})
        self.say(_("{month} is revalued.").format(month=self.month))
        self.refresh()

    @override
    async def undo_now(self) -> None:
        """Take the month back, once the user has agreed."""
        question = _("Take the revaluation of {month} back? Its entries are reversed.")
        if await confirm(self, question.format(month=self.month), _("Reverse")):
            await self.backend.execute(UNDO_REVALUATION, {"on": self.day.isoformat()})
            self.say(_("The revaluation of {month} is taken back.").format(month=self.month))
            self.refresh()


def _totals(shown: ShownRevaluation) -> WorthRow | None:
    if not shown.rows:
        return None
    value, difference = (
        sum((getattr(row, name) for row in shown.rows), _ZERO) for name in ("value", "difference")
    )
    words = ("", "", _("Total"), _("Total"), "", "", "", "", "")
    return WorthRow(
        *words, _ZERO, value, _ZERO, shown.rows[0].rated_on, difference,
        is_money=False, home=shown.currency,
    )  # fmt: skip
