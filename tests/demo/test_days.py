"""The guided day of each country: possible by its own price list, law and people."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.core.money import CURRENCIES
from erp_desktop.demo.company import read_demo, read_rows
from erp_desktop.demo.plan import DayPlan, read_day
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
