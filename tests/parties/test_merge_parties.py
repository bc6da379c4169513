"""Two records of one party become one: nothing is lost, and every id still leads somewhere."""

from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError, UserError
from modules.parties.errors import (
    BalanceOpenError,
    KeptInactiveError,
    MergedError,
    MergedWithItselfError,
)
from modules.parties.events import PartiesMerged
from modules.parties.selectors import PartyFilter, get_party, get_party_for_document, list_parties
from modules.parties.services import merge_parties, save_party
from tests.houses import Ask, House
from tests.parties.conftest import MakeParty, Owe
from tests.parties.people import address, contact, draft

pytestmark = pytest.mark.database

NIF = "000216001808337"
HOME = address()
KEPT = draft(
    "C-1",
    "Atlas",
    phone="0550123456",
    metadata={"Secteur": "gros"},
    addresses=(HOME,),
    contacts=(contact("Lina", phone="1"),),
)
MERGED = draft(
    "C-2",
    "Atlas Négoce",
    name_ar="أطلس",
    phone="0660123456",
    is_supplier=True,
    is_company=True,
    identifiers={"NIF": NIF},
    metadata={"Secteur": "détail", "Depuis": "2019"},
    terms="D30",
    note="Vu au salon",
    addresses=({**HOME, "id": str(uuid7())}, address(kind="billing", city="Oran", region="31")),
    contacts=(contact("Lina", phone="1"), contact("Samir")),
)


@pytest.fixture
def pair(party: MakeParty) -> tuple[UUID, UUID]:
    """Two records of one party."""
    return party(KEPT), party(MERGED)


def test_the_party_that_is_kept_takes_what_it_lacked(ask: Ask, pair: tuple[UUID, UUID]) -> None:
    kept, merged = pair

    ask(merge_parties, kept, merged_id=merged)

    now = ask(get_party, kept).party
    assert (now.code, now.name, now.phone) == ("C-1", "Atlas", "0550123456")
    assert (now.name_ar, now.is_supplier, now.is_company, now.terms) == ("أطلس", True, True, "D30")
    assert (now.identifiers, now.note) == ({"NIF": NIF}, "Vu au salon")
    assert now.metadata == {"Secteur": "gros", "Depuis": "2019"}
    assert [(each["kind"], each["city"]) for each in now.addresses] == [
        ("main", "Alger"),
        ("billing", "Oran"),
    ]
    assert sorted(each["name"] for each in now.contacts) == ["Lina", "Samir"]


def test_every_reader_follows_the_old_id(
    ask: Ask, pair: tuple[UUID, UUID], party: MakeParty, house: House
) -> None:
    kept, merged = pair
    last = party(draft("C-3", "Le dernier"))

    ask(merge_parties, kept, merged_id=merged)
    assert ask(get_party, merged).party.id == kept
    ask(merge_parties, last, merged_id=kept)

    assert ask(get_party_for_document, merged).id == last
    assert {ask(get_party, each).party.id for each in (kept, merged, last)} == {last}
    assert [row.code for row in ask(list_parties, PartyFilter())] == ["C-3"]
    for each in (kept, merged, last):
        assert house.value(f"select parties.current('{each}')") == last


def test_the_others_and_the_tills_hear_of_it(
    ask: Ask, pair: tuple[UUID, UUID], house: House
) -> None:
    kept, merged = pair

    ask(merge_parties, kept, merged_id=merged)

    payload = house.value("select payload from core.events where topic = 'parties.merged'")
    assert PartiesMerged.read(payload) == PartiesMerged(kept_id=kept, merged_id=merged)
    assert house.value("select set_name || ' ' || key from core.tombstones") == (
        f"parties.customers {merged}"
    )


def test_the_merged_partys_identifier_is_not_free_for_a_third(
    ask: Ask, pair: tuple[UUID, UUID], house: House
) -> None:
    ask(merge_parties, pair[0], merged_id=pair[1])

    assert house.value("select party_id from parties.tax_numbers") == pair[0]


def with_itself(ask: Ask, kept: UUID, _merged: UUID) -> None:
    ask(merge_parties, kept, merged_id=kept)


def with_nobody(ask: Ask, kept: UUID, _merged: UUID) -> None:
    ask(merge_parties, kept, merged_id=uuid7())


def as_a_buyer(ask: Ask, kept: UUID, merged: UUID) -> None:
    ask(merge_parties, kept, merged_id=merged, as_user="yacine")


def keeping_the_inactive_one(ask: Ask, kept: UUID, _merged: UUID) -> None:
    other = uuid7()
    ask(save_party, other, draft("C-8", is_active=False))
    ask(merge_parties, other, merged_id=kept)


def twice(ask: Ask, kept: UUID, _merged: UUID) -> None:
    other = uuid7()
    ask(save_party, other, draft("C-9"))
    ask(merge_parties, kept, merged_id=other)
    ask(merge_parties, kept, merged_id=other)


REFUSALS: dict[Any, type[UserError]] = {
    with_itself: MergedWithItselfError,
    with_nobody: NotFoundError,
    as_a_buyer: NotAllowedError,
    keeping_the_inactive_one: KeptInactiveError,
    twice: MergedError,
}


def test_what_cannot_be_merged_is_refused(ask: Ask, pair: tuple[UUID, UUID]) -> None:
    for merging, refusal in REFUSALS.items():
        with pytest.raises(refusal):
            merging(ask, *pair)


@pytest.mark.parametrize(("role", "balance"), [("receivable", "12.50"), ("payable", "-3")])
def test_a_party_that_still_has_a_balance_is_not_closed(
    ask: Ask, pair: tuple[UUID, UUID], owe: Owe, role: str, balance: str
) -> None:
    kept, merged = pair
    owe(merged, balance, role=role)

    with pytest.raises(BalanceOpenError) as refused:
        ask(merge_parties, kept, merged_id=merged)

    assert refused.value.details["balance"] == balance.removesuffix("0")
    assert "Settle it first, or keep this partner" in refused.value.sentence()
    # The other way round it can be done: the one that owes is kept.
    ask(merge_parties, merged, merged_id=kept)
    assert ask(list_parties, PartyFilter())[0].code == "C-2"
