"""A portfolio at the gate: registering papers, their steps and slips."""

from datetime import date
from typing import Any

from erp_desktop.core.commands import Answer
from modules.accounting.instruments import (
    DEPOSIT_INSTRUMENTS,
    MOVE_INSTRUMENT,
    REGISTER_INSTRUMENT,
)
from tests.accounting.books import Books
from tests.houses import ALGIERS, YEAR

BALANCE = (
    "select coalesce(sum(debit - credit), 0) from accounting.entry_lines l"
    " join accounting.accounts a on a.id = l.account_id where a.code = '{}'"
)


def day(month: int, number: int) -> str:
    return date(YEAR, month, number).isoformat()


def register(books: Books, party: str | None, **more: Any) -> Answer:
    """Take a bill of 1,000.00 from a customer, due at the end of April."""
    paper = {
        "branch_id": str(ALGIERS.id),
        "on": day(3, 1),
        "direction": "received",
        "kind": "bill",
        "number": "LC-7",
        "amount": "1000.00",
        "due_on": day(4, 30),
        "party_id": party,
        "bank": "BADR",
        "drawer": "Benali",
    }
    return books.send(REGISTER_INSTRUMENT, {**paper, **more})


def step(books: Books, wanted: str, verb: str, on: str, **more: Any) -> Answer:
    payload = {"instrument_id": wanted, "verb": verb, "on": on, **more}
    return books.send(MOVE_INSTRUMENT, payload)


def deposit(books: Books, *wanted: str, on: str, purpose: str = "collection") -> Answer:
    about = {"branch_id": str(ALGIERS.id), "on": on, "purpose": purpose}
    return books.send(DEPOSIT_INSTRUMENTS, {**about, "instruments": list(wanted)})
