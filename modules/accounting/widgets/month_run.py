"""A month's run, such as a depreciation: what it would post, posting it, and taking it back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report, ReportPage
from modules.accounting.widgets.months import month_choices

R = TypeVar("R")


class ShownRun(Protocol):
    """What a month would post, and what it has posted."""

    @property
    def rows(self) -> Sequence[Any]:
        """What the report shows."""

    @property
    def posted(self) -> Sequence[tuple[Any, str, datetime, Sequence[str]]]:
        """Of each branch its id, by whom, when, and the numbers of the entries."""


S = TypeVar("S", bound=ShownRun)


class MonthRunPage(ReportPage[R], Generic[R, S]):
    """The report of a month with its two deeds; subclasses load it, post it and take it back."""

    def __init__(self, backend: Backend, name: str, nothing: str) -> None:
        """Begin with the month before this one.

        Args:
            backend: Of the user.
            name: Of exported files.
            nothing: Said where the month has nothing to post, marked `N_`.
        """
        today = wall_clock.today()
        months = month_choices(today)
        month = ChoiceField("month", N_("Month"), months, translate=False)
        month.show_value((today.replace(day=1) - timedelta(days=1)).replace(day=1))
        super().__init__(backend, (month,))
        self.shown: S | None = None
        self.day = today
        self.exporter.name = name
        self.post = button(N_("Post"), self._on_post, icon="check-decagram-outline")
        self.undo = button(N_("Reverse"), self._on_undo, icon="undo-variant", look="danger")
        for each in (self.post, self.undo):
            each.hide()
            self.header.add(each)
        self.table.empty.tell(nothing, icon="check-circle-outline")

    async def post_now(self) -> None:
        """Post the month, once the user has agreed."""
        raise NotImplementedError

    async def undo_now(self) -> None:
        """Take the month back, once the user has agreed."""
        raise NotImplementedError

    @property
    def month(self) -> str:
        """The month as it stands in a sentence."""
        return current().isolate(f"{self.day:%m/%Y}")

    @override
    def show_report(self, report: Report[R]) -> None:
        super().show_report(report)
        self.header.show_summary(self.state_words())

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

    def _on_undo(self) -> None:
        self.start_once(self.undo_now)
