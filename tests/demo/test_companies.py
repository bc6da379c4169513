"""The demo companies: their data can be true, and they can be founded and stocked."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

import psycopg
import pytest
from stdnum import ean
from stdnum.dz import nif
from stdnum.ma import ice
from stdnum.tn import mf

from erp_desktop.core import wall_clock
from erp_desktop.core.money import CURRENCIES
from erp_desktop.demo.company import (
    DATABASE,
    Demo,
    found_demo,
    open_stock,
    read_demo,
    read_rows,
    stock_products,
    welcome_customers,
)
from erp_desktop.demo.past import remember_past
from erp_desktop.server import embedded
from erp_desktop.server.packs import read_pack, read_units
from modules.parties.identifiers import control_letter

COUNTRIES = ("DZ", "MA", "TN")
CHECKS: dict[str, Callable[[str], bool]] = {
    "dz.nif": nif.is_valid,
    "ma.ice": ice.is_valid,
    "tn.mf": mf.is_valid,
}
PREFIXES = {"DZ": "613", "MA": "611", "TN": "619"}

pytestmark = pytest.mark.parametrize("country", COUNTRIES)


@cache
def rows(country: str, name: str) -> list[dict[str, str]]:
    """Read a list of the demo."""
    return read_rows(read_demo(country)[0] / f"{name}.csv")


@cache
def pack(country: str) -> dict[str, Any]:
    """Read a country's pack once."""
    return read_pack(country)


def test_products_have_names_in_both_languages_and_barcodes_of_their_country(country: str) -> None:
    products = rows(country, "products")
    barcodes = [row["code-barres"] for row in products]
    barcodes += [each for row in products if (each := row["code-barres conditionnement"])]

    assert len({row["code"] for row in products}) == 60
    assert all(row["désignation"] and row["désignation arabe"] for row in products)
    assert all(row["catégorie"] and row["catégorie arabe"] for row in products)
    assert [each for each in barcodes if not ean.is_valid(each)] == []
    assert {each[:3] for each in barcodes} == {PREFIXES[country]}
    assert len(set(barcodes)) == len(barcodes)


def test_products_bear_taxes_that_are_valid_today_at_prices_that_can_be_paid(country: str) -> None:
    today = wall_clock.today()
    valid = {row["code"] for row in pack(country)["taxes"] if _covers(row, today)}
    decimals = CURRENCIES[pack(country)["currency"]].decimals
    units = {unit["code"] for unit in read_units()}

    for row in rows(country, "products"):
        price = Decimal(row["prix TTC"].replace(",", "."))
        assert row["taxe"] in valid
        assert row["unité"] in units
        assert price > 0
        assert price == round(price, decimals)


def _covers(row: dict[str, Any], day: date) -> bool:
    until = row["valid_to"]
    return date.fromisoformat(row["valid_from"]) <= day <= date.fromisoformat(until or "9999-12-31")


def test_some_products_are_also_sold_by_the_pack(country: str) -> None:
    packs = [row for row in rows(country, "products") if row["conditionnement"]]

    assert len(packs) >= 20
    for row in packs:
        assert row["conditionnement arabe"]
        assert int(row["pièces par conditionnement"]) > 1
        assert row["code-barres conditionnement"] != row["code-barres"]


def test_every_product_was_on_the_shelf_for_less_than_it_costs(country: str) -> None:
    prices = {
        row["code"]: Decimal(row["prix TTC"].replace(",", ".")) for row in rows(country, "products")
    }
    stock = rows(country, "opening_stock")

    assert [row["code"] for row in stock] == list(prices)
    assert all(0 < Decimal(row["unit_cost"]) < prices[row["code"]] for row in stock)
    assert all(Decimal(row["quantity"]) > 0 for row in stock)


def test_customers_live_in_known_regions_and_pay_on_known_terms(country: str) -> None:
    regions = {row["code"] for row in pack(country)["regions"]}
    terms = {row["code"] for row in pack(country)["terms"]}

    for row in rows(country, "customers"):
        assert row["region"] in regions
        assert row["terms"] in terms
        assert row["document_language"] in {"ar", "fr", "ar+fr"}
        assert row["name"]
        assert row["name_ar"]


def test_firms_have_identifiers_that_can_be_right_and_persons_pay_for_themselves(
    country: str,
) -> None:
    laws = {v["code"]: v["value"] for v in pack(country)["law_values"] if v["kind"] == "identifier"}
    (tax,) = [code for code, value in laws.items() if value["check"]]
    is_valid = CHECKS[laws[tax]["check"]]
    customers = rows(country, "customers")
    firms = [row for row in customers if row["is_company"]]

    assert (len(firms), len(customers)) == (10, 15)
    assert all(is_valid(row[tax]) for row in firms)
    assert len({row[tax] for row in firms}) == len(firms)
    assert not any(row[tax] for row in customers if not row["is_company"])


def test_matricules_have_the_letter_that_their_digits_ask_for(country: str) -> None:
    plan = read_demo(country)[1]
    numbers = [row.get("MF", "") for row in rows(country, "customers")]
    numbers.append(plan["identifiers"].get("MF", ""))

    for number in filter(None, numbers):
        digits, letter = number.split("/")[:2]
        assert letter == control_letter(digits)
    assert any(numbers) == (country == "TN")


def test_the_company_itself_has_the_identifiers_of_its_paper(country: str) -> None:
    plan = read_demo(country)[1]
    laws = {v["code"]: v["value"] for v in pack(country)["law_values"] if v["kind"] == "identifier"}

    assert list(plan["identifiers"]) == pack(country)["identifiers"]
    for code, number in plan["identifiers"].items():
        check = CHECKS.get(laws[code]["check"])
        assert check is None or check(number)


def test_the_same_people_work_in_every_country_within_limits(country: str) -> None:
    users = read_demo(country)[1]["users"]
    limits = {user["login"]: user.get("limits", {}) for user in users}

    assert {user["login"]: user["roles"] for user in users} == {
        user["login"]: user["roles"] for user in read_demo("DZ")[1]["users"]
    }
    assert limits["amina"]["till.discount"] == "5"
    assert limits["karim"]["till.discount"] == "20"
    least, most = (Decimal(limits[login]["till.difference"]) for login in ("amina", "karim"))
    assert 0 < least < most


@pytest.fixture(scope="module")
def own_server() -> Iterator[embedded.Embedded]:
    """A server of the demo's own: founding drops users who have the same names elsewhere."""
    with embedded.temporary() as running:
        yield running


@pytest.mark.database
def test_a_demo_company_can_be_founded_and_stocked(
    own_server: embedded.Embedded, country: str
) -> None:
    demo = found_demo(own_server, country.lower())

    assert welcome_customers(demo) == 15
    assert stock_products(demo) == 60
    open_stock(demo)

    value = partial(_value, demo)
    assert (demo.name, demo.country) == (read_demo(country)[1]["name"], country)
    assert value("select currency from core.company") == pack(country)["currency"]
    assert value("select count(*) from catalog.products") == 60
    assert value("select count(*) from parties.parties where is_customer") == 15
    assert value("select count(*) from parties.tax_numbers") == 10
    assert value("select count(*) from parties.regions") == len(pack(country)["regions"])
    counted = sum(
        Decimal(row["quantity"]) * Decimal(row["unit_cost"])
        for row in rows(country, "opening_stock")
    )
    assert value("select sum(debit) from accounting.entry_lines") == counted
    past = remember_past(demo)
    ledger = (
        "select sum(l.debit - l.credit) from accounting.entry_lines l"
        " join accounting.bank_accounts b using (account_id)"
    )
    assert value(ledger) == past.at_bank > 0
    assert value("select count(*) from accounting.purchases") == 2 * past.months
    owed = "select coalesce(-sum(open), 0) from accounting.open_lines where party_id is not null"
    assert value(owed) == past.owed
    assert value("select limits ->> 'till.discount' from core.users where login = 'amina'") == "5"


def _value(demo: Demo, query: str) -> Any:
    with psycopg.connect(demo.server.dsn(DATABASE)) as connection:
        row = connection.execute(query).fetchone()
        return row and row[0]
