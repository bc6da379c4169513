"""The dashboard's figures: true, of one's own branches, and only what one may see."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege

from erp_desktop.core import wall_clock
from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotAllowedError
from modules.dashboard.figures import Asked, Figures
from modules.dashboard.selectors import get_figures
from modules.inventory.selectors import StockFilter, list_stock
from modules.till.selectors import list_sessions, list_tickets
from tests.core.test_database import queries
from tests.houses import Ask, House, MakeProduct, SignIn, Till

pytestmark = pytest.mark.database

TODAY = wall_clock.today()


@pytest.fixture
def sold(till: Till, product: MakeProduct) -> Till:
    """Sell three coffees and one tea in Algiers; the tea is gone then."""
    coffee = product("COF-1", stock=10, cost="70")
    tea = product("TEA-1", stock=1, cost="60")
    answers = till.send(
        till.sale(coffee, number=1, quantity=2),
        till.sale(coffee, number=2),
        till.sale(tea, number=3),
    )
    assert {answer.state for answer in answers} == {"applied"}
    return till


@pytest.fixture
def figures(ask: Ask) -> Callable[..., Figures]:
    """Ask for figures: `figures(days=7, as_user="salim")`."""

    def call(days: int = 1, *, as_user: str = "nadia", branch: Any = None) -> Figures:
        found: Figures = ask(get_figures, Asked(TODAY, days, branch), as_user=as_user)
        return found

    return call


@pytest.mark.usefixtures("sold")
def test_sales_margin_and_payments_are_those_of_the_tickets(
    figures: Callable[..., Figures],
) -> None:
    found = figures()

    assert found.sales is not None
    assert (found.sales.total, found.sales.tickets) == (Decimal("476.00"), 3)
    assert sum(found.sales.places.values()) == found.sales.total
    assert found.margin is not None
    assert (found.margin.net, found.margin.cost) == (Decimal("400.00"), Decimal("270.00"))
    assert found.margin.amount == Decimal("130.00")
    assert found.month is not None
    assert found.month == found.margin
    assert found.payments == {"card": Decimal("476.00")}
    assert [(each.name, each.amount) for each in found.products] == [
        ("Cof-1", Decimal("357.00")),
        ("Tea-1", Decimal("119.00")),
    ]
    assert [each.name for each in found.sales.cashiers] == ["amina"]


@pytest.mark.usefixtures("sold")
def test_drawers_stock_and_ledger_are_those_of_now(figures: Callable[..., Figures]) -> None:
    found = figures()

    assert found.drawers is not None
    # The session of the test was opened at the first of January.
    assert (found.drawers.sessions, len(found.drawers.left_open)) == (1, 1)
    assert found.cash is not None
    assert (found.cash.account, found.cash.balance) == ("530", Decimal(0))
    assert found.stock is not None
    assert (found.stock.out, found.stock.low, found.stock.short) == (1, 1, 0)
    assert [each.facts["code"] for each in found.stock.first] == ["TEA-1"]
    assert found.stock.first[0].since is not None


@pytest.mark.usefixtures("sold")
def test_the_lists_behind_the_tiles_hold_what_the_tiles_count(
    ask: Ask, figures: Callable[..., Figures]
) -> None:
    found = figures()

    sessions = ask(list_sessions, is_open=True, branch="alg")
    tickets = ask(list_tickets, since=wall_clock.midnight(TODAY))
    out = ask(list_stock, StockFilter(is_out=True))
    low = ask(list_stock, StockFilter(is_low=True))

    assert found.drawers is not None
    assert found.sales is not None
    assert found.stock is not None
    assert len(sessions) == found.drawers.sessions
    assert ask(list_sessions, is_open=True, branch="ORN") == []
    assert sum(ticket.total for ticket in tickets) == found.sales.total
    assert (len(out), len(low)) == (found.stock.out, found.stock.low)


def test_what_came_against_a_rule_waits_to_be_looked_at(
    till: Till, product: MakeProduct, figures: Callable[..., Figures]
) -> None:
    gone = product("GONE-1", stock=1)
    (answer,) = till.send(till.sale(gone, number=1, quantity=3))
    assert answer.state == "flagged"

    found = figures()

    assert found.reviews is not None
    assert (found.reviews.waiting, found.reviews.parked) == (1, 0)
    assert found.reviews.first[0].facts["code"].startswith("inventory.")
    assert found.stock is not None
    assert found.stock.short == 1


@pytest.mark.usefixtures("sold")
def test_a_day_is_compared_with_the_same_day_of_the_week_before_up_to_now(
    house: House, figures: Callable[..., Figures]
) -> None:
    _move(house, "ALG-01-000001", "now() - interval '7 days 1 minute'")
    _move(house, "ALG-01-000002", "now() - interval '7 days' + interval '1 minute'")

    today, week = figures().sales, figures(7).sales

    assert today is not None
    assert week is not None
    # A minute after midnight the two minutes lie on either side of it.
    assert today.before in {Decimal("238.00"), Decimal(0)}
    assert today.total == Decimal("119.00")
    assert week.total in {Decimal("119.00"), Decimal("238.00")}
    assert week.total + week.before in {Decimal("357.00"), Decimal("476.00")}


@pytest.mark.usefixtures("sold")
def test_days_and_weeks_stand_at_their_places(
    house: House, figures: Callable[..., Figures]
) -> None:
    for number in (1, 2, 3):
        _move(house, f"ALG-01-00000{number}", "now() - interval '3 days'")

    found = {days: figures(days).sales for days in (7, 30, 84)}

    # Three days ago: the fourth of seven days, the 27th of 30, the last of twelve weeks.
    assert {days: sales and sales.places for days, sales in found.items()} == {
        days: {place: Decimal("476.00")} for days, place in ((7, 3), (30, 26), (84, 11))
    }


def _move(house: House, number: str, moment: str) -> None:
    """Let a ticket have been sold at another time, behind everybody's back."""
    with house.connect() as connection:
        connection.execute("set session_replication_role = replica")
        done = connection.execute(
            f"update till.tickets set sold_at = {moment} where number = %s", [number]
        )
        assert done.rowcount == 1


@pytest.mark.usefixtures("sold")
def test_nobody_sees_figures_of_other_branches(
    house: House, figures: Callable[..., Figures]
) -> None:
    oran = house.value("select id from core.branches where code = 'ORN'")

    elsewhere = figures(branch=oran)
    everywhere = figures(as_user="salim")

    assert elsewhere.sales is not None
    assert (elsewhere.sales.total, elsewhere.products) == (Decimal(0), [])
    assert elsewhere.stock is not None
    assert (elsewhere.stock.out, elsewhere.stock.first) == (0, [])
    assert everywhere.sales is not None
    assert everywhere.sales.total == Decimal("476.00")
    assert [each.name for each in everywhere.sales.branches] == ["Alger Centre"]


def test_who_has_no_right_sees_no_figures(figures: Callable[..., Figures], house: House) -> None:
    for login in ("amina", "karim", "yacine"):
        with pytest.raises(NotAllowedError):
            figures(as_user=login)

        with (
            house.connect(login) as connection,
            pytest.raises(InsufficientPrivilege, match="permission denied"),
        ):
            connection.execute("set role dashboard_app")


HIDDEN_WITHOUT = {
    "dashboard.margin.view": ["margin", "month"],
    "till.ticket.view": ["sales", "margin", "month"],
    "till.session.view": ["drawers"],
    "accounting.ledger.view": ["cash"],
    "inventory.stock.view": ["stock"],
    "core.review.view": ["reviews"],
}


@pytest.mark.usefixtures("sold")
def test_what_a_user_may_not_see_is_left_out(house: House, signed_in: SignIn) -> None:
    session = signed_in("nadia")
    names = ("sales", "margin", "month", "drawers", "cash", "stock", "reviews")
    hidden = {}

    for right in HIDDEN_WITHOUT:
        of_managers = f"permission = '{right}' and role = 'manager'"
        house.run(f"delete from core.role_permissions where {of_managers}")
        with session.database.begin(session.user, "dashboard", read_only=True) as ctx:
            found = get_figures(ctx, Asked(TODAY, 1))
        hidden[right] = [name for name in names if getattr(found, name) is None]
        house.run(f"insert into core.role_permissions values ('manager', '{right}')")

    assert hidden == HIDDEN_WITHOUT


def test_everything_comes_in_one_question(signed_in: SignIn) -> None:
    def work(ctx: Context) -> None:
        get_figures(ctx, Asked(TODAY, 30))

    assert queries(signed_in("nadia"), "dashboard", work, read_only=True) <= 2


def test_a_month_begins_at_its_first_day(ask: Ask) -> None:
    yesterday = TODAY.replace(day=1) - timedelta(days=1)

    found: Figures = ask(get_figures, Asked(yesterday, 1))

    assert found.last_day == yesterday
    assert found.month is not None
    assert found.month.rate is None
