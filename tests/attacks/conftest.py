"""Two branches that have sold, and the one whose people look at the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import Command, Envelope, uuid7
from modules.accounting.api import TaxPlan
from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft
from modules.sales.figures import StampRules, reckon_invoice
from modules.sales.services import PaymentDraft, Share, post_invoice, receive_payment
from tests.attacks.intruder import send
from tests.conftest import enrol
from tests.houses import (
    ALGIERS,
    ORAN,
    YEAR,
    Device,
    House,
    MakeProduct,
    SignIn,
    Till,
    open_session,
)

# Words and figures that only Oran's rows hold: its numbers, its people, its notices.
MARKS = ("ORN-01", "-ORN-", "bilal", "Bilal", "only-for-oran", str(ORAN.id))


@dataclass(frozen=True)
class TwoBranches:
    """A house in which both branches have sold, been flagged, and been told something."""

    house: House
    algiers: Device
    oran: Device
    product: UUID


@pytest.fixture
def devices(signed_in: SignIn) -> tuple[Device, Device]:
    """A workstation in Algiers and one in Oran."""
    admin = signed_in("root_admin")
    return enrol(admin, ALGIERS), enrol(admin, ORAN)


@pytest.fixture
def gates(house: House, devices: tuple[Device, Device]) -> Iterator[tuple[Till, Till]]:
    """Their tills, with open cash sessions."""
    for device in devices:
        open_session(house, device)
    lines = [house.connect(device.login) for device in devices]
    yield Till(lines[0], devices[0]), Till(lines[1], devices[1])
    for line in lines:
        line.close()


@pytest.fixture
def two_branches(
    house: House, devices: tuple[Device, Device], gates: tuple[Till, Till], product: MakeProduct
) -> TwoBranches:
    """Both branches sell what they have, and once what they have not."""
    coffee, tea = product("COF-1", stock=10), product("TEA-1")
    for till, actor in zip(gates, ("amina", "bilal"), strict=True):
        till.send(till.sale(coffee, number=1, actor=actor), till.sale(tea, number=2, actor=actor))
        till.send(till.seal(Command("till.sell_v1", {"x": actor}, actor, datetime.now(UTC))))
    _invoice_in_oran(house, coffee)
    _tell(house)
    return TwoBranches(house, *devices, coffee)


def _invoice_in_oran(house: House, product: UUID) -> None:
    """Sell on account in Oran, and take more money for it than it costs."""
    customer, tax = uuid7(), {"code": "TVA19", "rate": "0.19", "after": []}
    house.run(
        "insert into parties.parties (id, code, name, country, credit_limit)"
        f" values ('{customer}', 'C1', 'Client', 'DZ', 1000)"
    )
    line = InvoiceLineDraft(uuid7(), product, Decimal(1), Decimal(100), "TVA19")
    draft = InvoiceDraft(
        uuid7(), "invoice", date(YEAR, 3, 10), "DZD", branch_id=ORAN.id, customer_id=customer,
        lines=(line,),
    )  # fmt: skip
    figures = reckon_invoice(draft, {"TVA19": TaxPlan.of("TVA19", [tax])}, StampRules())
    payment = PaymentDraft(
        uuid7(), customer, draft.dated_on, "cheque", Decimal(200), "DZD", branch_id=ORAN.id,
        shares=(Share(Decimal(200), invoice_id=draft.id),),
    )  # fmt: skip
    requests = (post_invoice(draft, figures), receive_payment(payment))
    with house.connect("salim") as connection:
        sealed = [Command(*each, "salim", datetime.now(UTC)).body() for each in requests]
        answers = send(connection, *(Envelope(body) for body in sealed))
    assert [answer.state for answer in answers] == ["applied", "flagged"]


def _tell(house: House) -> None:
    for branch, word in ((ALGIERS, "for-algiers"), (ORAN, "only-for-oran")):
        house.run(
            "insert into core.notifications (branch_id, permission, about, message)"
            f" values ('{branch.id}', 'till.ticket.view', '{word}', '{word}')"
        )


def marks_in(rows: Any) -> list[str]:
    """Return what of Oran shows in some rows; the name of a branch is no secret."""
    return [mark for row in rows for mark in MARKS[:-1] if mark in str(row)]
