"""Tax returns: the boxes of each country's form, declared in their turn, settled and taken back.

February 2026 at Algiers and Oran, in dinars, worked out by hand:

    sold at 19 %   ALG 1,000.00 + 190.00      ORN 200.00 + 38.00
    sold at 9 %    ALG   500.00 +  45.00
    exempt         ALG   300.00
    given back     ALG  -100.00 -  19.00 at 19 %
    bought         ALG   400.00 +  76.00 (goods), 1,000.00 + 190.00 (a machine)

Collected: 190 + 38 + 45 - 19 = 254.00. Deductible: 76 + 190 = 266.00. Left over: 12.00.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import Answer
from erp_desktop.core.errors import OtherBranchError
from erp_desktop.server.packs import read_pack
from modules.accounting.entries import LineDraft
from modules.accounting.returns import DECLARE_TAX, UNDO_TAX, Box, BoxFigures, figures_of, fill
from modules.accounting.selectors import ShownReturn, get_return, next_month
from modules.accounting.selectors.returns import list_tax_documents
from tests.accounting.books import Books, books_of, code_of, draft
from tests.accounting.conftest import Post
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

FEBRUARY = (date(YEAR, 2, 1), date(YEAR, 2, 28))
MARCH = (date(YEAR, 3, 1), date(YEAR, 3, 31))
ZERO = Decimal(0)


@pytest.fixture
def asker() -> str:
    """The accountant declares."""
    return "salim"


@pytest.fixture
def sell(post: Post) -> Any:
    """Post an invoice of the books: `sell("TVA19", "0.19", "1000.00", "190.00")`."""

    def do(code: str, rate: str, base: str, tax: str, **more: Any) -> None:
        charged = {"amount": "tax", "qualifier": code, "rate": rate, "base": base, "value": tax}
        amounts = {"total": str(Decimal(base) + Decimal(tax)), f"net {code}": base}
        post("sales.invoice", amounts, **{"on": date(YEAR, 2, 10), "more": [charged], **more})

    return do


@pytest.fixture
def books(house: House, sell: Any) -> Iterator[Books]:
    """Salim's books with February in them."""
    sell("TVA19", "0.19", "1000.00", "190.00")
    sell("TVA19", "0.19", "200.00", "38.00", branch=ORAN.id)
    sell("TVA9", "0.09", "500.00", "45.00")
    sell("EXO", "0", "300.00", "0")
    sell("TVA19", "0.19", "-100.00", "-19.00")
    with books_of(house) as opened:
        bought = [("301", "400"), ("44566", "76"), ("2182", "1000"), ("44562", "190")]
        lines = [LineDraft(account, debit=Decimal(amount)) for account, amount in bought]
        supplier = LineDraft("401", credit=Decimal(1666))
        assert opened.post(draft(*lines, supplier, on=date(YEAR, 2, 15))).state == "applied"
        yield opened


def this_month() -> tuple[date, date]:
    """Return the days of the month that is not over, whenever the test runs."""
    first = wall_clock.today().replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def declared(books: Books, days: tuple[date, date] = FEBRUARY) -> Answer:
    payload = {"first": days[0].isoformat(), "last": days[1].isoformat()}
    return books.send(DECLARE_TAX, payload)


def shown(ask: Ask, days: tuple[date, date] = FEBRUARY) -> ShownReturn:
    answer: ShownReturn = ask(get_return, first_day=days[0], last_day=days[1])
    return answer


def boxes_of(answer: ShownReturn) -> dict[str, tuple[Any, Any]]:
    return {row.code: (row.base, row.tax) for row in answer.rows if row.base or row.tax}


BALANCE = (
    "select coalesce(sum(debit - credit), 0) from accounting.entry_lines l"
    " join accounting.accounts a on a.id = l.account_id where a.code = '{}'"
)


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_the_form_says_what_the_books_say(ask: Ask) -> None:
    answer = shown(ask)

    assert boxes_of(answer) == {
        "E3B11": (500, 45),
        "E3B22": (1100, 209),
        "EXO": (300, 0),
        "S1": (1900, 254),
        "E3B92": (0, 76),
        "E3B93": (0, 190),
        "S2": (0, 266),
        "NET": (0, -12),
    }
    assert (answer.id, answer.is_last) == (None, True)
    assert answer.due == -12
    assert {row.code: row.account for row in answer.rows if row.account}["E3B93"] == "44562"


@pytest.mark.database
def test_a_return_is_settled_frozen_and_followed_by_the_next(
    ask: Ask, books: Books, sell: Any, house: House
) -> None:
    assert declared(books).result["due"] == "-12.00"

    for account in ("44571", "44566", "44562", "44551"):
        assert house.value(BALANCE.format(account)) == 0, account
    assert house.value(BALANCE.format("44568")) == 12
    by_branch = BALANCE.format("44568") + f" and l.branch_id = '{ORAN.id}'"
    assert house.value(by_branch) == -38
    sell("TVA19", "0.19", "50.00", "9.50")  # late, of a month that is declared
    assert shown(ask).due == -12
    assert ask(next_month) == MARCH[0]

    march = boxes_of(shown(ask, MARCH))

    assert march["E3B22"] == (50, Decimal("9.50"))
    assert march["E3B91"] == (0, 12)
    assert march["NET"] == (0, Decimal("-2.50"))
    assert declared(books, MARCH).result["due"] == "-2.50"
    assert house.value(BALANCE.format("44568")) == Decimal("2.50")


@pytest.mark.database
@pytest.mark.parametrize("is_same_account", [False, True])
def test_stamp_duty_is_owed_to_the_state_once_declared(
    ask: Ask, books: Books, post: Post, house: House, *, is_same_account: bool
) -> None:
    """Taken in cash: 10.00 of 1,000.00 at Algiers, 5.00 borne by us at Oran: 15.00 in all."""
    if is_same_account:
        duty = "(select id from accounting.accounts where code = '44575')"
        house.run(
            f"update accounting.account_roles set account_id = {duty} where role = 'stamp_due'"
        )
    on = {"on": date(YEAR, 2, 20)}
    post("sales.payment", {"cash": "1010.00", "paid": "1000.00", "stamp": "10.00"}, **on)
    borne = {"cash": "500.00", "paid": "500.00", "stamp_borne": "5.00"}
    post("sales.payment", borne, branch=ORAN.id, **on)
    before = boxes_of(shown(ask))

    first = declared(books).result

    assert (before["E2E00"], boxes_of(shown(ask)), first["due"]) == ((0, 15), before, "-12.00")
    left = (-15, 0) if is_same_account else (0, -15)
    assert (house.value(BALANCE.format("44575")), house.value(BALANCE.format("4478"))) == left
    if not is_same_account:
        by_branch = BALANCE.format("4478") + f" and l.branch_id = '{ORAN.id}'"
        assert house.value(by_branch) == -5
    assert "E2E00" not in boxes_of(shown(ask, MARCH))
    assert books.send(UNDO_TAX, {"return_id": first["return_id"]}).state == "applied"
    assert house.value(BALANCE.format("44575")) == -15
    assert house.value(BALANCE.format("4478")) == 0
    assert boxes_of(shown(ask)) == before


@pytest.mark.database
def test_duty_without_an_account_for_it_is_refused(books: Books, post: Post, house: House) -> None:
    house.run("delete from accounting.account_roles where role = 'stamp_due'")
    paid = {"cash": "1010.00", "paid": "1000.00", "stamp": "10.00"}
    post("sales.payment", paid, on=date(YEAR, 2, 20))

    assert code_of(declared(books)) == "accounting.role_missing"


def behind(ask: Ask, code: str, days: tuple[date, date] = FEBRUARY) -> list[tuple[Any, ...]]:
    """Return base and tax of each document behind a box, and check that they add up to it."""
    box = next(row for row in shown(ask, days).rows if row.code == code)
    found = ask(list_tax_documents, box.taxes, first_day=days[0], last_day=days[1])
    assert (sum(d.base for d in found), sum(d.tax for d in found)) == (box.base, box.tax)
    return [(each.base, each.tax) for each in found]


@pytest.mark.database
def test_the_documents_behind_a_box_add_up_to_it(ask: Ask, books: Books, sell: Any) -> None:
    whole = [(1000, 190), (200, 38), (-100, -19)]
    assert sorted(behind(ask, "E3B22")) == sorted(whole)
    assert behind(ask, "OLD") == []

    declared(books)
    sell("TVA19", "0.19", "50.00", "9.50")  # late, of a month that is declared

    assert sorted(behind(ask, "E3B22")) == sorted(whole)
    assert behind(ask, "E3B22", MARCH) == [(50, Decimal("9.50"))]


@pytest.mark.database
def test_the_last_return_can_be_taken_back_and_declared_anew(
    ask: Ask, books: Books, sell: Any, house: House
) -> None:
    first = declared(books).result["return_id"]
    sell("TVA19", "0.19", "100.00", "19.00")

    assert books.send(UNDO_TAX, {"return_id": first}).state == "applied"

    assert house.value(BALANCE.format("44568")) == 0
    assert boxes_of(shown(ask))["NET"] == (0, 7)
    assert declared(books).result["due"] == "7.00"
    assert house.value(BALANCE.format("44551")) == -7
    assert house.value("select count(*) from accounting.tax_returns where undone_at is null") == 1


@pytest.mark.database
def test_what_cannot_be_declared_says_why(books: Books, house: House) -> None:
    assert code_of(declared(books, this_month())) == "accounting.tax_month_running"
    assert code_of(declared(books, (MARCH[0], date(YEAR, 3, 30)))) == "accounting.tax_months_whole"
    first = declared(books).result["return_id"]
    assert code_of(declared(books)) == "accounting.tax_declared_already"
    april = (date(YEAR, 4, 1), date(YEAR, 4, 30))
    assert code_of(declared(books, april)) == "accounting.tax_month_missing"
    declared(books, MARCH)
    assert code_of(books.send(UNDO_TAX, {"return_id": first})) == "accounting.tax_not_last"
    with books_of(house, "nadia") as others:
        assert code_of(declared(others, april)) == "core.not_permitted"
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    assert code_of(declared(books, april)) == "core.other_branch"


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_who_sees_one_branch_sees_no_return(ask: Ask, house: House) -> None:
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    with pytest.raises(OtherBranchError):
        shown(ask)
    assert ALGIERS.id != ORAN.id


@pytest.mark.parametrize("country", ["DZ", "MA", "TN"])
@given(data=st.data())
def test_every_figure_stands_in_the_form_once(country: str, data: st.DataObject) -> None:
    pack = read_pack(country)
    boxes = [Box(b["code"], b["kind"], b["base"], b["tax"]) for b in pack["tax_return"]]
    amounts = st.integers(-10_000, 10_000).map(lambda n: Decimal(n).scaleb(-2))
    codes = sorted({tax["code"] for tax in pack["taxes"]})
    qualifiers = [r["qualifier"] for r in pack["account_roles"] if r["role"] == "tax_deductible"]
    told: dict[str, Any] = {
        "taxes": {
            code: {"base": str(data.draw(amounts)), "tax": str(data.draw(amounts))}
            for code in codes
            if not code.startswith(("EXO", "SUSP"))
        },
        "deductible": {each: str(data.draw(amounts)) for each in qualifiers},
        **{name: str(data.draw(amounts)) for name in ("unnamed", "credit", "stamp")},
    }

    filled = fill(boxes, figures_of(told))

    collected = sum((Decimal(each["tax"]) for each in told["taxes"].values()), ZERO)
    deducted = sum((Decimal(each) for each in told["deductible"].values()), ZERO)
    due = collected + Decimal(told["unnamed"]) - deducted - Decimal(told["credit"])
    assert filled["NET"].tax == due
    assert BoxFigures(ZERO, Decimal(told["stamp"])) in filled.values()
