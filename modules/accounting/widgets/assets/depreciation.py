"""Depreciation: what a month, or all months until then, uses up of each asset."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.assets import DEPRECIATE, UNDO_DEPRECIATION
from modules.accounting.permissions import Permission
from modules.accounting.selectors.assets import DepreciationRow, ShownDepreciation, get_depreciation
from modules.accounting.widgets.months import last_day, months_until

_ZERO = Decimal(0)


def _amount(of: Callable[[DepreciationRow], Decimal]) -> Callable[[DepreciationRow], str]:
    return lambda row: current().amount(of(row), row.currency)


def _figure(title: str, name: str, *, strong: bool = False) -> Column[DepreciationRow]:
    of = attrgetter(name)
    return Column(title, _amount(of), RIGHT, width=130, value=of, strong=strong)


_COLUMNS: tuple[Column[DepreciationRow], ...] = (
    Column(N_("Code"), lambda r: current().isolate(r.code), width=110, strong=True),
    Column(N_("Name"), lambda r: r.named(current().language)),
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


class DepreciationPage(ReportPage[DepreciationRow]):
    """A month: what it would post, and posting it or taking it back."""

    title: ClassVar[str] = N_("Depreciation run")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        months = [(month, f"{month:%m/%Y}") for month in months_until(today)]
        month = ChoiceField("month", N_("Month"), months, translate=False)
        month.show_value((today.replace(day=1) - timedelta(days=1)).replace(day=1))
        super().__init__(backend, (month,))
        self.shown: ShownDepreciation | None = None
        self.day = today
        self.exporter.name = "depreciation"
        self.post = button(N_("Post"), self._on_post, icon="check-decagram-outline")
        self.undo = button(N_("Reverse"), self._on_undo, icon="undo-variant", look="danger")
        for each in (self.post, self.undo):
            each.hide()
            self.header.add(each)
        self.table.empty.tell(
            N_("Nothing is to be depreciated until the end of this month."),
            icon="check-circle-outline",
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
    def show_report(self, report: Report[DepreciationRow]) -> None:
        super().show_report(report)
        self.header.show_summary(self.state_words())

    @override
    def on_open(self, row: DepreciationRow) -> None:
        if row.code:
            self.opens.emit("accounting.assets", row.code)

    def state_words(self) -> str:
        """Say whether the month is posted, by whom and as which entries."""
        if self.shown is None or not self.shown.posted:
            return _("Not posted yet.") if self.shown and self.shown.rows else ""
        words = current()
        _branch, who, moment, _entries = self.shown.posted[0]
        numbers = ", ".join(n for _b, _w, _m, entries in self.shown.posted for n in entries)
        return _("Posted on {day} by {name}: {entries}.").format(
            day=words.date(wall_clock.local(moment).date()),
            name=who,
            entries=words.isolate(numbers),
        )

    def _on_post(self) -> None:
        self.start_once(self.post_now)

    async def post_now(self) -> None:
        """Post the charges that are shown, once the user has agreed."""
        assert self.shown is not None  # noqa: S101 - the button shows only then
        month = current().isolate(f"{self.day:%m/%Y}")
        total = sum((row.amount for row in self.shown.rows if not row.is_posted), _ZERO)
        question = _("Depreciate until the end of {month}: {amount}?").format(
            month=month, amount=current().money(total, self.shown.currency)
        )
        if not await confirm(self, question, _("Post")):
            return
        label = _("Depreciation {month}").format(month=f"{self.day:%m/%Y}")
        await self.backend.execute(DEPRECIATE, {"on": self.day.isoformat(), "label": label})
        self.say(_("{month} is depreciated.").format(month=month))
        self.refresh()

    def _on_undo(self) -> None:
        self.start_once(self.undo_now)

    async def undo_now(self) -> None:
        """Take the month back, once the user has agreed."""
        month = current().isolate(f"{self.day:%m/%Y}")
        question = _("Take the depreciation of {month} back? Its entries are reversed.")
        if await confirm(self, question.format(month=month), _("Reverse")):
            await self.backend.execute(UNDO_DEPRECIATION, {"on": self.day.isoformat()})
            self.say(_("The depreciation of {month} is taken back.").format(month=month))
            self.refresh()


def _totals(shown: ShownDepreciation) -> DepreciationRow | None:
    if not shown.rows:
        return None
    sums = {
        name: sum((getattr(row, name) for row in shown.rows), _ZERO)
        for name in ("cost", "depreciated", "amount")
    }
    total = _("Total")
    return DepreciationRow(
        branch="", code="", name=total, name_ar=total, category="", category_ar="", account="",
        charge="", is_posted=False, currency=shown.currency, **sums,
    )  # fmt: skip
