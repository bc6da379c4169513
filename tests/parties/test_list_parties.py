"""Finding parties: by folded words, by code, telephone and tax identifier, page by page."""

from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from modules.parties.selectors import (
    Order,
    PartyFilter,
    PartyRow,
    find_duplicates,
    find_similar,
    list_parties,
    lists,
)
from modules.parties.services import import_parties
from tests.houses import Ask, House
from tests.parties.conftest import MakeParty, Owe
from tests.parties.people import address, draft

pytestmark = pytest.mark.database

NIF = "000216001808337"
YES = True


@pytest.fixture
def book(party: MakeParty) -> dict[str, UUID]:
    """A few parties with accents, hamza, telephones and identifiers."""
    star = draft(
        "C-1",
        "SARL Étoile Négoce",
        name_ar="شركة النجمة",
        phone="+213 550 12 34 56",
        identifiers={"NIF": NIF},
        terms="D30",
        addresses=(address(),),
        credit_limit=Decimal(100),
    )
    drafts = [
        star,
        draft("C-2", "Ahmed Benali", name_ar="أحمد", phone="021 23 45 67", price_list="GROS"),
        draft("C-3", "Épicerie d'Oran", addresses=(address(city="Oran", region="31"),)),
        draft("C-4", "Ancien client", is_active=False),
        draft("F-1", "Moulins du Sud", is_customer=False, is_supplier=True),
    ]
    return {each.code: party(each) for each in drafts}


TYPED = {
    "etoile": ["C-1"],
    "NÉGOCE étoi": ["C-1"],
    "النجمه": ["C-1"],
    "احمد": ["C-2"],
    "0550123456": ["C-1"],
    "00213 550 12 34 56": ["C-1"],
    "+213550123456": ["C-1"],
    "٠٢١٢٣٤٥٦٧": ["C-2"],
    NIF: ["C-1"],
    "000 216 001 808 337": ["C-1"],
    "00021600": ["C-1"],
    "c-3": ["C-3", "C-1"],  # the telephone of the other begins a word with 3
    "d'oran": ["C-3"],
    "moulins": [],
    "x'; drop table parties.parties; --": [],
    "' & | ! :*": [],
    "%": [],
}


@pytest.mark.usefixtures("book")
def test_what_is_typed_finds_whom_it_means(ask: Ask) -> None:
    found = {text: ask(list_parties, PartyFilter(text=text, is_active=YES)) for text in TYPED}

    assert {text: [row.code for row in rows] for text, rows in found.items()} == TYPED


@pytest.mark.usefixtures("book")
def test_who_types_a_whole_code_telephone_or_identifier_sees_that_party_first(
    ask: Ask, party: MakeParty
) -> None:
    party(draft("A-1", f"Reprise de {NIF}"))
    party(draft("A-2", "Ancien 021234567"))
    party(draft("A-3", "Suite de C-2"))

    for text, codes in {NIF: ["C-1", "A-1"], "021234567": ["C-2", "A-2"]}.items():
        rows = ask(list_parties, PartyFilter(text=text))
        assert [row.code for row in rows] == codes
        assert [row.is_exact for row in rows] == [True, False]
    assert ask(list_parties, PartyFilter(text="C-2"))[0].code == "C-2"


NARROWED: list[tuple[dict[str, Any], list[str]]] = [
    ({"is_active": True}, ["C-1", "C-2", "C-3"]),
    ({"is_active": False}, ["C-4"]),
    ({"kind": "supplier"}, ["F-1"]),
    ({"code": "C-"}, ["C-1", "C-2", "C-3", "C-4"]),
    ({"region": "31"}, ["C-3"]),
    ({"terms": "d30"}, ["C-1"]),
    ({"price_list": "gros"}, ["C-2"]),
    ({"has_balance": True}, ["C-1", "C-2"]),
    ({"is_over_limit": True}, ["C-1", "C-2"]),
    ({"balance_from": Decimal(200)}, ["C-1"]),
    ({"balance_to": Decimal(0)}, ["C-3", "C-4"]),
    ({"kind": "supplier", "has_balance": True}, ["F-1"]),
]


def test_a_list_can_be_narrowed(ask: Ask, book: dict[str, UUID], owe: Owe) -> None:
    owe(book["C-1"], "250.00")
    owe(book["C-2"], "1.50")
    owe(book["F-1"], "-900.00", role="payable")

    for wanted, codes in NARROWED:
        rows = ask(list_parties, PartyFilter(**wanted))
        assert (wanted, [row.code for row in rows]) == (wanted, codes)


def test_a_row_says_what_is_owed_and_whether_that_is_too_much(
    ask: Ask, book: dict[str, UUID], owe: Owe
) -> None:
    owe(book["C-1"], "250.00")
    owe(book["F-1"], "-900.00", role="payable")

    first, second = ask(list_parties, PartyFilter())[:2]
    supplier = ask(list_parties, PartyFilter(kind="supplier"))[0]

    assert (first.balance, first.is_over_limit, first.tax_number) == (250, True, NIF)
    assert (first.city, first.region, first.terms, first.currency) == ("Alger", "16", "D30", "DZD")
    assert (second.balance, second.is_over_limit) == (0, False)
    assert supplier.balance == 900


def test_a_balance_counts_what_was_booked_under_a_merged_id(
    ask: Ask, book: dict[str, UUID], owe: Owe, house: House
) -> None:
    house.run(
        "update parties.parties set merged_into = (select id from parties.parties"
        " where code = 'C-1'), is_active = false where code = 'C-2'"
    )
    owe(book["C-1"], "10")
    owe(book["C-2"], "7")

    assert [(r.code, r.balance) for r in ask(list_parties, PartyFilter(code="C-"))][:2] == [
        ("C-1", 17),
        ("C-3", 0),
    ]


ORDERS: tuple[Order, ...] = ("code", "name", "balance")


@pytest.mark.usefixtures("pack")
def test_pages_show_every_party_once_in_every_order(
    ask: Ask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [draft(f"VERT-{n:02d}", f"Vert {n % 5}", phone=f"0550 00 00 {n:02d}") for n in range(30)]
    ask(import_parties, [*many, draft("ROUGE", "Rouge")], may_change=False)
    house.run(
        "insert into accounting.party_balances select id, 'receivable',"
        " substr(code, 6)::integer % 3 from parties.parties where code ~ '^VERT'"
    )
    monkeypatch.setattr(lists, "PAGE_SIZE", 7)
    texts = {"": 31, "vert": 30, "vert-07": 1}

    for text, order, descending in product(texts, ORDERS, (False, True)):
        wanted = PartyFilter(text=text, order=order, descending=descending)
        seen: list[PartyRow] = []
        while page := ask(list_parties, wanted, after=seen[-1] if seen else None):
            seen += page

        assert len(seen) == len({row.id for row in seen}) == texts[text]
        keys = [(getattr(row, order), row.id) for row in seen]
        assert keys == sorted(keys, reverse=descending)


ALIKE: list[tuple[dict[str, str], list[str]]] = [
    ({"name": "Etoile Negoce EURL"}, ["C-1"]),
    ({"name": "Benali Ahmed"}, ["C-2"]),
    ({"name": "X", "name_ar": "النجمة"}, ["C-1"]),
    ({"name": "Tout autre", "phone": "0550.12.34.56"}, ["C-1"]),
    ({"name": "Ancien  Client"}, ["C-4"]),
    ({"name": "Négoce"}, ["C-1"]),
    ({"name": "SARL"}, []),
    ({"name": "'; select 1"}, []),
    ({"name": ""}, []),
]


@pytest.mark.usefixtures("book")
def test_who_looks_like_somebody_we_know_is_proposed(ask: Ask) -> None:
    for given, codes in ALIKE:
        found = ask(find_similar, **given)
        assert (given, [party.code for party in found]) == (given, codes)


def test_nobody_looks_like_themselves(ask: Ask, book: dict[str, UUID]) -> None:
    assert ask(find_similar, name="Ahmed Benali", besides=book["C-2"]) == []


@pytest.mark.usefixtures("book")
def test_pairs_that_may_be_one_are_found_without_asking(ask: Ask, party: MakeParty) -> None:
    party(draft("D-1", "Benali Ahmed"))
    party(draft("D-2", "Quelqu'un", phone="0550123456"))

    pairs = ask(find_duplicates)

    assert [{pair.code, pair.other_code} for pair in pairs] == [{"C-2", "D-1"}, {"C-1", "D-2"}]
    assert [pair.score for pair in pairs] == [1, Decimal("0.9")]
