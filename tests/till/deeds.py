"""What a cashier does, as it travels to the gate."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, Command, uuid7
from erp_desktop.core.money import CURRENCIES
from modules.accounting.api import Given, TaxPlan, reckon_return
from tests.houses import Till

Payload = dict[str, Any]


def do(till: Till, name: str, payload: Mapping[str, Any], actor: str = "amina") -> Answer:
    """Send one command of Amina's through the gate."""
    command = Command(f"till.{name}_v1", dict(payload), actor, datetime.now(UTC))
    (answer,) = till.send(till.seal(command))
    return answer


def codes(answer: Answer) -> list[str]:
    """Return what the gate says of it."""
    return [flag.code for flag in answer.flags]


def sale(till: Till, product: UUID, *, number: int, quantity: int = 1, **changes: Any) -> Payload:
    """Return the payload of a sale by card; `line` changes its line, the rest the ticket."""
    sealed = till.sale(product, number=number, quantity=quantity)
    # It is not sent as it is: the chain goes back to where it was.
    till.seq, till.hash = till.seq - 1, sealed.prev
    payload: Payload = json.loads(sealed.body)["payload"]
    payload["lines"][0].update(changes.pop("line", {}))
    return payload | changes


def paid(method: str, amount: str, **more: str) -> Payload:
    """Return one payment."""
    return {"method": method, "amount": amount, **more}


def refund(
    original: Payload,
    quantity: int,
    *,
    number: str,
    before: int = 0,
    method: str = "card",
    currency: str = "DZD",
) -> Payload:
    """Return the payload that gives so many of the one line back, as the till reckons it."""
    (line,) = original["lines"]
    plan = TaxPlan.of(line["tax_code"], line["taxes"])
    given = Given(Decimal(line["quantity"]), Decimal(line["amount"]), plan, Decimal(before))
    back = reckon_return([given], [Decimal(quantity)], CURRENCIES[currency], includes_tax=True)
    (figures,) = back.lines
    told = {
        "id": str(uuid7()),
        "original_line_id": line["id"],
        "quantity": f"-{quantity}",
        "discount": "0",
        "amount": f"{figures.amount:f}",
        "net": f"{figures.net:f}",
    }
    return {
        **original,
        "ticket_id": str(uuid7()),
        "number": number,
        "original_ticket_id": original["ticket_id"],
        "original_number": original["number"],
        "lines": [line | told],
        "discount": "0",
        "total": f"{back.total:f}",
        "stamp": "0",
        "rounding": "0",
        "payments": [paid(method, f"{back.total:f}")],
    }


def opening(session: UUID, number: str = "ALG-01-S000001", notes: int = 5) -> Payload:
    """Return the payload that opens a session with so many notes of 1000."""
    counts = {"1000": notes} if notes else {}
    head = {"session_id": str(session), "number": number, "currency": "DZD"}
    return head | {"float": str(1000 * notes), "counts": counts}


def moving(session: UUID, amount: str, *, number: str = "ALG-01-C000001") -> Payload:
    """Return the payload that moves cash to or from the bank."""
    head = {"move_id": str(uuid7()), "number": number, "session_id": str(session)}
    return head | {"amount": amount, "reason": "bank", "note": "envelope 12"}


def closing(
    session: UUID,
    *,
    cash: str,
    expected: str,
    card: str = "0",
    left: str = "0",
    number: str = "ALG-01-S000001",
) -> Payload:
    """Return the payload that closes a session with what was counted."""
    return {
        "session_id": str(session),
        "number": number,
        "counts": {},
        "counted": {"cash": cash, "card": card, "cheque": "0"},
        "expected": {"cash": expected, "card": card, "cheque": "0"},
        "left_in_drawer": left,
        "note": "",
    }
