"""Opening, moving cash and closing, told without a widget."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import OfflineError
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.backend import Backend
from modules.till.errors import DifferenceAboveLimitError, SessionMissingError
from modules.till.own import add_waiting_returns, own_returnable
from modules.till.paid import PaidLine, PaidTicket
from modules.till.payments import Method, settle_refund
from modules.till.rules import denominations_on, rules_on
from modules.till.selectors import get_ticket_numbered
from modules.till.services import close_session, move_cash, open_session, refund
from modules.till.services.cash import Count, Reason
from modules.till.services.sell import Desk
from modules.till.session import SessionState, current_session, last_session

_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class Drawer:
    """The cash session of this till, and what goes in and out of its drawer."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def notes_and_coins(self) -> tuple[Decimal, ...]:
        """Return what can be counted, largest first."""
        return await self._backend.local(denominations_on, wall_clock.now().date())

    async def open(self, count: Count) -> None:
        """Open the session with a counted float.

        Raises:
            UserError: One is open already, or nobody can sign.
        """
        company = self._backend.workstation.enrolment.company
        desk = Desk(uuid7(), self._backend.author, wall_clock.now())
        currency = CURRENCIES[company["currency"]]
        await self._backend.local(open_session, count, currency=currency, desk=desk)

    async def state(self) -> SessionState:
        """Return the open session with its figures.

        Raises:
            SessionMissingError: None is open.
        """
        state: SessionState | None = await self._backend.local(current_session)
        if state is None:
            raise SessionMissingError
        return state

    async def move(self, amount: Decimal, reason: Reason, note: str) -> None:
        """Put cash in, or take it out where the amount is negative.

        Raises:
            UserError: No session is open, or there is no amount.
        """
        desk = await self._desk()
        await self._backend.local(move_cash, amount, reason, note, desk=desk)

    async def close(self, count: Count, *, left: Decimal, note: str) -> SessionState:
        """Close the session with what was counted, and return it closed.

        Raises:
            SessionMissingError: None is open.
            DifferenceAboveLimitError: More is missing or too much than the user may close with
                alone, and there is no note that says why.
        """
        state = await self.state()
        self._check(state, count, note)
        desk = Desk(state.id, self._backend.author, wall_clock.now())
        await self._backend.local(
            close_session, state, count, left_in_drawer=left, note=note, desk=desk
        )
        return await self._last()

    async def find_ticket(self, number: str) -> PaidTicket | None:
        """Return a ticket to give back of, with what came back before; none if nobody knows it.

        Head office knows every till's tickets; without a line, this till knows its own.
        """
        try:
            found = await self._backend.ask(get_ticket_numbered, number)
        except OfflineError:
            found = None
        if found is not None:
            return await self._backend.local(add_waiting_returns, found, since=_LONG_AGO)
        return await self._backend.local(own_returnable, number, since=_LONG_AGO)

    async def give_back(
        self, original: PaidTicket, lines: Sequence[PaidLine], method: Method
    ) -> PaidTicket:
        """Give money back for goods that came back, and return the refund.

        Raises:
            UserError: No session is open, or nobody can sign.
        """
        desk = await self._desk()
        rules = await self._backend.local(rules_on, desk.at.date())
        total = sum((line.amount for line in lines), Decimal(0))
        settlement = settle_refund(total, method, rules)
        return await self._backend.local(refund, original, lines, settlement, desk=desk)

    async def _last(self) -> SessionState:
        state: SessionState | None = await self._backend.local(last_session)
        if state is None:
            raise SessionMissingError
        return state

    async def _desk(self) -> Desk:
        state = await self.state()
        return Desk(state.id, self._backend.author, wall_clock.now())

    def _check(self, state: SessionState, count: Count, note: str) -> None:
        difference = difference_of(state, count)
        limit = self._backend.user.limit("till.difference")
        if abs(difference) > limit and not note.strip():
            raise DifferenceAboveLimitError(
                session=state.number, difference=f"{difference:f}", limit=f"{limit:f}"
            )


def difference_of(state: SessionState, count: Count) -> Decimal:
    """Return what was counted less what had to be there; what is missing is negative."""
    expected = sum(state.expected.values(), Decimal(0))
    return count.cash + count.card + count.cheque - expected
