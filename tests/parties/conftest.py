"""A house that knows the regions, the terms and the identifiers of Algeria."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from psycopg.types.json import Jsonb

from erp_desktop.core.commands import uuid7
from modules.parties.services import PartyDraft, save_party
from tests.houses import Ask, House
from tests.parties.people import LAWS, REGIONS, SHEET

MakeParty = Callable[..., UUID]
Owe = Callable[..., None]


def law_row(law: Any, order: int) -> list[Any]:
    """Return an identifier as a row of the law."""
    value = {
        "name": law.name,
        "name_ar": law.name_ar,
        "pattern": law.pattern,
        "check": law.check,
        "of": ["company", "party"],
        "on_invoice": True,
        "order": order,
    }
    return [law.code, Jsonb(value), law.doubt]


@pytest.fixture
def pack(house: House) -> None:
    """What a country pack brings: identifiers, regions, terms; and a price list of our own."""
    terms: list[dict[str, Any]] = [
        {"code": "CASH", "name": "Au comptant", "name_ar": "نقدا", "days": 0, "end_of_month": ""},
        {"code": "D30", "name": "30 jours", "name_ar": "30 يوما", "days": 30, "end_of_month": "t"},
    ]
    regions = [
        {"country": r.country, "code": r.code, "name": r.name, "name_ar": r.name_ar}
        for r in REGIONS
    ]
    with house.connect() as connection:
        connection.execute("delete from accounting.law_values where kind = 'identifier'")
        connection.execute("delete from parties.regions")
        connection.execute("delete from parties.terms")
        for order, law in enumerate(LAWS["DZ"]):
            connection.execute(
                "insert into accounting.law_values (id, kind, code, valid_from, value, legal_ref,"
                " doubt) values (gen_random_uuid(), 'identifier', %s, '2000-01-01', %s, 'law', %s)",
                law_row(law, order),
            )
        connection.execute(
            "select parties.load_pack(%s)", [Jsonb({"regions": regions, "terms": terms})]
        )
        for each in SHEET.price_lists:
            connection.execute(
                "insert into catalog.price_lists (code, name, name_ar) values (%s, %s, %s)",
                [each.code, each.name, each.name_ar],
            )


@pytest.fixture
def party(ask: Ask, pack: None) -> MakeParty:  # noqa: ARG001 - the pack comes first
    """Keep a party: `party(draft("C1"), as_user="nadia")`."""

    def make(draft: PartyDraft, **options: Any) -> UUID:
        made = uuid7()
        ask(save_party, made, draft, **options)
        return made

    return make


@pytest.fixture
def owe(house: House) -> Owe:
    """Let a party owe something, as the ledger would say: `owe(party, "150.00")`."""

    def book(party_id: UUID, balance: str, role: str = "receivable") -> None:
        with house.connect() as connection:
            connection.execute(
                "insert into accounting.party_balances (party_id, role, balance)"
                " values (%s, %s, %s)"
                " on conflict (party_id, role) do update set balance = excluded.balance",
                [party_id, role, Decimal(balance)],
            )

    return book
