"""What the guided day says happened, against what the database says."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg

from erp_desktop.core.i18n import words
from erp_desktop.demo.accountant import Invoiced
from erp_desktop.demo.books import Books, Figure
from erp_desktop.demo.company import DATABASE, Demo
from erp_desktop.demo.month import Month
from erp_desktop.demo.month_check import month_figures


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt that a customer went away with.

    Attributes:
        total: What the goods cost; negative where they came back.
        due: What was paid, with stamp duty and cash rounding.
        stamp: The stamp duty.
    """

    number: str
    total: Decimal
    due: Decimal
    stamp: Decimal


def printed(ticket: Any) -> Printed:
    """Return what the till says of a ticket."""
    return Printed(ticket.number, ticket.total, ticket.due, ticket.stamp)


@dataclass(frozen=True, slots=True)
class Told:
    """What people saw of the day.

    Attributes:
        drawer: The cash that was counted and stayed in the till.
        invoiced: What the accountant did for a customer.
        dashboard: The day's sales as the manager reads them, in French.
        month: What the accountant's pages showed.
    """

    sold: Sequence[Printed]
    drawer: Decimal
    invoiced: Invoiced
    dashboard: str
    month: Month


def check_day(demo: Demo, told: Told, output: Path, say: Callable[[str], None]) -> int:
    """Compare every figure, write the summary, and return 0 when all are right."""
    with psycopg.connect(demo.server.dsn(DATABASE)) as connection:
        books = Books(connection, demo.country)
        figures = [
            *_sales(books, told),
            *_invoices(books, told.invoiced),
            *_accounts(books, told),
            *_stock(books, demo),
            *_ledger(books),
            *month_figures(books, demo, told.month),
        ]
    receipts = sorted(path.name for path in (output / "receipts").glob("*.pdf"))
    # One for each ticket, and the Z report.
    figures.append(Figure("papers printed", str(len(told.sold) + 1), str(len(receipts))))
    kept = [path for path in (output / "accounting").glob("*.pdf") if _is_pdf(path)]
    figures.append(Figure("papers of accounting", str(told.month.papers), str(len(kept))))
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


def _is_pdf(path: Path) -> bool:
    return path.read_bytes().startswith(b"%PDF")


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _sales(books: Books, told: Told) -> list[Figure]:
    sold = told.sold
    numbers = ", ".join(sorted(ticket.number for ticket in sold))
    total = _sum([ticket.total for ticket in sold])
    commands = (
        "select count(*) from core.commands"
        " where name in ('till.sell_v1', 'till.refund_v1') and state = 'applied'"
    )
    return [
        Figure(
            "ticket numbers",
            numbers,
            books.value("select string_agg(number, ', ' order by number) from till.tickets"),
        ),
        Figure(
            "sales, tax included",
            books.written(total),
            books.amount("select sum(total) from till.tickets"),
        ),
        Figure("sales on the dashboard", words("fr").money(total, books.currency), told.dashboard),
        Figure(
            "paid, with stamp duty and rounding",
            books.written(_sum([ticket.due for ticket in sold])),
            books.amount("select sum(amount) from till.payments"),
        ),
        Figure("tickets applied by the gate", str(len(sold)), books.value(commands)),
    ]


def _invoices(books: Books, told: Invoiced) -> list[Figure]:
    """The invoice as its customer has it, and what is open of it, there and in the ledger."""
    receivable, left = books.account("receivable"), told.to_pay - told.paid + told.credit
    of = "select {} from sales.open_items o join sales.invoices i using (id) where i.number = %s"
    return [
        Figure(
            f"to pay of {told.number}",
            books.written(told.to_pay),
            books.amount(of.format("i.to_pay"), [told.number]),
        ),
        Figure("open of it", books.written(left), books.amount(of.format("o.open"), [told.number])),
        Figure(
            f"customers in the ledger ({receivable})",
            books.written(left),
            books.balance(receivable),
        ),
    ]


def _accounts(books: Books, told: Told) -> list[Figure]:
    """Cash and stamp duty as people saw them, against the accounts that the country gives them."""
    cash, stamp = books.account("cash"), books.account("stamp_collected")
    stamped = _sum([ticket.stamp for ticket in told.sold]) + told.invoiced.stamp
    return [
        Figure(f"cash in the ledger ({cash})", books.written(told.drawer), books.balance(cash)),
        Figure(f"stamp duty in the ledger ({stamp})", books.written(stamped), books.owed(stamp)),
    ]


def _stock(books: Books, demo: Demo) -> list[Figure]:
    with (demo.folder / "opening_stock.csv").open(encoding="utf-8", newline="") as lines:
        counted = list(csv.DictReader(lines))
    opening = _sum([Decimal(row["quantity"]) * Decimal(row["unit_cost"]) for row in counted])
    stock = books.account("inventory")
    return [
        Figure(
            "opening stock, value",
            books.written(opening),
            books.amount("select sum(value) from inventory.movements where kind = 'opening'"),
        ),
        Figure(
            "stock on hand less movements",
            "0",
            books.value(
                "select trim_scale(coalesce(sum(abs(s.on_hand - m.moved)), 0))::text"
                " from inventory.stock s"
                " join (select product_id, warehouse_id, sum(quantity) as moved"
                " from inventory.movements group by 1, 2) m using (product_id, warehouse_id)",
            ),
        ),
        Figure(
            f"stock in the ledger ({stock})",
            books.amount("select sum(value) from inventory.stock"),
            books.balance(stock),
        ),
    ]


def _ledger(books: Books) -> list[Figure]:
    debit, credit = (
        books.amount(f"select sum({side}) from accounting.entry_lines")
        for side in ("debit", "credit")
    )
    return [Figure("trial balance, debit and credit", debit, credit)]
