"""The months of the ledger: which take entries, and closing them."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import TextField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import button
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE, PeriodRow, list_periods
from modules.accounting.services import close_period, reopen_period
from modules.accounting.widgets.asking_one import ask_one


def period_name(period: PeriodRow) -> str:
    """Return what people call a period, such as 03/2026."""
    return current().isolate(f"{period.starts_on:%m/%Y}")


_STATES = {
    "open": N_("Still open"),
    "closed": N_("Is closed"),
    "final": N_("Closed for good"),
}
_COLUMNS: tuple[Column[PeriodRow], ...] = (
    Column(N_("Period"), period_name, width=120, strong=True),
    Column(N_("From"), lambda p: current().date(p.starts_on), width=130),
    Column(N_("To"), lambda p: current().date(p.ends_on), width=130),
    Column(
        N_("State"),
        lambda p: _(_STATES[p.state]),
        tone=lambda p: "ok" if p.is_open else "",
        width=170,
    ),
    Column(N_("Reason"), lambda p: current().isolate(p.reason) if p.reason else ""),
)


class PeriodsView(Protocol):
    """All that `Periods` needs of whoever shows the periods."""

    def refresh(self) -> None:
        """Show the periods afresh."""

    def say(self, message: str) -> None:
        """Tell the user something."""


class Periods:
    """What can be done with periods, told without a widget."""

    def __init__(self, view: PeriodsView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query) -> Sequence[PeriodRow]:
        """Return the periods that a filter means; there are few, so it is done here."""
        periods = await self._backend.ask(list_periods)
        return [
            period
            for period in periods
            if query.text in f"{period.starts_on:%m/%Y}"
            and (period.is_open or not query.has("open"))
        ]

    async def close(self, period: PeriodRow) -> None:
        """Let a period take no more entries."""
        await self._backend.do(close_period, period.id)
        self._view.say(_("Period {period} is closed.").format(period=period_name(period)))
        self._view.refresh()

    async def reopen(self, period: PeriodRow, reason: str) -> None:
        """Let a period take entries again, and keep why."""
        await self._backend.do(reopen_period, period.id, reason)
        self._view.say(_("Period {period} is open again.").format(period=period_name(period)))
        self._view.refresh()


class PeriodsPage(ListPage[PeriodRow]):
    """The list of periods; closing and opening again ask first, naming the period."""

    title: ClassVar[str] = N_("Periods")
    hint: ClassVar[str] = N_("Month and year, such as 03/2026")
    chips: ClassVar[tuple[Chip, ...]] = (Chip("open", N_("Still open")),)
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        self._periods = Periods(self, backend)
        super().__init__(backend)
        self.table.empty.tell(N_("No periods. The administrator opens a year for the company."))
        self.toggle = button(N_("Close period"), self._on_toggle, icon="lock-outline")
        self.toggle.setVisible(backend.user.may(Permission.MANAGE_PERIODS))
        self.header.add(self.toggle)
        self.table.chosen.connect(self._on_period)
        follow(self, lambda: self._on_period(self.table.current_row()))

    @override
    async def load(self, query: Query, after: PeriodRow | None) -> Sequence[PeriodRow]:
        return () if after else await self._periods.load(query)

    async def ask(self, period: PeriodRow) -> None:
        """Ask whether to close a period, or why to open it again; by name."""
        name = period_name(period)
        if period.is_open:
            question = _("Close period {period}? It will take no more entries.")
            if await confirm(self, question.format(period=name), _("Close period")):
                await self._periods.close(period)
            return
        question = _("Open period {period} again? Reports of it may change.").format(period=name)
        field = TextField("reason", N_("Reason"), required=True)
        why = await ask_one(self, question, _("Open again"), field)
        if why is not None:
            await self._periods.reopen(period, why.value)

    def _on_toggle(self) -> None:
        period = self.table.current_row()
        if period is not None:
            self.start_once(self.ask, period)

    def _on_period(self, period: PeriodRow | None) -> None:
        is_closed = period is not None and not period.is_open
        self.toggle.setEnabled(period is not None and not period.is_final)
        self.toggle.setText(_("Open again") if is_closed else _("Close period"))
