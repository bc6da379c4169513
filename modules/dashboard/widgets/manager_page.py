"""The manager's page: how the day goes and what waits, of one branch or of all."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.errors import OfflineError, UserError
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.dashboard_page import Dashboard, DashboardPage
from erp_desktop.ui.filters import Chip
from erp_desktop.ui.follow import follow
from modules.dashboard.errors import FiguresMissingError
from modules.dashboard.figures import Asked, Figures
from modules.dashboard.selectors import get_figures, last_figures
from modules.dashboard.services import keep_figures
from modules.dashboard.widgets.branch_box import BranchBox
from modules.dashboard.widgets.pictures import charts_of
from modules.dashboard.widgets.tasks import tasks_of
from modules.dashboard.widgets.tiles import tiles_of

# All branches, and the one that there is.
_ONE_BRANCH = 2


class ManagerView(Protocol):
    """All that the presenter needs of whoever shows the figures."""

    def show_offline(self, *, is_offline: bool) -> None:
        """Show whether these are figures of now or what was kept."""


class ManagerPresenter:
    """What the manager's page does, told without a widget."""

    def __init__(self, view: ManagerView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._last: dict[str, Figures] = {}

    async def find(self, asked: Asked) -> Figures:
        """Return the figures of now; without a line those that were kept, with their age.

        Raises:
            FiguresMissingError: There is no line, and nothing was kept.
        """
        try:
            figures = await self._backend.ask(get_figures, asked)
        except OfflineError:
            kept = await self._kept(asked)
            if kept is None:
                raise FiguresMissingError from None
            self._view.show_offline(is_offline=True)
            return kept
        self._last[asked.name] = figures
        self._view.show_offline(is_offline=False)
        if self._backend.workstation is not None:
            login = self._backend.user.login
            await self._backend.local(keep_figures, asked, figures, login=login)
        return figures

    async def _kept(self, asked: Asked) -> Figures | None:
        if asked.name in self._last or self._backend.workstation is None:
            return self._last.get(asked.name)
        login = self._backend.user.login
        return await self._backend.local(last_figures, asked, login=login)


def dashboard_of(figures: Figures, asked: Asked) -> Dashboard:
    """Return what there is to see; lists are opened for the days that the figures are of."""
    asked = Asked(figures.last_day, figures.days, asked.branch_id, asked.branch)
    return Dashboard(
        tiles_of(figures, asked),
        charts_of(figures, asked),
        tasks_of(figures, asked),
        figures.read_at,
    )


class ManagerPage(DashboardPage):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("Dashboard")
    periods: ClassVar[tuple[Chip, ...]] = (
        Chip("1", N_("Today")),
        Chip("7", N_("7 days")),
        Chip("30", N_("30 days")),
        Chip("84", N_("12 weeks")),
    )
    source: ClassVar[str] = N_("figures of head office: {age}")

    def __init__(self, backend: Backend) -> None:
        self._presenter = ManagerPresenter(self, backend)
        self._is_refused = self._is_offline = False
        self._shown: tuple[Figures, Asked] | None = None
        self.branch = BranchBox(backend.user.branches, self.refresh)
        super().__init__(backend)
        follow(self, self._word)

    @override
    def choices(self) -> Sequence[QWidget]:
        return (self.branch,)

    @override
    async def load(self, period: str) -> Dashboard:
        self._word_title()
        branch = self.branch.branch
        today = wall_clock.today()
        asked = Asked(today, int(period), self.branch.branch_id, branch.code if branch else "")
        self._shown = await self._presenter.find(asked), asked
        return dashboard_of(*self._shown)

    @override
    def refuse(self, error: UserError) -> None:
        """Show no figures of another choice under the name of this one."""
        self._shown = None
        self.show_offline(is_offline=isinstance(error, FiguresMissingError))
        self.show_dashboard(Dashboard())
        super().refuse(error)
        self._is_refused = True

    @override
    def show_dashboard(self, dashboard: Dashboard) -> None:
        if self._is_refused:
            self._is_refused = False
            self.notices.bar.dismiss()
        super().show_dashboard(dashboard)

    def show_offline(self, *, is_offline: bool) -> None:
        """Show whether these are figures of now or what was kept."""
        self._is_offline = is_offline
        self.header.show_state(_("Offline") if is_offline else "", "warn")

    @override
    def heading(self) -> str:
        return f"{_(self.title)} — {self.branch.named()}"

    def _word_title(self) -> None:
        # Where a branch can be chosen, the choice names it.
        is_chosen = self.branch.count() > _ONE_BRANCH
        self.header.show_title("" if is_chosen else self.heading())

    def _word(self) -> None:
        """Say in the language of now whose figures these are, and by which names."""
        self._word_title()
        self.show_offline(is_offline=self._is_offline)
        if self._shown is not None:
            self.show_dashboard(dashboard_of(*self._shown))
