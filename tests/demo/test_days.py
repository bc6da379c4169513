"""The guided day of each country: possible by its own price list, law and people."""

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.core.money import CURRENCIES
from erp_desktop.demo.banking import Moved, statement_file
from erp_desktop.demo.company import read_demo, read_rows
from erp_desktop.demo.month_plan import MonthPlan, read_month
from erp_desktop.demo.past import past_months
from erp_desktop.demo.plan import DayPlan, read_day
from erp_desktop.plugins.resolving import resolve
from erp_desktop.server.packs import read_pack

COUNTRIES = ("DZ", "MA", "TN")


def plan_of(country: str) -> DayPlan:
    return read_day(read_demo(country)[0])


def law_of(country: str, kind: str) -> Any:
    """Return the value of a law that is valid today."""
    today = f"{wall_clock.today()}"
    (value,) = [
        each["value"]
        for each in read_pack(country)["law_values"]
        if each["kind"] == kind and each["valid_from"] <= today <= (each["valid_to"] or "9999")
    ]
    return value


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_ten_customers_buy_is_on_the_shelf_and_they_give_enough(country: str) -> None:
    folder = read_demo(country)[0]
    prices = {
        row["code"]: Decimal(row["prix TTC"].replace(",", "."))
        for row in read_rows(folder / "products.csv")
    }
    stock = {
        row["code"]: Decimal(row["quantity"]) for row in read_rows(folder / "opening_stock.csv")
    }
    sales = plan_of(country).sales

    assert len(sales) == 10
    for sale in sales:
        due = sum(prices[code] * Decimal(number) for code, number in sale.basket.items())
        # Stamp duty is one per cent at most at these amounts.
        assert not sale.cash or Decimal(sale.cash) >= due * Decimal("1.01")
        for code, number in sale.basket.items():
            stock[code] -= Decimal(number)
    assert min(stock.values()) >= 0


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_drawer_is_counted_in_notes_and_coins_of_the_country(country: str) -> None:
    plan, pieces = plan_of(country), law_of(country, "denominations")
    known = {Decimal(value) for value in (*pieces["notes"], *pieces["coins"])}
    currency = CURRENCIES[read_pack(country)["currency"]]
    (cashier,) = [user for user in read_demo(country)[1]["users"] if user["login"] == "amina"]

    assert set(plan.float) <= known
    assert plan.missing % min(known) == 0
    assert 0 < plan.missing <= Decimal(cashier["limits"]["till.difference"])
    assert Decimal(law_of(country, "cash_rounding")["unit"]) >= min(known)
    for amount in (plan.card, plan.to_the_bank, *filter(None, (s.cash for s in plan.sales))):
        assert round(Decimal(amount), currency.decimals) == Decimal(amount)
    # Keys are pressed for each letter of it.
    assert plan.note.isascii()


def rib_is_sound(country: str, rib: str) -> bool:
    """Whether a RIB has the length and the key of its country."""
    if country == "DZ":
        return len(rib) == 20 and 97 - int(rib[3:18]) * 100 % 97 == int(rib[18:])
    return len(rib) == {"MA": 24, "TN": 20}[country] and int(rib) % 97 == 0


def month_of(country: str) -> MonthPlan:
    return read_month(read_demo(country)[0])


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_month_books_on_accounts_of_the_country_with_taxes_of_today(country: str) -> None:
    plan, pack = month_of(country), read_pack(country)
    accounts = {row["code"] for row in pack["accounts"]}
    bills = [*plan.past, plan.purchase]
    lines = [line for bill in bills for line in bill.lines]

    assert {line.account for line in lines} <= accounts
    assert {plan.bank.capital_account, plan.fees.account} <= accounts
    assert plan.asset.category in {row["code"] for row in pack["asset_categories"]}
    assert all(bill.total(country) > bill.net for bill in bills)
    # What is bought for years is kept as an asset of the same cost.
    assert [line.net for line in lines if line.use == "assets"] == [plan.asset.cost]
    currency = CURRENCIES[pack["currency"]]
    for amount in (plan.bank.capital, plan.fees.amount, *(line.net for line in lines)):
        assert round(Decimal(amount), currency.decimals) == Decimal(amount)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_month_pays_known_suppliers_whose_bank_accounts_can_be_right(country: str) -> None:
    plan = month_of(country)
    ribs = [plan.bank.rib, *(each.rib for each in plan.suppliers)]

    assert len(set(ribs)) == len(ribs)
    assert all(rib_is_sound(country, rib) for rib in ribs)
    assert {bill.supplier for bill in plan.past} == {each.code for each in plan.suppliers}
    # The bank's file is ASCII, and so is what keys are pressed for.
    for text in (plan.fees.label, plan.purchase.number, plan.asset.name, plan.owed.bank):
        assert text.isascii()


def test_the_past_ends_with_the_month_before_and_begins_in_january_at_the_earliest() -> None:
    assert past_months(date(2026, 1, 31)) == []
    assert past_months(date(2026, 2, 28)) == [date(2026, 1, 1)]
    assert past_months(date(2026, 11, 30)) == [date(2026, 9, 1), date(2026, 10, 1)]


def test_a_bank_s_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    moves = (Moved("CREDIT", Decimal(20), "RECU"), Moved("FEE", Decimal("-1.5"), "FRAIS", "11/26"))
    path = tmp_path / "statement.ofx"
    path.write_text(statement_file("005001", "DZD", date(2026, 11, 26), moves, "118.50"))

    (statement,), problems = resolve("modules.accounting.bank_files:read_bank_file")(path)
    assert problems == []
    assert (statement.account, statement.opening, statement.closing) == (
        *("005001", Decimal(100)),
        Decimal("118.50"),
    )
    assert [line.amount for line in statement.lines] == [Decimal(20), Decimal("-1.5")]


def test_a_whole_day_in_tunis_agrees_with_the_database(tmp_path: Path) -> None:
    output = tmp_path / "day"
    words = ("demo", "--guided", "--country", "tn", "--no-pictures")

    done = subprocess.run(
        [sys.executable, "-m", "erp_desktop", *words, "--output", str(output)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout
    figures = json.loads((output / "summary.json").read_text(encoding="utf-8"))["figures"]
    assert {name for name, each in figures.items() if each["day"] != each["database"]} == set()
    assert figures["sales on the dashboard"]["day"] == "387,240\u00a0DT"
    assert figures["cash in the ledger (5411)"]["day"].endswith("140")
    assert (output / "dashboard-french.pdf").read_bytes().startswith(b"%PDF")
    # 612.250 and 3,850.000 at 19 %: 116.328 and 731.500; and 3.800 of the bank's 23.800.
    assert figures["tax of the purchase PK-2217"]["day"] == "847.828"
    assert figures["deductible for goods"]["day"] == "120.128"
    assert figures["deductible for assets"]["day"] == "731.500"
    assert figures["balance of Papeterie Ibn Khaldoun SARL"]["database"] == "0.000"
    assert figures["papers of accounting"]["day"] == "16"
    kept = {path.name for path in (output / "accounting").iterdir()}
    assert {"transfer-order.xml", "bank-statement.ofx", "balance-sheet-arabic.pdf"} <= kept
