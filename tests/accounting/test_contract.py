"""What every module that posts may count on: post, reverse, taxes and periods, as their owners."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import OtherBranchError
from modules.accounting import services
from modules.accounting.api import PeriodState, period_state, plans_at, tax_for
from tests.accounting.books import MARCH, books_of, invariants
from tests.accounting.conftest import document, sale
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database

# The modules that post, as each function of theirs does.
CALLERS = ("sales_owner", "till_owner", "inventory_owner")
APRIL = date(YEAR, 4, 1)
INVOICE = {"total": "119.00", "net TVA19": "100.00", "tax TVA19": "19.00"}
PARTY = UUID(int=7)
TAX = {"amount": "tax", "qualifier": "TVA19", "rate": "0.19", "base": "100.00", "value": "19.00"}


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


class Caller:
    """A function of another module: it acts as that module's owner, for a login."""

    def __init__(self, house: House, connection: Any, owner: str) -> None:
        self.house = house
        self._connection = connection
        self._owner = owner

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a door of accounting in a transaction, whose checks run at its end."""
        places = ", ".join("%s::jsonb" if isinstance(a, dict) else "%s" for a in arguments)
        given = [json.dumps(a) if isinstance(a, dict) else a for a in arguments]
        with self._connection.transaction():
            self._connection.execute(f"set local role {self._owner}")
            query = f"select accounting.{function}({places})"
            return self._connection.execute(query, given).fetchone()[0]

    def post(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Post a document."""
        answer: dict[str, Any] = self.call("post_v1", entry)
        return answer

    def reverse(self, entry: Any, **more: Any) -> dict[str, Any]:
        """Reverse what a document posted."""
        asked = {"id": str(uuid7()), "entry_id": str(entry), "by": "salim", **more}
        answer: dict[str, Any] = self.call("reverse_document_v1", asked)
        return answer

    def count(self) -> int:
        """Return how many entries there are."""
        found: int = self.house.value("select count(*) from accounting.entries")
        return found


@pytest.fixture(params=CALLERS)
def caller(request: pytest.FixtureRequest, house: House) -> Any:
    """Each module that posts, for the accountant."""
    house.run(f"grant {request.param} to salim")
    with house.connect("salim") as connection:
        yield Caller(house, connection, request.param)
    house.run(f"revoke {request.param} from salim")


@pytest.fixture
def seller(house: House) -> Any:
    """One module that posts: the contract is the same for all."""
    house.run("grant sales_owner to salim")
    with house.connect("salim") as connection:
        yield Caller(house, connection, "sales_owner")
    house.run("revoke sales_owner from salim")


def invoice(**more: Any) -> dict[str, Any]:
    """Return an invoice of 119.00 on account."""
    amounts = {"total": "119.00", "net TVA19": "100.00"}
    return document("sales.invoice", amounts, **{"party": PARTY, "more": [TAX], **more})


def close(house: House, *months: int, state: str = "closed") -> None:
    with books_of(house) as books:
        books.close(*months, state=state)


def test_posting_is_idempotent_by_id(caller: Caller) -> None:
    entry = document("till.sale", sale())
    first = caller.post(entry)

    assert caller.post(entry) == first
    assert set(first) == {"entry_id", "number", "dated_on", "flags"}
    assert caller.count() == 1
    invariants(caller.house)


def test_the_answer_to_who_repeats_outlives_a_closed_period(seller: Caller) -> None:
    entry = document("till.sale", sale())
    first = seller.post(entry)
    close(seller.house, 3)

    assert seller.post(entry) == first


def another_label(_house: House, entry: dict[str, Any]) -> dict[str, Any]:
    seller_id = {"id": entry["id"]}
    return {**document("till.sale", sale()), **seller_id, "label": "another"}


def other_amounts(_house: House, entry: dict[str, Any]) -> dict[str, Any]:
    doubled = [{**each, "value": str(2 * Decimal(each["value"]))} for each in entry["amounts"]]
    return {**entry, "amounts": doubled}


def unbalanced(_house: House, _entry: dict[str, Any]) -> dict[str, Any]:
    return document("till.sale", {"cash": "119.00", "net TVA19": "100.00"})


def without_rule(_house: House, _entry: dict[str, Any]) -> dict[str, Any]:
    return document("nobody.knows", sale())


def on_a_closed_day(house: House, _entry: dict[str, Any]) -> dict[str, Any]:
    close(house, 3)
    return document("till.sale", sale())


def of_a_final_year(house: House, _entry: dict[str, Any]) -> dict[str, Any]:
    close(house, 3, state="final")
    return document("till.sale", sale())


def on_a_day_without_period(_house: House, _entry: dict[str, Any]) -> dict[str, Any]:
    return document("till.sale", sale(), on=date(YEAR + 30, 1, 1))


def of_another_branch(house: House, _entry: dict[str, Any]) -> dict[str, Any]:
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    return document("till.sale", sale(), branch=ORAN.id)


REFUSED = {
    "accounting.entry_posted_already": (another_label, other_amounts),
    "accounting.unbalanced": (unbalanced,),
    "accounting.unknown_rule": (without_rule,),
    "accounting.period_closed": (on_a_closed_day, of_a_final_year, on_a_day_without_period),
    "core.other_branch": (of_another_branch,),
}


@pytest.mark.parametrize(
    ("code", "making"), [(code, making) for code, all_ in REFUSED.items() for making in all_]
)
def test_posting_refuses(
    seller: Caller, code: str, making: Callable[[House, dict[str, Any]], dict[str, Any]]
) -> None:
    entry = document("till.sale", sale())
    seller.post(entry)
    wanted = making(seller.house, entry)

    with pytest.raises(psycopg.Error, match=code):
        seller.post(wanted)

    assert seller.count() == 1
    invariants(seller.house)


def test_a_lock_refuses_a_request(seller: Caller, ask: Ask) -> None:
    ask(services.lock_role, "accountant", APRIL)

    with pytest.raises(psycopg.Error, match=r"accounting\.period_locked"):
        seller.post(document("till.sale", sale()))


def standing(house: House) -> dict[str, Decimal]:
    """Return the balance of every account and what every party owes, zero left out."""
    with house.connect() as connection:
        rows = connection.execute(
            "select a.code, sum(l.debit - l.credit) from accounting.entry_lines l"
            " join accounting.accounts a on a.id = l.account_id group by 1"
            " union all select b.role || ' ' || b.party_id, b.balance"
            " from accounting.party_balances b"
            " union all select 'open ' || o.party_id, sum(o.open) from accounting.open_lines o"
            " where o.party_id is not null group by 1"
            " union all select t ->> 'qualifier', sum((t ->> 'value')::numeric)"
            " from accounting.entries e cross join jsonb_array_elements(e.taxes) t group by 1"
        ).fetchall()
    return {name: balance for name, balance in rows if balance}


@pytest.mark.parametrize("entry", [invoice, lambda: document("till.sale", sale())])
def test_a_reversal_brings_every_account_back(
    caller: Caller, entry: Callable[[], dict[str, Any]]
) -> None:
    posted = caller.post(entry())
    assert standing(caller.house) != {}

    back = caller.reverse(posted["entry_id"], label="back")

    assert standing(caller.house) == {}
    assert (back["reverses"], back["dated_on"], back["flags"]) == (
        posted["number"],
        MARCH.isoformat(),
        [],
    )
    invariants(caller.house)


def test_a_reversal_is_idempotent_by_id_and_stands_once(seller: Caller) -> None:
    posted = seller.post(invoice())
    wanted = str(uuid7())
    first = seller.reverse(posted["entry_id"], id=wanted)

    assert seller.reverse(posted["entry_id"], id=wanted) == first
    with pytest.raises(psycopg.Error, match=r"accounting\.entry_reversed_already"):
        seller.reverse(posted["entry_id"])
    assert seller.count() == 2


def test_a_reversal_takes_back_what_was_matched(seller: Caller) -> None:
    sold = seller.post(invoice())
    paid = seller.post(document("sales.payment", {"cash": "119.00", "paid": "119.00"}, party=PARTY))
    with books_of(seller.house) as books:
        lines = [
            {"entry_id": each["entry_id"], "line_no": books.house.value(
                "select line_no from accounting.entry_lines where party_id is not null"
                f" and entry_id = '{each['entry_id']}'")}
            for each in (sold, paid)
        ]  # fmt: skip
        assert books.send("accounting.match_v1", {"lines": lines}).state == "applied"
    assert f"open {PARTY}" not in standing(seller.house)

    seller.reverse(sold["entry_id"])

    assert standing(seller.house)[f"open {PARTY}"] == Decimal("-119.00")
    assert standing(seller.house)[f"receivable {PARTY}"] == Decimal("-119.00")


def test_a_reversal_of_a_closed_month_goes_to_the_next_open_day_and_says_so(
    seller: Caller,
) -> None:
    posted = seller.post(invoice())
    close(seller.house, 3)
    with pytest.raises(psycopg.Error, match=r"accounting\.period_closed"):
        seller.reverse(posted["entry_id"], on=MARCH.isoformat())

    back = seller.reverse(posted["entry_id"])

    assert back["dated_on"] == APRIL.isoformat()
    assert [flag["code"] for flag in back["flags"]] == ["accounting.period_closed"]
    assert standing(seller.house) == {}


def test_a_reversal_refuses(seller: Caller) -> None:
    posted = seller.post(invoice())
    with pytest.raises(psycopg.Error, match=r"core\.not_found"):
        seller.reverse(uuid7())
    with pytest.raises(psycopg.Error, match=r"accounting\.reversal_too_early"):
        seller.reverse(posted["entry_id"], on=date(YEAR, 3, 9).isoformat())
    abroad = seller.post(invoice(branch=ORAN.id))
    seller.house.run("update core.users set sees_all_branches = false where login = 'salim'")
    with pytest.raises(psycopg.Error, match=r"core\.not_found"):
        seller.reverse(abroad["entry_id"])
    assert seller.count() == 2


def test_taxes_of_one_code_are_those_of_all_codes(caller: Caller, ask: Ask) -> None:
    for day in (MARCH, date(1990, 1, 1)):
        plans = ask(plans_at, day)
        for code in (*ask(plans_at, MARCH), "NIX"):
            assert ask(tax_for, code, day) == plans.get(code)
    told = caller.call("tax_for_v1", "TVA19", MARCH)
    assert (told["code"], told["taxes"]) == (
        "TVA19",
        [{"code": "TVA19", "rate": "0.19", "after": []}],
    )
    assert caller.call("tax_for_v1", "NIX", MARCH) is None


@pytest.mark.parametrize("state", ["open", "closed", "final"])
@pytest.mark.parametrize("lock", [None, MARCH, APRIL])
def test_the_state_of_a_period_agrees_with_what_posting_accepts(
    seller: Caller, ask: Ask, state: str, lock: date | None
) -> None:
    ask(services.lock_role, "accountant", lock)
    close(seller.house, 3, state=state)

    told: PeriodState = ask(period_state, ALGIERS.id, MARCH)

    assert (told.state, told.locked_before) == (state, lock)
    assert told.accepts == (state == "open" and lock != APRIL)
    if told.accepts:
        assert seller.post(document("till.sale", sale()))["dated_on"] == MARCH.isoformat()
    else:
        with pytest.raises(psycopg.Error, match=r"accounting\.period_(closed|locked)"):
            seller.post(document("till.sale", sale()))
    assert told.fact_on == (MARCH if state == "open" else APRIL)
    ask(services.lock_role, "accountant", None)
    fact = {**document("till.sale", sale()), "is_fact": True}
    assert seller.post(fact)["dated_on"] == told.fact_on.isoformat()


def test_a_day_without_period_and_another_branch(caller: Caller, ask: Ask) -> None:
    far = date(YEAR + 30, 1, 1)
    assert ask(period_state, ALGIERS.id, far) == PeriodState(
        "none", accepts=False, locked_before=None, fact_on=None
    )
    assert caller.call("period_state_v1", ALGIERS.id, far)["state"] == "none"
    with pytest.raises(OtherBranchError):
        ask(period_state, ORAN.id, MARCH, as_user="nadia")
