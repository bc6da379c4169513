"""Salim's books with a bank account of ours, two suppliers and what they are owed; by hand.

    5 March    Zahra bills 10,000.00 (F-1), due 31 March
    8 March    Zahra bills  2,500.00 (F-2), due 20 April
    9 March    Amel bills   4,000.00 (F-9), due 25 March

Both have RIBs of the Journal officiel (MAGHREB.md 6.4); ours is a third one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.entries import LineDraft
from modules.accounting.transfer_orders import (
    CANCEL_TRANSFERS,
    ORDER_TRANSFERS,
    OrderDraft,
    PayeeDraft,
    TransferDraft,
    save_payee,
    save_transfer_order,
)
from tests.accounting.books import Books, books_of, draft, new_id
from tests.houses import ALGIERS, YEAR, Ask, House

BANK = uuid7()
OUR_RIB, ZAHRA_RIB, AMEL_RIB = (
    "00500123789012345679",
    "00300060000201930048",
    "00300060000014720242",
)
DAY = date(YEAR, 3, 26)


@dataclass
class Debts:
    """The books, who is owed, and the entries that say so."""

    books: Books
    ask: Ask
    zahra: UUID
    amel: UUID
    bills: dict[str, str]

    def pays(self, bill: str, amount: str, *, party: UUID | None = None) -> TransferDraft:
        """Return a line that pays a bill, or a part of it."""
        who = party or (self.amel if bill == "F-9" else self.zahra)
        return TransferDraft(who, Decimal(amount), bill, UUID(self.bills[bill]), 1)

    def keep(self, *lines: TransferDraft, on: date = DAY, **more: Any) -> OrderDraft:
        """Keep a draft of Algiers, paid by our bank account there."""
        made = OrderDraft(
            more.pop("id", uuid7()),
            more.pop("branch", ALGIERS.id),
            more.pop("bank", BANK),
            on,
            lines,
            **more,
        )
        assert self.ask(save_transfer_order, made) == 1
        return made

    def order(self, wanted: OrderDraft | UUID) -> Answer:
        """Give an order to the bank."""
        key = wanted if isinstance(wanted, UUID) else wanted.id
        return self.books.send(ORDER_TRANSFERS, {"order_id": str(key)})

    def given(self, *lines: TransferDraft, **more: Any) -> dict[str, Any]:
        """Keep an order, give it, and return the answer."""
        answer = self.order(self.keep(*lines, **more))
        assert answer.state == "applied", answer
        return dict(answer.result)

    def cancel(self, order_id: Any, reason: str = "Doublon") -> Answer:
        """Cancel an order."""
        return self.books.send(CANCEL_TRANSFERS, {"order_id": str(order_id), "reason": reason})

    def open_of(self, bill: str) -> Decimal:
        """Return what is open of a bill, as the superuser sees it."""
        query = "select coalesce(-sum(open), 0) from accounting.open_lines where entry_id = "
        return Decimal(self.books.house.value(f"{query}'{self.bills[bill]}' and line_no = 1"))


def bill(
    books: Books, party: UUID, name: str, on: date, amount: str, due: date, **more: Any
) -> str:
    """Post an invoice of a supplier; return its entry."""
    entry, value = new_id(), Decimal(amount)
    lines: Sequence[LineDraft] = (
        LineDraft("401", party_id=party, due_on=due, credit=value),
        LineDraft("6132", debit=value),
    )
    answer = books.post(draft(*lines, on=on, label=name, **more), id=entry)
    assert answer.state == "applied", answer
    return entry


def supplier(house: House, name: str, name_ar: str) -> UUID:
    """Let the books know a supplier."""
    made = uuid7()
    house.run(f"insert into accounting.party_names values ('{made}', '{name}', '{name_ar}')")
    return made


@contextmanager
def debts(house: House, ask: Ask) -> Iterator[Debts]:
    """Open the books with their debts."""
    ours = BankAccountDraft(
        BANK, "BDL-1", "BDL", "512", "BQ", ALGIERS.id, bank="BDL Didouche", rib=OUR_RIB
    )
    ask(save_bank_account, ours)
    zahra, amel = supplier(house, "Zahra Négoce", "زهرة"), supplier(house, "Amel SARL", "أمل")
    ask(save_payee, PayeeDraft(zahra, bank="BADR Alger", rib=ZAHRA_RIB))
    ask(save_payee, PayeeDraft(amel, holder="SARL Amel & Fils", bank="BADR Blida", rib=AMEL_RIB))
    with books_of(house) as books:
        bills = {
            "F-1": bill(books, zahra, "F-1", date(YEAR, 3, 5), "10000", date(YEAR, 3, 31)),
            "F-2": bill(books, zahra, "F-2", date(YEAR, 3, 8), "2500", date(YEAR, 4, 20)),
            "F-9": bill(books, amel, "F-9", date(YEAR, 3, 9), "4000", date(YEAR, 3, 25)),
        }
        yield Debts(books, ask, zahra, amel, bills)
