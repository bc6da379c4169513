"""A branch's morning: ten sales, the line cut for three of them, everything booked once."""

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.demo.line import Line
from erp_desktop.workstation.link import LinkState
from erp_desktop.workstation.sync.gate import PostgresGate
from erp_desktop.workstation.workstation import Workstation
from modules.inventory.api import on_hand
from modules.till.own import own_tickets
from modules.till.paid import PaidTicket
from modules.till.shelf import line_of, offers_of
from modules.till.ticket import SaleDraft
from tests.houses import ALGIERS, Device, House, MakeProduct
from tests.till.shops import QUICK, SETS, enrolment, sell_for_cash

pytestmark = pytest.mark.database

WAIT = 15.0


@pytest.fixture
def line(house: House) -> Iterator[Line]:
    """The line of the branch."""
    with Line(house.server.port) as opened:
        yield opened


@pytest.fixture
def branch_till(tmp_path: Path, house: House, device: Device, line: Line) -> Iterator[Workstation]:
    """A real till of the branch in Algiers, carrying its journal over the line."""
    where = enrolment(
        workstation_id=device.id, branch_id=ALGIERS.id, prefix=device.prefix, login=device.login
    )
    with Workstation.enrol(tmp_path / "till", where, device.password, SETS, QUICK) as station:
        conninfo = line.through(house.dsn(device.login, device.password))
        station.start_sync(PostgresGate(conninfo, workstation="till"))
        yield station


def sell_some(station: Workstation, code: str, quantity: int = 1) -> PaidTicket:
    """Sell a product as the till does."""
    now = wall_clock.now()
    (offer,) = offers_of(station, code, now.date())
    draft, _place = SaleDraft().with_line(line_of(offer, Decimal(quantity), "ar"))
    return sell_for_cash(station, draft, 1000, now)


def flush(station: Workstation) -> None:
    """Let everything go up and come down."""
    assert station.sync is not None
    assert station.sync.flush(WAIT)


def comes(station: Workstation, wanted: Callable[[LinkState], bool]) -> None:
    """Wait until the link chip shows what is wanted."""
    shown = threading.Event()
    stop = station.link.listen(lambda state: shown.set() if wanted(state) else None)
    assert wanted(station.link.state) or shown.wait(WAIT)
    stop()


def test_ten_sales_with_the_line_cut_for_three_are_booked_once(
    house: House, branch_till: Workstation, line: Line, product: MakeProduct
) -> None:
    coffee = product("COF-1", stock=50)
    seen: list[LinkState] = []
    branch_till.link.listen(seen.append)
    flush(branch_till)

    tickets = [sell_some(branch_till, "COF-1", 2) for _ in range(4)]
    flush(branch_till)
    line.cut()
    tickets += [sell_some(branch_till, "COF-1") for _ in range(3)]
    comes(branch_till, lambda state: not state.online and state.waiting == 3)
    waiting = [own.state for own in own_tickets(branch_till, since=tickets[0].sold_at)][:3]
    known_offline = on_hand(branch_till, coffee)
    line.mend()
    tickets += [sell_some(branch_till, "COF-1") for _ in range(3)]
    flush(branch_till)

    numbers = [f"{branch_till.enrolment.prefix}-{n:06d}" for n in range(1, 11)]
    assert [ticket.number for ticket in tickets] == numbers
    assert set(waiting) <= {"waiting", "sent"}
    assert known_offline == 50 - 8 - 3
    own = own_tickets(branch_till, since=tickets[0].sold_at)
    assert [(each.state, each.why) for each in own] == [("applied", "")] * 10
    with house.connect() as connection:
        booked = connection.execute("select number, total from till.tickets order by number")
        assert booked.fetchall() == [(ticket.number, ticket.total) for ticket in tickets]
    total = sum(ticket.due for ticket in tickets) + 5000
    assert house.value("select sum(debit) - sum(credit) from accounting.entry_lines") == 0
    cash = "select sum(l.debit) from accounting.entry_lines l join accounting.accounts a"
    assert house.value(f"{cash} on a.id = l.account_id where a.code = '530'") == total
    assert (
        house.value(f"select min(on_hand) from inventory.stock where product_id='{coffee}'") == 36
    )
    assert on_hand(branch_till, coffee) == 36
    comes(branch_till, lambda state: state.online and not state.waiting)
    assert any(state.online for state in seen)
    assert any(not state.online and state.waiting == 3 for state in seen)


def test_what_head_office_flags_is_told_in_words(
    branch_till: Workstation, product: MakeProduct
) -> None:
    product("COF-1", stock=1)
    flush(branch_till)

    ticket = sell_some(branch_till, "COF-1", 3)
    flush(branch_till)

    (own,) = own_tickets(branch_till, since=ticket.sold_at)
    assert own.state == "flagged"
    assert own.ticket == ticket
    assert own.why


def test_a_changed_price_is_booked_as_paid_and_flagged(
    house: House, branch_till: Workstation, line: Line, product: MakeProduct
) -> None:
    product("COF-1", stock=10)
    flush(branch_till)
    line.cut()
    house.run("update catalog.products set price = 130")

    ticket = sell_some(branch_till, "COF-1")
    line.mend()
    flush(branch_till)

    (own,) = own_tickets(branch_till, since=ticket.sold_at)
    assert (own.state, ticket.total) == ("flagged", Decimal("119.00"))
    assert "COF-1" in own.why
    assert sell_some(branch_till, "COF-1").total == Decimal("130.00")
