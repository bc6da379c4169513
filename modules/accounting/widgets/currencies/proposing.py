"""The rate of the day, proposed where a line of an entry names a currency."""

from datetime import date
from typing import Any

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.document_page import DocumentPage
from modules.accounting.currency_errors import RateMissingError
from modules.accounting.selectors.currencies import rate_at
from modules.accounting.widgets.entry_lines import Line, with_rate

_OLDER = N_("The rate of {currency} is that of {day}.")


class RateProposer:
    """Fills in rates on one page, whose head says the day as `dated`."""

    def __init__(self, page: DocumentPage[Any, Line]) -> None:
        self._page = page
        # Currency and day that have no rate: nobody asks twice.
        self._unrated: set[tuple[str, date]] = set()
        page.body.grid.lines.edited.connect(self._on_lines)

    def _on_lines(self) -> None:
        if self._waiting() is not None:
            self._page.start_once(self.propose)

    def _waiting(self) -> tuple[str, date] | None:
        """Return the first currency without a rate, and the day of the entry."""
        day = self._page.body.form.values().get("dated")
        if not isinstance(day, date):
            return None
        lines = self._page.body.grid.lines.lines
        wanted = ((line.currency, day) for line in lines if line.currency and line.rate is None)
        return next((each for each in wanted if each not in self._unrated), None)

    async def propose(self) -> None:
        """Ask for the rate of the day and put it into the lines of its currency."""
        waiting = self._waiting()
        if waiting is None:
            return
        page = self._page
        try:
            known = await page.backend.ask(rate_at, *waiting)
        except RateMissingError as missing:
            self._unrated.add(waiting)
            page.say(str(missing), "warn")
            return
        lines = page.body.grid.lines.lines
        page.change_lines(
            [with_rate(x, known.rate) if x.currency == known.currency else x for x in lines]
        )
        if known.age:
            words = current()
            currency, day = words.isolate(known.currency), words.date(known.rated_on)
            page.say(_(_OLDER).format(currency=currency, day=day))
