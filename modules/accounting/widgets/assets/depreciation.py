"""Depreciation: what a month, or all months until then, uses up of each asset."""

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
from modules.accounting.assets import DEPRECIATE, UNDO_DEPRECIATION
from modules.accounting.permissions import Permission
from modules.accounting.selectors.assets import DepreciationRow, ShownDepreciation, get_depreciation
from modules.accounting.widgets.month_run import MonthRunPage
from modules.accounting.widgets.months import last_day

_ZERO = Decimal(0)


def _amount(of: Callable[[DepreciationRow], Decimal]) -> Callable[[DepreciationRow], str]:
    return lambda row: current().amount(of(row), row.currency)


def _figure(title: str, name: str, *, strong: bool = False) -> Column[DepreciationRow]:
    of = attrgetter(name)
    return Column(title, _amount(of), RIGHT, width=130, value=of, strong=strong)


_COLUMNS: tuple[Column[DepreciationRow], ...] = (
    Column(N_("Code"), lambda r: current().isolate(r.code), width=110, strong=True),
    # Only the total has no code.
    Column(N_("Name"), lambda r: r.named(current().language) if r.code else _("Total")),
    Column(
        N_("Category"),
        lambda r: in_language(current().language, r.category, r.category_ar),
        width=220,
    ),
    Column(N_("Account"), lambda r: current().isolate(r.account), width=84),
    _figure(N_("Cost"), "cost"),
    _figure(N_("Depreciated before"), "depreciated"),
    _figure(N_("Charge"), "amount", strong=True),
    _figure(N_("Net value"), "left"),
)


class DepreciationPage(MonthRunPage[DepreciationRow, ShownDepreciation]):
    """A month: what it would post, and posting it or taking it back."""

    title: ClassVar[str] = N_("Depreciation run")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(
            backend, "depreciation", N_("Nothing is to be depreciated until the end of this month.")
        )

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[DepreciationRow]:
        self.day = last_day(parameters["month"])
        self.shown = await self.backend.ask(get_depreciation, self.day)
        may = self.backend.user.may(Permission.DEPRECIATE) and self.shown.is_last
        waiting = any(not row.is_posted for row in self.shown.rows)
        self.post.setVisible(may and waiting)
        self.undo.setVisible(may and bool(self.shown.posted))
        return Report(self.shown.rows, _totals(self.shown))

    @override
    def on_open(self, row: DepreciationRow) -> None:
        if row.code:
            self.opens.emit("accounting.assets", row.code)

    @override
    async def post_now(self) -> None:
        """Post the charges that are shown, once the user has agreed."""
        assert self.shown is not None  # noqa: S101 - the button shows only then
        total = sum((row.amount for row in self.shown.rows if not row.is_posted), _ZERO)
        question = _("Depreciate until the end of {month}: {amount}?").format(
            month=self.month, amount=current().money(total, self.shown.currency)
        )
        if not await confirm(self, question, _("Post")):
            return
        label = _("Depreciation {month}").format(month=f"{self.day:%m/%Y}")
        await self.backend.execute(DEPRECIATE, {"on": self.day.isoformat(), "label": label})
        self.say(_("{month} is depreciated.").format(month=self.month))
        self.refresh()

    @override
    async def undo_now(self) -> None:
        """Take the month back, once the user has agreed."""
        question = _("Take the depreciation of {month} back? Its entries are reversed.")
        if await confirm(self, question.format(month=self.month), _("Reverse")):
            await self.backend.execute(UNDO_DEPRECIATION, {"on": self.day.isoformat()})
            self.say(_("The depreciation of {month} is taken back.").format(month=self.month))
            self.refresh()


def _totals(shown: ShownDepreciation) -> DepreciationRow | None:
    if not shown.rows:
        return None
    sums = {
        name: sum((getattr(row, name) for row in shown.rows), _ZERO)
        for name in ("cost", "depreciated", "amount")
    }
    return DepreciationRow(
        branch="", code="", name="", name_ar="", category="", category_ar="", account="",
        charge="", is_posted=False, currency=shown.currency, **sums,
    )  # fmt: skip
