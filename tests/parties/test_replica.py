"""What a till finds of the customers in its replica, with no network at all."""

from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.store import IN_MEMORY
from erp_desktop.workstation.workstation import Workstation
from modules.parties.api import customer_by_id, find_customer
from modules.parties.replica import CUSTOMERS
from modules.parties.services import PartyDraft, merge_parties, save_party
from tests.houses import Ask, Device, House
from tests.parties.conftest import MakeParty
from tests.parties.people import address, draft

SETS = {"sets": {CUSTOMERS.id: ""}}
DRAFTS: dict[str, PartyDraft] = {
    "C-1": draft(
        "C-1",
        "Étoile Négoce",
        name_ar="النجمة",
        phone="+213 550 12 34 56",
        is_company=True,
        identifiers={"NIF": "000216001808337"},
        terms="D30",
        price_list="GROS",
        credit_limit=Decimal("250000.50"),
        document_language="ar+fr",
        addresses=(address(),),
    ),
    "C-2": draft("C-2", "Ahmed Benali", phone="021 23 45 67"),
    "C-3": draft("C-3", "Parti", is_active=False),
    "F-1": draft("F-1", "Moulins", is_customer=False, is_supplier=True),
}

pytestmark = pytest.mark.database


@pytest.fixture
def known(party: MakeParty) -> dict[str, UUID]:
    """Customers, one of whom is closed, and a supplier."""
    return {code: party(each) for code, each in DRAFTS.items()}


class Desk:
    """A workstation that reads the feed of head office."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.replica = Replica(IN_MEMORY, b"0" * 32, [CUSTOMERS])

    def pull(self) -> None:
        """Read the feed until there is no more."""
        more = True
        while more:
            request = {**SETS, "position": self.replica.position}
            with self._connection.transaction():
                self._connection.execute("set local role core_app")
                answer = self._ask(request)
            self.replica.apply(answer)
            more = answer["more"]

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        from psycopg.types.json import Jsonb  # noqa: PLC0415 - only here

        row = self._connection.execute("select core.pull_v1(%s)", [Jsonb(request)]).fetchone()
        answer: dict[str, Any] = row[0]
        return answer


@pytest.fixture
def desk(house: House, device: Device) -> Iterator[Desk]:
    """A till in Algiers."""
    with house.connect(device.login) as connection:
        made = Desk(connection)
        yield made
        made.replica.close()


def workstation(desk: Desk) -> Workstation:
    return cast("Workstation", SimpleNamespace(replica=desk.replica))


def test_a_till_knows_active_customers_and_nobody_else(desk: Desk, known: dict[str, UUID]) -> None:
    desk.pull()

    star = customer_by_id(workstation(desk), known["C-1"])
    assert star is not None
    assert (star.code, star.named("ar"), star.named("fr")) == ("C-1", "النجمة", "Étoile Négoce")
    assert (star.credit_limit, star.terms_days, star.price_list) == (
        Decimal("250000.50"),
        30,
        "GROS",
    )
    assert (star.identifiers, star.is_company, star.document_language) == (
        {"NIF": "000216001808337"},
        True,
        "ar+fr",
    )
    assert star.address == "12 rue Didouche Mourad, 16000 Alger, Alger"
    assert star.address_ar.startswith("12 شارع")
    plain = customer_by_id(workstation(desk), known["C-2"])
    assert plain is not None
    assert (plain.credit_limit, plain.price_list, plain.address) == (None, None, "")
    for code in ("C-3", "F-1"):
        assert customer_by_id(workstation(desk), known[code]) is None


FOUND: dict[str, list[str]] = {
    "etoile": ["C-1"],
    "النجمه": ["C-1"],
    "c-2": ["C-2", "C-1"],  # the telephone of the other begins a word with 2
    "0550123456": ["C-1"],
    "213550123456": ["C-1"],
    "٠٢١ ٢٣٤٥٦٧": ["C-2"],
    "moulins": [],
    "": ["C-1", "C-2"],
}


@pytest.mark.usefixtures("known")
def test_a_search_finds_whom_it_means(desk: Desk) -> None:
    desk.pull()

    found = {text: find_customer(workstation(desk), text) for text in FOUND}

    assert {text: [each.code for each in rows] for text, rows in found.items()} == FOUND
    assert len(find_customer(workstation(desk), "", limit=1)) == 1


def test_who_is_closed_merged_or_no_customer_any_more_leaves_the_tills_and_may_come_back(
    desk: Desk, known: dict[str, UUID], ask: Ask, party: MakeParty
) -> None:
    third = party(draft("C-4", "Trois"))
    desk.pull()

    ask(save_party, known["C-2"], draft("C-2", is_active=False), version=1)
    ask(save_party, third, draft("C-4", is_customer=False, is_supplier=True), version=1)
    desk.pull()
    assert [each.code for each in find_customer(workstation(desk), "")] == ["C-1"]

    ask(save_party, known["C-2"], draft("C-2", "Benali revient"), version=2)
    desk.pull()
    assert [each.code for each in find_customer(workstation(desk), "")] == ["C-1", "C-2"]

    ask(merge_parties, known["C-2"], merged_id=known["C-1"])
    desk.pull()
    (left,) = find_customer(workstation(desk), "")
    assert (left.code, left.name_ar, left.identifiers) == (
        "C-2",
        "النجمة",
        {"NIF": "000216001808337"},
    )


def test_a_till_hears_of_a_new_address_without_a_new_name(
    desk: Desk, known: dict[str, UUID], ask: Ask
) -> None:
    desk.pull()
    moved = (address(street="1 rue Ben M'hidi"),)

    ask(save_party, known["C-2"], draft("C-2", "Ahmed Benali", addresses=moved), version=1)
    desk.pull()

    customer = customer_by_id(workstation(desk), known["C-2"])
    assert customer is not None
    assert customer.address.startswith("1 rue Ben M'hidi")


def test_an_unknown_customer_is_nobody(desk: Desk) -> None:
    assert customer_by_id(workstation(desk), uuid7()) is None
