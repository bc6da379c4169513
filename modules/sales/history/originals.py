"""Which sale a credit note gives back: the file does not say it, so it is found where it can be."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from modules.sales.history.documents import Back, Document, Kind
from modules.sales.history.lines import Line

_ZERO = Decimal(0)


@dataclass(slots=True)
class _Sold:
    number: str
    row: int
    quantity: Decimal
    left: Decimal

    def give_back(self, wanted: Decimal, part: int) -> Back:
        before = self.quantity - self.left
        self.left -= wanted
        return Back(part, self.number, self.row, self.quantity, before)


_Key = tuple[str, str, Decimal]
_Part = tuple[Line, Back]


class Originals:
    """What was sold to whom at which price, and has not come back yet."""

    def __init__(self) -> None:
        self._sold: dict[_Key, list[_Sold]] = {}

    def sell(self, document: Document) -> None:
        """Note what an invoice sold; somebody who walked in cannot be found again."""
        if document.customer:
            for line in document.lines:
                sold = _Sold(document.number, line.row, line.quantity, line.quantity)
                self._sold.setdefault(_key(document.customer, line), []).append(sold)

    def give_back(self, document: Document) -> list[Document]:
        """Return a credit note as one for each invoice that it gives back of, and one for the rest.

        The same customer bought the same product at the same price before, and it is never more
        than was sold and did not come back yet. The latest sale counts first.
        """
        made: dict[tuple[str, int], Document] = {}
        for line in document.lines:
            for back in self._take(document.customer, line):
                _add(made, document, back)
        for place, part in enumerate(made.values()):
            part.part = place
        return list(made.values())

    def _take(self, customer: str, line: Line) -> list[_Part]:
        wanted = -line.quantity
        sold = self._sold.get(_key(customer, line), []) if customer else []
        whole = [each for each in sold if each.left >= wanted]
        exact = [each for each in whole if each.left == wanted]
        for each in (*reversed(exact), *reversed(whole)):
            return [(line, each.give_back(wanted, 0))]
        return _in_parts(sold, line) or [(line, Back(0))]


def _in_parts(sold: list[_Sold], line: Line) -> list[_Part]:
    """Return several sales that together explain a return; none if they do not."""
    missing = -line.quantity
    if sum((each.left for each in sold), _ZERO) < missing:
        return []
    parts: list[_Part] = []
    for each in reversed(sold):
        taken = min(each.left, missing)
        if taken:
            missing -= taken
            back = each.give_back(taken, len(parts))
            parts.append((line._replace(quantity=-taken), back))
    return parts


def _add(made: dict[tuple[str, int], Document], document: Document, part: _Part) -> None:
    """Add a part to the credit note of its invoice; one gives back of each line only once."""
    line, back = part
    key = (back.invoice, 0)
    while back.row and key in made and any(each.row == back.row for each in made[key].backs):
        key = (back.invoice, key[1] + 1)
    if key not in made:
        paper = Document(document.kind, document.number, document.at, document.customer)
        paper.original = back.invoice
        made[key] = paper
    made[key].lines.append(line)
    made[key].backs.append(back)


def tie_returns(documents: Iterable[Document]) -> list[Document]:
    """Return documents in their order, each credit note split by the invoices it gives back of."""
    originals = Originals()
    tied: list[Document] = []
    for document in documents:
        if document.kind is Kind.INVOICE:
            originals.sell(document)
        if document.kind is Kind.CREDIT_NOTE:
            tied += originals.give_back(document)
        else:
            tied.append(document)
    return tied


def _key(customer: str, line: Line) -> _Key:
    return customer, line.code, line.price
