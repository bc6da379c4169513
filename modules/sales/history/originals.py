"""Which sale a credit note gives back: the file does not say it, so it is found where it can be."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from modules.sales.history.documents import Document, Kind
from modules.sales.history.lines import Line


class Tie(NamedTuple):
    """The sale that a returned line, or a part of it, belongs to.

    Attributes:
        quantity: How much of it comes back here, above zero.
        number: Of the invoice; empty where no sale is known.
        row: Of the sold line in the file.
    """

    quantity: Decimal
    number: str = ""
    row: int = 0


@dataclass(slots=True)
class _Sold:
    number: str
    row: int
    left: Decimal


Key = tuple[str, str, Decimal]


class Originals:
    """What was sold to whom at which price, and is not returned yet."""

    def __init__(self) -> None:
        self._sold: dict[Key, list[_Sold]] = {}

    def sell(self, document: Document) -> None:
        """Note what an invoice sold; somebody who walked in cannot be found again."""
        if document.customer:
            for line in document.lines:
                sold = _Sold(document.number, line.row, line.quantity)
                self._sold.setdefault(_key(document.customer, line), []).append(sold)

    def give_back(self, document: Document) -> dict[int, list[Tie]]:
        """Return, by row, the sales that the lines of a credit note belong to.

        The same customer bought the same product at the same price before, and it is never more
        than was sold and did not come back yet. The latest sale counts first. A credit note
        belongs to one invoice: of several, to the one that explains most of its lines.
        """
        found = {line.row: self._take(document.customer, line) for line in document.lines}
        return {row: ties for row, ties in found.items() if ties}

    def _take(self, customer: str, line: Line) -> list[Tie]:
        wanted = -line.quantity
        sold = self._sold.get(_key(customer, line), ()) if customer else ()
        whole = [each for each in sold if each.left >= wanted]
        exact = [each for each in whole if each.left == wanted]
        for each in (*reversed(exact), *reversed(whole)):
            each.left -= wanted
            return [Tie(wanted, each.number, each.row)]
        return _in_parts(sold, wanted)


def _in_parts(sold: "Iterable[_Sold]", wanted: Decimal) -> list[Tie]:
    """Return several sales that together explain a return; none if they do not."""
    parts: list[tuple[_Sold, Decimal]] = []
    missing = wanted
    for each in reversed(list(sold)):
        taken = min(each.left, missing)
        if taken:
            parts.append((each, taken))
            missing -= taken
    if missing:
        return []
    for each, taken in parts:
        each.left -= taken
    return [Tie(taken, each.number, each.row) for each, taken in parts]


def tie_returns(documents: Iterable[Document]) -> dict[int, list[Tie]]:
    """Return the sales behind every returned line, by its row; a line without any is missing."""
    originals = Originals()
    ties: dict[int, list[Tie]] = {}
    for document in documents:
        if document.kind is Kind.INVOICE:
            originals.sell(document)
        elif document.kind is Kind.CREDIT_NOTE:
            ties.update(originals.give_back(document))
    return ties


def _key(customer: str, line: Line) -> Key:
    return customer, line.code, line.price
