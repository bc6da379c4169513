"""The end of a year: what stands in its way, closing it provisionally, and for good."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QBoxLayout
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.file_choice import choose_target
from erp_desktop.ui.filters import Query
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone, button
from erp_desktop.ui.tables import RIGHT, Column
from erp_desktop.ui.work import Work
from modules.accounting.auditing import write_package
from modules.accounting.permissions import Permission
from modules.accounting.selectors import Year, YearCheck, get_year
from modules.accounting.widgets import asking
from modules.accounting.years import close_year, finish_year

# What each check is called, and the page where what it found is mended.
_CHECKS = {
    "drafts": (N_("Entries that are only drafts"), "accounting.drafts"),
    "due": (N_("Recurring entries that are due and not posted"), "accounting.templates"),
    "months": (N_("Months that are still open"), "accounting.periods"),
    "gaps": (N_("Series with a gap"), "accounting.journals"),
    "unbalanced": (N_("Entries that do not balance"), "accounting.entries"),
    "suspense": (N_("Suspense accounts that are not zero"), "accounting.ledger"),
    "stale": (N_("Accounts with entries after the last closing run"), "accounting.entries"),
    "tax": (N_("Months whose taxes are not declared"), "accounting.tax_return"),
    "transit": (N_("Money that is on its way"), "accounting.transfers"),
    "before": (N_("Years before it that are not closed for good"), "accounting.periods"),
}
_STATES: Mapping[str, tuple[str, Tone]] = {
    "open": (N_("Still open"), ""),
    "provisional": (N_("Closed provisionally"), "warn"),
    "final": (N_("Closed for good"), "ok"),
}


def _verdict(check: YearCheck) -> str:
    if not check.number:
        return _("In order")
    return _("To be mended") if check.is_blocking else _("Look at it")


def _tone(check: YearCheck) -> Tone:
    if not check.number:
        return "ok"
    return "bad" if check.is_blocking else "warn"


_COLUMNS: tuple[Column[YearCheck], ...] = (
    Column(N_("Check"), lambda c: _(_CHECKS[c.id][0]), width=380, strong=True),
    Column(N_("Found"), lambda c: str(c.number), RIGHT, width=80, value=lambda c: c.number),
    Column(N_("State"), _verdict, width=150, tone=_tone),
    Column(N_("Which"), lambda c: current().isolate(c.details) if c.details else ""),
)


class YearPage(ListPage[YearCheck]):
    """The checks of one year; a double click leads to where they are mended."""

    title: ClassVar[str] = N_("Year-end closing")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        self.year: Year | None = None
        super().__init__(backend)
        today = wall_clock.today()
        self.wanted = today.year if today.month > 6 else today.year - 1
        self.choice = ChoiceField("year", N_("Year"), translate=False)
        self.finish = button(N_("Close for good"), self._on_finish, icon="lock", look="danger")
        self.run = button(
            N_("Close provisionally"),
            self._on_run,
            icon="calendar-check-outline",
            look="primary",
        )
        self.add_action(N_("Package for the auditor"), self._on_package, icon="folder-zip-outline")
        self._arrange()
        follow(self, self._word)

    @override
    async def load(self, query: Query, after: YearCheck | None) -> Sequence[YearCheck]:
        del query
        if after is not None:
            return ()
        self.year = await self.backend.ask(get_year, self.wanted)
        self._word()
        return self.year.checks

    @override
    def on_open(self, row: YearCheck) -> None:
        page = _CHECKS[row.id][1]
        argument = None
        if row.id == "suspense" and row.details:
            days = (date(self.wanted, 1, 1), date(self.wanted, 12, 31))
            argument = asking.ledger_of(row.details.split(" ")[0], days)
        elif row.id == "transit":
            argument = "is:waiting"
        self.opens.emit(page, argument)

    @override
    def summary(self) -> str:
        """Return the result of the year, and how often it was closed."""
        year = self.year
        if year is None:
            return ""
        result = current().money(abs(year.result), year.currency)
        words = _("Profit: {amount}") if year.result >= 0 else _("Loss: {amount}")
        runs = count("{n} run", "{n} runs", year.runs) if year.runs else ""
        return " · ".join(filter(None, (words.format(amount=result), runs)))

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "year": self.wanted}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self.wanted = int(state.get("year", self.wanted))

    async def close_now(self, work: Work) -> None:
        """Post result, closing and opening entries, or those of before anew."""
        year = str(self.wanted)
        labels = {
            "result": _("Result of {year}").format(year=year),
            "closing": _("Closing of {year}").format(year=year),
            "opening": _("Opening after {year}").format(year=year),
        }
        await self.backend.run(work, close_year, self.wanted, labels)
        self.say(_("{year} is closed provisionally. Look at its result.").format(year=year))
        self.refresh()

    async def finish_now(self) -> None:
        """Close the year for good, after asking."""
        year = str(self.wanted)
        question = _("Close {year} for good? Nobody can open one of its months again.")
        if await confirm(self, question.format(year=year), _("Close for good")):
            await self.backend.do(finish_year, self.wanted)
            self.say(_("{year} is closed for good.").format(year=year))
            self.refresh()

    def _arrange(self) -> None:
        """Put the year where other lists have their filter line: the checks are few."""
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)  # noqa: S101 - lists are columns
        self.choice.setMaximumWidth(160)
        layout.insertWidget(layout.indexOf(self.filter), self.choice)
        self.filter.hide()
        self.choice.changed.connect(self._on_year)
        may = self.backend.user.may(Permission.CLOSE_YEARS)
        self.run.setVisible(may)
        self.finish.setVisible(may)
        self.header.add(self.finish)
        self.header.set_primary(self.run)

    def _word(self) -> None:
        year = self.year
        self.finish.setEnabled(year is not None and year.state == "provisional")
        self.run.setEnabled(year is not None and year.state != "final")
        if year is None:
            return
        words, tone = _STATES[year.state]
        self.header.show_state(_(words), tone)
        self.run.setText(_("Run again") if year.runs else _("Close provisionally"))
        self.choice.offer([(each, str(each)) for each in year.years])
        self.choice.show_value(self.wanted)
        self.header.show_summary(self.summary())

    def _on_year(self) -> None:
        self.wanted = int(self.choice.read())
        self.refresh()

    def _on_run(self) -> None:
        self.start_work(N_("Closing the year"), self.close_now)

    def _on_package(self) -> None:
        self.start_once(self._choose_package)

    async def _choose_package(self) -> None:
        name = _("ledger-{year}").format(year=self.wanted)
        path = await choose_target(self, _("Package for the auditor"), name, ".zip")
        if path is not None:
            self.start_work(N_("Writing the package"), self.write_package, path)

    async def write_package(self, work: Work, path: Path) -> None:
        """Write all that an auditor takes along of the year."""
        package = await self.backend.run(work, write_package, path, self.wanted)
        lines = count("{n} line of entries", "{n} lines of entries", package.lines)
        file = current().isolate(path.name)
        papers = count("{n} printed document", "{n} printed documents", package.papers)
        sentence = _("{file} is written: {lines}, {papers}.")
        self.say(sentence.format(file=file, lines=lines, papers=papers))

    def _on_finish(self) -> None:
        self.start_once(self.finish_now)
