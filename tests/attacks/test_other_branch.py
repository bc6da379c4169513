"""What happens in Oran, nobody in Algiers reads: through no table, view, function or feed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.attacks.conftest import MARKS, TwoBranches, marks_in
from tests.attacks.intruder import attempt, calls_with_nulls, direct, look, relations, roles_of
from tests.houses import ORAN

pytestmark = pytest.mark.database

# People of Algiers, and its till.
WATCHERS = ("amina", "karim", "nadia", "yacine", "device")
SETS = [
    "catalog.products", "catalog.barcodes", "inventory.stock", "core.users", "accounting.tax_rates",
]  # fmt: skip


@dataclass(frozen=True)
class Watcher:
    """Somebody who looks, as one of the roles they may take."""

    login: str
    role: str
    connection: Any = field(repr=False, compare=False)

    def look(self, query: str) -> list[str]:
        """Return what a query shows."""
        return look(self.connection, self.role, query)


def watch(two: TwoBranches, logins: Iterable[str]) -> Iterator[Watcher]:
    """Look as each of some logins, as each of their roles."""
    for login in logins:
        with two.house.connect(two.algiers.login if login == "device" else login) as connection:
            for role in roles_of(connection):
                yield Watcher(login, role, connection)


def test_no_table_or_view_shows_another_branch(two_branches: TwoBranches) -> None:
    shown = {
        (watcher, relation): marks
        for watcher in watch(two_branches, WATCHERS)
        for relation in relations(two_branches.house)
        if (marks := marks_in(watcher.look(f"select * from {relation}")))
    }

    assert shown == {}


def test_no_row_bears_the_id_of_another_branch(two_branches: TwoBranches) -> None:
    shown = {
        (watcher, relation)
        for watcher in watch(two_branches, WATCHERS)
        for relation in relations(two_branches.house)
        if relation != "core.branches"
        for row in watcher.look(f"select * from {relation}")
        if str(ORAN.id) in row
    }

    assert shown == set()


def test_those_who_may_see_it_do(two_branches: TwoBranches) -> None:
    seen = {
        (watcher.login, relation)
        for watcher in watch(two_branches, ("bilal", "salim", "root_admin"))
        for relation in relations(two_branches.house)
        if marks_in(watcher.look(f"select * from {relation}"))
    }

    assert seen >= {
        ("bilal", "till.tickets"),
        ("bilal", "core.notifications"),
        ("bilal", "core.users"),
        ("salim", "accounting.entries"),
        ("salim", "core.commands"),
        ("salim", "sales.invoices"),
        ("salim", "sales.payment_list"),
        ("bilal", "sales.invoice_list"),
        ("root_admin", "core.users"),
        ("root_admin", "core.audit"),
    }


def test_no_function_tells_of_another_branch(two_branches: TwoBranches) -> None:
    shown, called = {}, set()
    calls = calls_with_nulls(two_branches.house)
    for watcher in watch(two_branches, WATCHERS):
        for call in calls:
            answer = watcher.look(f"select * from {call}")
            called |= {call} - {call if answer == ["42501"] else ""}
            marks = marks_in(answer)
            shown.update({(watcher, call): marks} if marks else {})

    assert shown == {}
    assert len(called) > 20


@pytest.mark.parametrize(
    "call",
    [
        "core.hello_v1('9.9.9')",
        "core.notification_list_v1(100)",
        "core.branches()",
        "core.colleagues()",
        "core.unverified_v1(100)",
    ],
)
def test_what_the_core_answers_is_of_ones_own_branch(two_branches: TwoBranches, call: str) -> None:
    answers = [
        row
        for watcher in watch(two_branches, WATCHERS)
        if watcher.role == "core_app"
        for row in watcher.look(f"select * from {call}")
    ]

    assert not [row for row in answers for mark in MARKS if mark in row]


def test_the_ledger_adds_up_ones_own_branch_only(two_branches: TwoBranches) -> None:
    house = two_branches.house
    everything = "select sum(debit) from accounting.trial_balance_v1('2000-01-01', '2100-01-01')"
    of_oran = (
        "select sum(debit) from accounting.trial_balance_v1"
        f"('2000-01-01', '2100-01-01', '{ORAN.id}')"
    )

    with house.connect("nadia") as manager, house.connect("salim") as accountant:
        (own,) = look(manager, "accounting_app", everything)
        (all_of_it,) = look(accountant, "accounting_app", everything)
        (foreign,) = look(manager, "accounting_app", of_oran)

    assert foreign == "(None,)"
    assert own != all_of_it


@pytest.mark.parametrize("login", WATCHERS)
def test_the_feed_brings_ones_own_branch_only(two_branches: TwoBranches, login: str) -> None:
    name = two_branches.algiers.login if login == "device" else login
    with two_branches.house.connect(name) as connection:
        brought = list(pull(connection, SETS, limit=2))

    assert brought[-1]["more"] is False
    assert marks_in(page[part] for page in brought for part in ("rows", "gone")) == []


def pull(connection: Any, sets: list[str], *, limit: int) -> Iterator[dict[str, Any]]:
    """Pull until there is no more."""
    position, more = None, True
    while more:
        request = {"position": position, "sets": sets, "limit": limit}
        with connection.transaction():
            connection.execute("set local role core_app")
            (page,) = connection.execute("select core.pull_v1(%s)", [Jsonb(request)]).fetchone()
        yield page
        position, more = page["position"], page["more"]


def test_nobody_books_for_another_branch(two_branches: TwoBranches) -> None:
    house = two_branches.house
    before = house.value("select sum(on_hand) from inventory.stock")

    with house.connect("karim") as clerk:
        payload = {
            "branch_id": str(ORAN.id),
            "lines": [{"product_id": str(two_branches.product), "quantity": "5", "unit_cost": "1"}],
        }
        answer = direct(clerk, "inventory.open_stock_v1", payload, "karim")

    assert (answer.state, answer.flags[0].code) == ("refused", "core.other_branch")
    assert house.value("select sum(on_hand) from inventory.stock") == before


def test_a_manager_neither_resolves_nor_repeats_what_is_flagged_elsewhere(
    two_branches: TwoBranches,
) -> None:
    house = two_branches.house
    review = house.value(f"select id from core.reviews where branch_id = '{ORAN.id}' limit 1")
    parked = house.value(
        f"select id from core.commands where branch_id = '{ORAN.id}' and is_parked limit 1"
    )

    with house.connect("nadia") as manager:
        states = [
            attempt(manager, "core_app", "select core.resolve_review_v1(%s, 'x')", [review]),
            attempt(manager, "core_app", "select core.retry_v1(%s)", [parked]),
            attempt(
                manager,
                "core_app",
                "select core.disable_workstation_v1(%s)",
                [two_branches.oran.id],
            ),
        ]

    assert states == ["ERP01", "ERP01", "ERP01"]
