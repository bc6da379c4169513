"""The register in Algeria, worked out by hand.

A van of 1,200,000.00 in service on 10 April, 5 years straight by months: 20,000.00 a month from
1 April. A computer of 90,000.00 since January, 3 years: 2,500.00 a month. Land of 5,000,000.00
stays as it is. Until June: van 3 x 20,000 = 60,000; computer 6 x 2,500 = 15,000.

The van is sold on 15 September for 1,100,000.00 and TVA 19 % 209,000.00. It is used up for five
months and a half: 110,000.00, 50,000.00 of that since June, so it is worth 1,090,000.00: a gain of
10,000.00. The computer is scrapped on 30 September: 22,500.00 used up, a loss of 67,500.00.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.money import DZD
from modules.accounting.depreciation import Method, Terms, used_up
from modules.accounting.selectors.assets import (
    get_asset_board,
    get_asset_sheet,
    get_depreciation,
    list_assets,
)
from tests.accounting.assets.register import Register, register_of
from tests.accounting.books import code_of, invariants
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant asks."""
    return "salim"


@pytest.fixture
def register(house: House) -> Iterator[Register]:
    """Salim's register."""
    with register_of(house) as opened:
        yield opened


def filled(register: Register) -> tuple[UUID, UUID]:
    """Buy a van, a computer and land; return the first two."""
    van = register.add("V-1", "VEHICLE", "1200000", "04-10", acquired_on=f"{YEAR}-04-02",
                       in_service_on=f"{YEAR}-04-10")  # fmt: skip
    computer = register.add("C-1", "COMPUTER", "90000", "01-01", life_months=36)
    register.add("L-1", "LAND", "5000000", "01-01", method="none", life_months=0)
    for account, amount, day in (("2182", "1200000", "04-02"), ("2183", "90000", "01-02"),
                                 ("2111", "5000000", "01-02")):  # fmt: skip
        register.buy(account, "404", amount, day)
    return van, computer


def test_a_run_posts_each_asset_once(register: Register, ask: Ask) -> None:
    van, _computer = filled(register)
    shown = ask(get_depreciation, date(YEAR, 6, 30))
    assert [(row.code, row.amount, row.is_posted) for row in shown.rows] == [
        ("C-1", 15000, False), ("V-1", 60000, False),
    ]  # fmt: skip

    assert register.depreciate("06-30").state == "applied"

    assert register.run("06-30") == ["681 +75000.00", "28182 -60000.00", "28183 -15000.00"]
    shown = ask(get_depreciation, date(YEAR, 6, 30))
    assert [(row.code, row.depreciated, row.amount, row.is_posted) for row in shown.rows] == [
        ("C-1", 0, 15000, True), ("V-1", 0, 60000, True),
    ]  # fmt: skip
    assert code_of(register.depreciate("06-30")) == "accounting.depreciation_nothing"
    assert code_of(register.depreciate("05-31")) == "accounting.depreciation_later"
    assert code_of(register.depreciate("06-15")) == "accounting.depreciation_month_end"
    assert code_of(register.dispose(van, "06-15")) == "accounting.asset_depreciated_later"
    assert register.undo("06-30").state == "applied"
    assert register.used(van) == 0
    assert code_of(register.undo("06-30")) == "core.not_found"
    invariants(register.house)


def test_assets_are_sold_and_scrapped(register: Register, ask: Ask) -> None:
    van, computer = filled(register)
    register.depreciate("06-30")

    sold = register.dispose(van, "09-15", kind="sale", price="1100000", tax_code="TVA19")

    assert register.lines(sold.result["entry_id"]) == [
        "681 +50000.00", "28182 -50000.00", "28182 +110000.00", "2182 -1200000.00",
        "462 +1309000.00", "44571 -209000.00", "752 -10000.00",
    ]  # fmt: skip
    assert (sold.result["charge"], sold.result["result"]) == ("50000.00", "10000.00")
    scrapped = register.dispose(computer, "09-30", kind="scrap")
    assert register.lines(scrapped.result["entry_id"]) == [
        "681 +7500.00", "28183 -7500.00", "28183 +22500.00", "2183 -90000.00", "652 +67500.00",
    ]  # fmt: skip
    board = ask(get_asset_board, date(YEAR, 1, 1), date(YEAR, 12, 31))
    assert {r.category: (r.opening, r.added, r.gone, r.closing, r.charged, r.used_gone, r.used)
            for r in board.rows} == {
        "COMPUTER": (0, 90000, 90000, 0, 22500, 22500, 0),
        "LAND": (0, 5000000, 0, 5000000, 0, 0, 0),
        "VEHICLE": (0, 1200000, 1200000, 0, 110000, 110000, 0),
    }  # fmt: skip
    assert board.differing == ()
    details = ask(get_asset_sheet, van).asset
    assert [(p.ends_on.month, p.amount) for p in details.posted] == [(6, 60000), (9, 50000)]
    assert details.gone is not None
    assert details.gone["price"] == "1100000"
    assert code_of(register.undo("06-30")) == "accounting.depreciation_of_gone"
    assert (register.keep(van).state, register.keep(computer).state) == ("applied", "applied")
    assert register.used(van) == 60000
    assert register.undo("06-30").state == "applied"
    assert register.used(van) == 0
    assert [row.left for row in ask(list_assets)] == [90000, 5000000, 1200000]
    assert ask(get_asset_board, date(YEAR, 1, 1), date(YEAR, 12, 31)).differing == ()
    invariants(register.house)


def test_what_an_asset_is_worth_follows_from_what_stays(register: Register, ask: Ask) -> None:
    old = register.add(
        "OLD", "FURNITURE", "60000", f"{YEAR - 2}-01-01", taken_over="24000",
        taken_over_on=f"{YEAR - 1}-12-31",
    )  # fmt: skip
    register.buy("2184", "110", "60000", "01-01")
    register.buy("110", "28184", "24000", "01-01")
    register.depreciate("01-31")
    assert register.used(old) == 25000
    board = ask(get_asset_board, date(YEAR, 1, 1), date(YEAR, 12, 31))
    assert (board.rows[0].opening, board.rows[0].used_before, board.differing) == (60000, 24000, ())
    told = {**ask(get_asset_sheet, old).asset.told, "name": "Armoire"}

    def refused(**changes: object) -> str:
        with pytest.raises(psycopg.Error) as error:
            register.books.call(
                "accounting.save_asset_v1", Jsonb({**told, **changes}), told["version"]
            )
        return str(error.value.diag.message_primary or "")

    assert "asset_in_books" in refused(cost="70000")
    assert "asset_in_books" in refused(life_months=12)
    assert "other_branch" in refused(branch_id="00000000-0000-0000-0000-000000000000")
    register.books.call("accounting.save_asset_v1", Jsonb(told), told["version"])
    assert "stale_record" in refused()
    assert ask(list_assets)[0].name == "Armoire"
    register.books.close(1)
    assert code_of(register.undo("01-31")) == "accounting.period_closed"
    register.add("ORN", "COMPUTER", "3600", "02-01", life_months=36, branch_id=str(ORAN.id))
    assert register.depreciate("02-28").state == "applied"
    assert register.house.value("select count(*) from accounting.depreciation_runs") == 3


def test_an_asset_that_cannot_be_is_refused(register: Register) -> None:
    register.add("OLD", "FURNITURE", "60000", "01-01")
    reasons: dict[str, dict[str, Any]] = {
        "category_unknown": {"category": "NONE"},
        "asset_method_unlawful": {"method": "two_shifts"},
        "asset_category_lasting": {"category": "LAND"},
        "asset_amounts": {"cost": "0.001"},
        "assets_code_is_taken": {"code": "OLD"},
        "assets_keep_a_part": {"residual": "60000"},
        "assets_have_a_life": {"life_months": 0},
    }
    for why, changes in reasons.items():
        given = {"code": "NEW", "category": "FURNITURE", "cost": "60000", "since": "01-01"}
        with pytest.raises(psycopg.Error, match=why):
            register.add(**{**given, **changes})


def test_python_and_postgresql_plan_alike(register: Register) -> None:
    methods: tuple[tuple[Method, str], ...] = (("linear", "1"), ("declining", "2.5"),
                                               ("declining", "1.5"))  # fmt: skip
    for number, (method, coefficient) in enumerate(methods * 4):
        life, cost = 13 + number * 17, Decimal(10**6 + number * 7919) / 100
        start = date(YEAR, 1 + number, 1 if method == "declining" else 7 + number)
        terms = Terms(cost, method, life, start, DZD, Decimal(coefficient))
        plans = "declining_plan" if method == "declining" else "straight_plan"
        with register.house.connect() as connection:
            asked = connection.execute(
                f"select d::date, accounting.{plans}(%s, %s, %s, %s, d::date, 2)"
                " from generate_series(%s::date, %s::date + 4000, interval '61 days') d",
                [cost, life, Decimal(coefficient), start, start, start],
            ).fetchall()
        assert [used_up(terms, day) for day, _amount in asked] == [amount for _day, amount in asked]
