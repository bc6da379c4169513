"""What the guided day says happened, against what the database says."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg

from erp_desktop.demo.company import DATABASE, Demo


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt that a customer went away with.

    Attributes:
        total: What the goods cost; negative where they came back.
        due: What was paid, with stamp duty and cash rounding.
    """

    number: str
    total: Decimal
    due: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the day knows it and as the database has it."""

    name: str
    expected: str
    found: str

    @property
    def is_right(self) -> bool:
        """Whether both agree."""
        return self.expected == self.found


def check_day(
    demo: Demo, sold: Sequence[Printed], drawer: Decimal, output: Path, say: Callable[[str], None]
) -> int:
    """Compare every figure, write the summary, and return 0 when all are right.

    `drawer` is the cash that was counted and stayed in the till.
    """
    with psycopg.connect(demo.server.dsn(DATABASE)) as connection:
        figures = [
            *_sales(connection, sold),
            Figure(
                "cash in the ledger (530)", f"{drawer:.2f}", _value(connection, _balance_of("530"))
            ),
            *_stock(connection, demo),
            *_ledger(connection),
        ]
    receipts = sorted(path.name for path in (output / "receipts").glob("*.pdf"))
    # One for each ticket, and the Z report.
    figures.append(Figure("papers printed", str(len(sold) + 1), str(len(receipts))))
    summary = {
        figure.name: {"day": figure.expected, "database": figure.found} for figure in figures
    }
    (output / "summary.json").write_text(
        json.dumps({"figures": summary, "receipts": receipts}, ensure_ascii=False, indent=1),
        encoding="utf-8",
    )
    for figure in figures:
        mark = "ok   " if figure.is_right else "WRONG"
        say(f"  {mark} {figure.name}: {figure.expected} / {figure.found}")
    return 0 if all(figure.is_right for figure in figures) else 1


def _value(connection: psycopg.Connection[Any], query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""


def _sales(connection: psycopg.Connection[Any], sold: Sequence[Printed]) -> list[Figure]:
    numbers = ", ".join(sorted(ticket.number for ticket in sold))
    total = sum((ticket.total for ticket in sold), Decimal(0))
    commands = (
        "select count(*) from core.commands"
        " where name in ('till.sell_v1', 'till.refund_v1') and state = 'applied'"
    )
    return [
        Figure(
            "ticket numbers",
            numbers,
            _value(connection, "select string_agg(number, ', ' order by number) from till.tickets"),
        ),
        Figure(
            "sales, tax included",
            f"{total:.2f}",
            _value(connection, "select sum(total)::numeric(20,2) from till.tickets"),
        ),
        Figure(
            "paid, with stamp duty and rounding",
            f"{sum((ticket.due for ticket in sold), Decimal(0)):.2f}",
            _value(connection, "select sum(amount)::numeric(20,2) from till.payments"),
        ),
        Figure("tickets applied by the gate", str(len(sold)), _value(connection, commands)),
    ]


def _stock(connection: psycopg.Connection[Any], demo: Demo) -> list[Figure]:
    with (demo.folder / "opening_stock.csv").open(encoding="utf-8", newline="") as lines:
        counted = list(csv.DictReader(lines))
    opening = sum(Decimal(row["quantity"]) * Decimal(row["unit_cost"]) for row in counted)
    return [
        Figure(
            "opening stock, value",
            f"{opening:.2f}",
            _value(
                connection,
                "select sum(value)::numeric(20,2) from inventory.movements where kind = 'opening'",
            ),
        ),
        Figure(
            "stock on hand less movements",
            "0",
            _value(
                connection,
                "select coalesce(sum(abs(s.on_hand - m.moved)), 0)::text from inventory.stock s"
                " join (select product_id, warehouse_id, sum(quantity) as moved"
                " from inventory.movements group by 1, 2) m using (product_id, warehouse_id)",
            ),
        ),
        Figure(
            "stock in the ledger (301)",
            _value(connection, "select sum(value)::numeric(20,2) from inventory.stock"),
            _value(connection, _balance_of("301")),
        ),
    ]


def _ledger(connection: psycopg.Connection[Any]) -> list[Figure]:
    sums = connection.execute(
        "select sum(debit)::numeric(20,2), sum(credit)::numeric(20,2) from accounting.entry_lines"
    ).fetchone()
    debit, credit = sums or (None, None)
    return [Figure("trial balance, debit and credit", str(debit), str(credit))]


def _balance_of(account: str) -> str:
    return (
        "select sum(l.debit - l.credit)::numeric(20,2) from accounting.entry_lines l"
        f" join accounting.accounts a on a.id = l.account_id where a.code = '{account}'"
    )
