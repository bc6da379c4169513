"""Entries in the books, posted as other modules post them: by rule, with a document's amounts."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.plugins.finding import find_modules
from tests.accounting.books import Books, books_of, under_law
from tests.houses import ALGIERS, YEAR, House, SignIn
from tests.sales.widgets.desks import CountingBackend, Desk

Post = Callable[..., dict[str, Any]]

MARCH = date(YEAR, 3, 10)
TICKET = {"module": "till", "kind": "ticket", "id": "t-1", "number": "ALG-01-000001"}


@pytest.fixture
def salim(qtbot: QtBot, desk: Any, signed_in: SignIn) -> Iterator[Desk]:
    """The accountant's desk: real windows, a real server, each question counted."""
    del desk
    find_modules().prepare()
    threads = ThreadPoolExecutor(3)
    backend = CountingBackend(signed_in("salim"), threads)
    yield Desk(qtbot, backend)
    backend.close()
    threads.shutdown()


@pytest.fixture
def post(house: House) -> Iterator[Post]:
    """Post a document: `post("till.sale", {"cash": "119.00", "net TVA19": "100.00", …})`."""
    house.run("grant accounting_owner to salim")
    with house.connect("salim") as connection:
        connection.execute("set role accounting_owner")

        def do(rule: str, amounts: dict[str, str], **more: Any) -> dict[str, Any]:
            query = "select accounting.post_v1(%s::jsonb)"
            asked = [json.dumps(document(rule, amounts, **more))]
            posted: dict[str, Any] = connection.execute(query, asked).fetchone()[0]
            return posted

        yield do
    house.run("revoke accounting_owner from salim")


def document(
    rule: str,
    amounts: dict[str, str],
    *,
    on: date = MARCH,
    branch: UUID = ALGIERS.id,
    party: UUID | None = None,
    source: dict[str, Any] | None = None,
    more: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return what a module hands to `accounting.post_v1`; `net TVA19` is net, of that tax code.

    Taxes with their rate and base come in `more`, as the engine says them.
    """
    named = [(*name.partition(" ")[::2], value) for name, value in amounts.items()]
    return {
        "id": str(uuid7()),
        "rule": rule,
        "branch_id": str(branch),
        "on": on.isoformat(),
        "label": rule,
        "document": source or {},
        "by": "salim",
        "currency": "DZD",
        "party_id": str(party) if party else None,
        "amounts": [
            {"amount": amount, "qualifier": qualifier, "value": value}
            for amount, qualifier, value in named
        ]
        + list(more),
    }


def sale(times: int = 1) -> dict[str, str]:
    """Return the amounts of a sale of goods for 119.00 each, which had cost 70.00."""
    each = {"cash": 119, "net TVA19": 100, "tax TVA19": 19, "cost": 70}
    return {name: f"{value * times}.00" for name, value in each.items()}


@pytest.fixture
def tunis(house: House) -> Iterator[Books]:
    """Salim's books under Tunisian law."""
    under_law(house, "TN", "TND")
    with books_of(house) as opened:
        yield opened


@pytest.fixture
def rabat(house: House) -> Iterator[Books]:
    """Salim's books under Moroccan law."""
    under_law(house, "MA", "MAD")
    with books_of(house) as opened:
        yield opened
