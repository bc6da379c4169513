"""A workstation, its people and its sets, and what they do in tests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Branch, User
from erp_desktop.workstation.author import Author, Cost
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.journal import Recorded
from erp_desktop.workstation.sets import ReplicaSet
from erp_desktop.workstation.workstation import Workstation

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OpenAgain = Callable[[], Workstation]

ENROLMENT = Enrolment(
    workstation_id=UUID("01890000-0000-7000-8000-000000000001"),
    name="Caisse 1",
    branch_id=UUID("01890000-0000-7000-8000-000000000002"),
    branch_code="ALG",
    branch_name="Alger Centre",
    branch_name_ar="الجزائر الوسطى",
    prefix="ALG-01",
    login="ws_alg_01",
    company={"name": "Atlas Distribution", "country": "DZ", "currency": "DZD"},
)

PRODUCTS = ReplicaSet(
    id="catalog.products",
    columns={
        "id": "text",
        "code": "text",
        "name": "text",
        "name_ar": "text",
        "price": "numeric",
        "is_active": "boolean",
    },
    key=("id",),
    indexes=(("code",),),
    search=("code", "name", "name_ar"),
)

STOCK = ReplicaSet(
    id="inventory.stock",
    columns={"warehouse": "text", "product": "text", "quantity": "numeric"},
    key=("warehouse", "product"),
)

SETS = (PRODUCTS, STOCK)

AMINA = User(
    id=UUID("01890000-0000-7000-8000-00000000000a"),
    login="amina",
    name="Amina",
    name_ar="أمينة",
    language="ar",
    roles=("cashier",),
    permissions=frozenset({"till.ticket.sell"}),
    branches=(Branch(ENROLMENT.branch_id, "ALG", "Alger Centre", "الجزائر الوسطى"),),
)

CHEAP = Cost(passes=1, memory=64, lanes=1)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default=NINE)

    def __call__(self) -> datetime:
        """Say what time it is."""
        return self.moment

    def pass_by(self, **time: float) -> None:
        """Let time pass, or take it back."""
        self.moment += timedelta(**time)


def sell(
    workstation: Workstation, author: Author, *, total: str = "119.00", product: str = "p1"
) -> Recorded:
    """Sell one piece of a product."""

    def ticket(number: str) -> Mapping[str, Any]:
        return {"number": number, "total": total, "product": product}

    effect = Effect("inventory.stock", f"w1|{product}", Decimal(-1))
    return workstation.record(
        "till.sell_v1", ticket, actor=author, at=NINE, series="ticket", effects=[effect]
    )


def page(
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    *,
    gone: Sequence[Mapping[str, str]] | None = None,
    position: Any = "1",
    more: bool = False,
    reset: bool = False,
    epoch: int = 1,
) -> dict[str, Any]:
    """Return what the feed says."""
    server = {"system": "7", "timeline": 1, "epoch": epoch, "now": NINE.isoformat()}
    return {
        "server": server,
        "position": position,
        "more": more,
        "reset": reset,
        "rows": rows or {},
        "gone": gone or [],
    }


def product(number: int, **changes: Any) -> dict[str, Any]:
    """Return a product as the feed sends it."""
    return {
        "id": f"p{number}",
        "code": f"A{number:05d}",
        "name": f"Café crème {number}",
        "name_ar": f"قهوة بالحليب {number}",
        "price": "119.00",
        "is_active": True,
        **changes,
    }
