"""The ticket list: what head office has, and what only this till knows yet."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.core.errors import NotAllowedError, NotFoundError, OfflineError
from erp_desktop.ui.filters import Query
from erp_desktop.workstation.workstation import Workstation
from modules.till import selectors
from modules.till.errors import WorkstationMissingError
from modules.till.paid import PaidTicket
from modules.till.selectors import get_ticket, list_tickets
from modules.till.shelf import line_of, offers_of
from modules.till.ticket import SaleDraft
from modules.till.widgets.ticket_list import Tickets
from modules.till.widgets.ticket_look import TicketLook
from tests.fakes import FakeBackend, FakeView, make_user
from tests.houses import House, MakeProduct, SignIn, Till
from tests.till.shops import sell_for_cash


def sell_coffee(station: Workstation) -> PaidTicket:
    """Sell one packet of coffee."""
    now = wall_clock.now()
    (offer,) = offers_of(station, "CAF-001", now.date())
    draft, _place = SaleDraft().with_line(line_of(offer, Decimal(1), "fr"))
    return sell_for_cash(station, draft, 2000, now)


def list_with(station: Workstation | None, answer: Any) -> tuple[Tickets, FakeView]:
    """Return a ticket list whose head office answers so."""
    view, backend = FakeView(), FakeBackend({list_tickets: answer}, make_user())
    backend.workstation = station
    return Tickets(view, backend), view  # type: ignore[arg-type]


def load(tickets: Tickets, text: str = "") -> list[TicketLook]:
    return list(asyncio.run(tickets.load(Query(text=text), None)))


def test_tickets_that_wait_stand_above_those_of_head_office(station: Workstation) -> None:
    ticket = sell_coffee(station)
    tickets, view = list_with(station, [])

    (look,) = load(tickets)

    assert (look.number, look.state, look.total) == (ticket.number, "waiting", ticket.total)
    assert look.tax == Decimal("231.51")
    assert view.shown[-1] == ("show_offline", ())


def test_offline_the_list_shows_what_this_till_has_sold(station: Workstation) -> None:
    numbers = [sell_coffee(station).number for _ in range(3)]
    tickets, _view = list_with(station, OfflineError)

    assert [look.number for look in load(tickets)] == numbers[::-1]
    assert [look.number for look in load(tickets, "000002")] == numbers[1:2]


def test_below_the_last_own_ticket_there_is_nothing_to_ask_for(station: Workstation) -> None:
    sell_coffee(station)
    tickets, _view = list_with(station, OfflineError)
    (look,) = load(tickets)

    assert asyncio.run(tickets.load(Query(), look)) == ()


def test_a_reprint_needs_no_network_and_is_marked(station: Workstation) -> None:
    ticket = sell_coffee(station)
    tickets, view = list_with(station, OfflineError)
    (look,) = load(tickets)

    asyncio.run(tickets.reprint(look))

    assert ticket.number in view.said[-1]
    assert list((station.folder.parent / "paper").glob(f"{ticket.number}*.pdf"))


def test_a_desk_without_a_till_cannot_reprint(station: Workstation) -> None:
    sell_coffee(station)
    (look,) = load(list_with(station, OfflineError)[0])
    elsewhere, _view = list_with(None, [])

    with pytest.raises(WorkstationMissingError):
        asyncio.run(elsewhere.reprint(look))


@pytest.mark.database
def test_head_office_lists_and_returns_tickets(
    till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    coffee = product("COF-1", stock=10)
    till.send(till.sale(coffee, number=1, quantity=2), till.sale(coffee, number=2))
    amina = signed_in("amina")

    with amina.database.begin(amina.user, "till", read_only=True) as ctx:
        rows = list_tickets(ctx, branch_id=amina.user.branch.id)
        older = list_tickets(ctx, after=rows[0])
        found = list_tickets(ctx, search="000002")
        ticket = get_ticket(ctx, older[0].id)

    assert [row.number[-1] for row in rows] == ["2", "1"]
    assert [row.number for row in found] == [rows[0].number]
    assert (rows[1].total, rows[1].net, rows[1].tax, rows[1].lines) == (
        *(Decimal(238), Decimal(200), Decimal(38)),
        1,
    )
    (payment,) = ticket.payments
    assert (ticket.due, payment.amount, payment.reference) == (
        *(Decimal(238), Decimal(238)),
        "000042",
    )
    assert ticket.lines[0].name == "Cof-1"


@pytest.mark.database
def test_tickets_of_another_branch_do_not_exist(
    house: House, till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    till.send(till.sale(product("COF-1", stock=10), number=1))
    ticket = house.value("select id from till.tickets")
    bilal, karim = signed_in("bilal"), signed_in("karim")

    with bilal.database.begin(bilal.user, "till", read_only=True) as ctx:
        assert list_tickets(ctx) == []
        with pytest.raises(NotFoundError):
            get_ticket(ctx, ticket)
    with (
        pytest.raises(NotAllowedError),
        karim.database.begin(karim.user, "core", read_only=True) as ctx,
    ):
        selectors.list_tickets(ctx)
