"""Documents of a history as `sales.import_documents_v1` reads them; amounts travel as text."""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Any

from erp_desktop.core.money import round_money
from modules.sales.history.codes import is_service
from modules.sales.history.cover import Opening
from modules.sales.history.documents import Back, Document, Kind
from modules.sales.history.ids import document_id, line_id
from modules.sales.history.job import OPENINGS, Job
from modules.sales.history.lines import Line
from modules.sales.history.masters import WALK_IN

# A batch is one transaction: large enough for speed, small enough to say often how far it is.
BATCH_LINES = 1500
_SOLD = Back(0)
# As many decimals as a price may have (`sales.check_lines`).
_PRICE = Decimal("0.000001")


def batch_from(job: Job, place: int) -> list[dict[str, Any]]:
    """Return the documents from a place on that one transaction books; none at the end."""
    lines = 0
    batch: list[dict[str, Any]] = []
    for payload, size in _payloads(job, place):
        if batch and lines + size > BATCH_LINES:
            break
        batch.append(payload)
        lines += size
    return batch


class Ahead:
    """Writes the next batch while PostgreSQL books the one before.

    Attributes:
        job: What is booked.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._thread = ThreadPoolExecutor(1, "ahead")
        self._next: tuple[int, Future[tuple[str, int]]] | None = None

    def close(self) -> None:
        """Write no more."""
        self._thread.shutdown(cancel_futures=True)

    def batch(self, place: int) -> str:
        """Return the documents from a place on, as JSON."""
        if self._next is None or self._next[0] != place:
            self._write(place)
        assert self._next is not None  # noqa: S101 - just written
        text, size = self._next[1].result()
        self._write(place + size)
        return text

    def _write(self, place: int) -> None:
        self._next = place, self._thread.submit(_written, self.job, place)


def _written(job: Job, place: int) -> tuple[str, int]:
    batch = batch_from(job, place)
    return json.dumps(batch, separators=(",", ":"), ensure_ascii=False), len(batch)


def _payloads(job: Job, place: int) -> Iterator[tuple[dict[str, Any], int]]:
    first = job.opening_documents
    for number in range(place, first):
        chunk = job.openings[number * OPENINGS : (number + 1) * OPENINGS]
        yield _opening(job, number, chunk), len(chunk)
    start = max(place - first, 0)
    documents = islice(job.history.documents, start, None)
    for offset, document in enumerate(documents, start + first):
        yield document_json(job, offset, document), len(document.lines)


def document_json(job: Job, place: int, document: Document) -> dict[str, Any]:
    """Return one document of the file."""
    value = sum((line.value for line in document.lines), Decimal(0))
    backs = document.backs or [_SOLD] * len(document.lines)
    amounts = [amount_of(job, *each) for each in zip(document.lines, backs, strict=True)]
    frame = _frame(job, place, document.kind, document.name, document.at)
    told = frame | {
        "rows": document.rows,
        "value": str(value),
        "amount": str(sum(amounts, Decimal(0))),
        "customer_id": job.customers[document.customer or WALK_IN],
    }
    if document.kind is Kind.ADJUSTMENT:
        return told | _moves(job, document)
    if document.kind is Kind.BAD_DEBT:
        return told
    if document.original:
        told["original_id"] = str(document_id(job.id, Kind.INVOICE, document.original))
    given = zip(document.lines, backs, amounts, strict=True)
    return told | {"lines": [_line(job, document.kind, *each) for each in given]}


def price_of(job: Job, line: Line) -> Decimal:
    """Return what one unit costs in the company's currency, as exactly as an invoice can say it."""
    price = line.price * job.options.rate
    return price if price == price.quantize(_PRICE) else price.quantize(_PRICE, ROUND_HALF_UP)


def amount_of(job: Job, line: Line, back: Back = _SOLD) -> Decimal:
    """Return what a line amounts to in the company's currency.

    What comes back in parts adds up to what was sold: each is the difference of two roundings.
    """
    price = price_of(job, line)
    if not back.row:
        return round_money(line.quantity * price, job.currency)
    whole = round_money(back.sold * price, job.currency)
    until = round_money(whole * (back.before - line.quantity) / back.sold, job.currency)
    return round_money(whole * back.before / back.sold, job.currency) - until


def _frame(job: Job, place: int, kind: Kind, number: str, at: datetime) -> dict[str, Any]:
    return {
        "id": str(document_id(job.id, kind, number)),
        "place": place,
        "kind": str(kind),
        "number": number,
        "on": at.date().isoformat(),
        "at": at.isoformat(),
    }


def _opening(job: Job, place: int, chunk: tuple[Opening, ...]) -> dict[str, Any]:
    at = datetime.combine(job.first_on, time())
    number = f"{job.first_on.isoformat()}-{place + 1}"
    goods = [
        {
            "product_id": job.products[each.code],
            "quantity": str(each.quantity),
            "unit_cost": str(each.unit_cost),
        }
        for each in chunk
    ]
    return _frame(job, place, Kind.OPENING, number, at) | {"rows": 0, "value": "0", "in": goods}


def _moves(job: Job, document: Document) -> dict[str, Any]:
    moves: dict[str, list[dict[str, Any]]] = {"in": [], "out": []}
    for line in document.lines:
        goods = {"product_id": job.products[line.code], "quantity": str(abs(line.quantity))}
        if line.quantity > 0:
            goods["unit_cost"] = str(job.unit_costs.get(line.code, 0))
        moves["in" if line.quantity > 0 else "out"].append(goods)
    return {side: goods for side, goods in moves.items() if goods}


def _line(job: Job, kind: Kind, line: Line, back: Back, amount: Decimal) -> dict[str, Any]:
    told = {
        "id": str(line_id(job.id, line.row, back.part)),
        "product_id": job.products[line.code],
        "description": line.name,
        "quantity": str(line.quantity),
        "unit_price": f"{price_of(job, line):f}",
        "amount": str(amount),
    }
    if back.row:
        return told | {"original_line_id": str(line_id(job.id, back.row))}
    if kind is Kind.CREDIT_NOTE and not is_service(line.code):
        return told | {"unit_cost": str(job.unit_costs.get(line.code, 0))}
    return told
