"""From lines to papers: invoices, credit notes, stock adjustments and bad debts, in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from modules.sales.history.codes import Paper, is_service, paper_of
from modules.sales.history.lines import Line, Rejected
from modules.sales.history.reasons import Reason


class Kind(StrEnum):
    """What a document books."""

    OPENING = "opening"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    ADJUSTMENT = "adjustment"
    BAD_DEBT = "bad_debt"


class Back(NamedTuple):
    """What a line of a credit note gives back.

    Attributes:
        part: A row that gives back of several sales becomes several lines; the first is 0.
        invoice: That sold it; empty where none is known.
        row: That sold it; 0 where none is known.
        sold: How much that row sold, of which `before` had come back.
    """

    part: int
    invoice: str = ""
    row: int = 0
    sold: Decimal = Decimal(0)
    before: Decimal = Decimal(0)


@dataclass(slots=True)
class Document:
    """One paper of the shop.

    Attributes:
        number: As the file has it.
        at: The moment of its first line; a few papers were written across two minutes.
        customer: As the file has it; empty for somebody who walked in.
        original: The invoice that a credit note gives back of; empty where none is known.
        backs: For each line of a credit note, what it gives back.
        part: A paper that gives back of several invoices becomes several credit notes.
    """

    kind: Kind
    number: str
    at: datetime
    customer: str
    lines: list[Line] = field(default_factory=list)
    original: str = ""
    backs: list[Back] = field(default_factory=list)
    part: int = 0

    @property
    def name(self) -> str:
        """Its number, with the part where it is not the first."""
        return f"{self.number}/{self.part + 1}" if self.part else self.number

    @property
    def rows(self) -> int:
        """How many rows of the file it stands for: a row in parts counts where its first is."""
        return sum(back.part == 0 for back in self.backs) if self.backs else len(self.lines)


def documents_of(lines: Iterable[Line]) -> tuple[list[Document], list[Rejected]]:
    """Return the papers in the order of their days, and the lines that are on none of them."""
    papers: dict[str, list[Line]] = {}
    for line in lines:
        papers.setdefault(line.invoice, []).append(line)
    documents: list[Document] = []
    rejected: list[Rejected] = []
    for number, own in papers.items():
        made, refused = _sort_out(number, own)
        documents += made
        rejected += refused
    # Stable: what bears the same moment stays in the order of the file.
    documents.sort(key=lambda document: document.at)
    return documents, rejected


def _sort_out(number: str, lines: list[Line]) -> tuple[list[Document], list[Rejected]]:
    customer = next((line.customer for line in lines if line.customer), "")
    sells = bool(customer) or any(line.price for line in lines)
    papers: dict[Kind, Document] = {}
    rejected: list[Rejected] = []
    for line in lines:
        place = _place_of(line, customer, sells=sells)
        if isinstance(place, Reason):
            rejected.append(Rejected(line.row, number, line.code, place, line.value))
            continue
        if place not in papers:
            papers[place] = Document(place, number, line.at, customer)
        papers[place].lines.append(line)
    return list(papers.values()), rejected


def _place_of(line: Line, customer: str, *, sells: bool) -> Kind | Reason:
    paper = paper_of(line.invoice)
    if line.customer not in {"", customer}:
        return Reason.OTHER_CUSTOMER
    if paper is Paper.BAD_DEBT:
        return Kind.BAD_DEBT if line.price else Reason.NOTHING_TO_BOOK
    if line.price < 0:
        return Reason.PRICE_BELOW_ZERO
    if paper is Paper.CREDIT_NOTE:
        return Kind.CREDIT_NOTE if line.quantity < 0 else Reason.SOLD_ON_CREDIT_NOTE
    return _place_of_sale(line, sells=sells)


def _place_of_sale(line: Line, *, sells: bool) -> Kind | Reason:
    if line.quantity < 0 and line.price:
        return Reason.RETURNED_ON_INVOICE
    if sells and line.quantity > 0:
        return Kind.INVOICE
    return Reason.NOTHING_TO_BOOK if is_service(line.code) else Kind.ADJUSTMENT
