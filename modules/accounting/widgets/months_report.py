"""What reports over whole months ask for: from month, to month, one branch or all."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField, Field
from erp_desktop.ui.report_page import Report, ReportPage
from modules.accounting.widgets.months import last_day, month_choices

R = TypeVar("R")


class MonthsReportPage(ReportPage[R]):
    """A subclass says how to `load`, and keeps what it was asked for in `asked`."""

    def __init__(self, backend: Backend, more: Sequence[Field] = ()) -> None:
        """`more` are parameters that stand before the months."""
        today = wall_clock.today()
        months = month_choices(today)
        first = ChoiceField("first", N_("From month"), months, translate=False)
        last = ChoiceField("last", N_("To month"), months, translate=False)
        self._branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        first.show_value(today.replace(month=1, day=1))
        last.show_value(today.replace(day=1))
        self.asked: Mapping[str, Any] = {}
        self._branches = [(str(b.id), b.name, b.name_ar, b.code) for b in backend.user.branches]
        follow(self._branch, self._offer_branches)
        self._branch.show_value("")
        super().__init__(backend, (*more, first, last, self._branch))

    def days_asked(self) -> tuple[date, date]:
        """Return the first and the last day of the report."""
        return self.asked["first"], last_day(self.asked["last"])

    def branch_asked(self) -> str:
        """Return the code of its branch; empty for all."""
        codes = {key: code for key, _name, _name_ar, code in self._branches}
        return codes.get(self.asked["branch"], "")

    def about_asked(self, report: Report[R]) -> list[str]:
        """Return what stands below the title on paper: months, branch, result and moment."""
        first, last = f"{self.asked['first']:%m/%Y}", f"{self.asked['last']:%m/%Y}"
        months = _("from {first} to {last}").format(
            first=current().isolate(first), last=current().isolate(last)
        )
        about = [months, dict(self._offered())[self.asked["branch"]], _(report.summary)]
        if report.read_at is not None:
            moment = current().moment(wall_clock.local(report.read_at))
            about.append(_("figures of {moment}").format(moment=moment))
        return about

    def _offered(self) -> list[tuple[str, str]]:
        language = current().language
        named = [(key, in_language(language, name, ar)) for key, name, ar, _code in self._branches]
        return [("", _("All branches")), *named]

    def _offer_branches(self) -> None:
        self._branch.offer(self._offered())
