"""The stories of the parties' pages, told without a widget."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import StaleRecordError
from erp_desktop.core.i18n import speaking
from erp_desktop.ui.filters import Query, parse_filter
from modules.parties.api import find_parties_for_link
from modules.parties.selectors import (
    DuplicatePair,
    PartyDetails,
    PartyFilter,
    PartyRow,
    PartySheet,
    SimilarParty,
    compare_parties,
    find_duplicates,
    find_similar,
    get_party,
    list_parties,
)
from modules.parties.services import PartyDraft, merge_parties, save_party
from modules.parties.widgets.duplicates import DuplicatesPresenter
from modules.parties.widgets.palette import find_parties
from modules.parties.widgets.party_form import PartyFormPresenter
from modules.parties.widgets.party_list import PartyListPresenter, filter_of
from modules.parties.widgets.party_preview import facts_of
from tests.fakes import FakeBackend, FakeView
from tests.parties.people import SHEET, address, contact, draft

YES = True
ATLAS = draft(
    "C-1",
    "Atlas",
    name_ar="أطلس",
    identifiers={"NIF": "000216001808337"},
    credit_limit=Decimal(500),
    terms="D30",
    addresses=(address(),),
    contacts=(contact("Lina", position="Achats", phone="0550 00 00 01"),),
)


def row(code: str = "C-1", **values: Any) -> PartyRow:
    """A line of a list."""
    usual: dict[str, Any] = {
        "id": uuid7(),
        "version": 1,
        "code": code,
        "name": "Atlas",
        "name_ar": "أطلس",
        "phone": "0550 12 34 56",
        "city": "Alger",
        "region": "16",
        "tax_number": "",
        "terms": None,
        "price_list": None,
        "credit_limit": Decimal(500),
        "balance": Decimal("120.5"),
        "currency": "DZD",
        "is_customer": True,
        "is_active": True,
    }
    return PartyRow(**{**usual, **values})


def details(kept: PartyDraft = ATLAS, **values: Any) -> PartyDetails:
    """A party as it is kept."""
    fields = {name: getattr(kept, name) for name in PartyDraft.__dataclass_fields__}
    return PartyDetails(**{"id": uuid7(), "version": 4, **fields, **values})


def sheet(party: PartyDetails | None) -> PartySheet:
    """What the form is told."""
    return replace(SHEET, party=party)


class FormView(FakeView):
    """Also notes that the draft is forgotten."""

    def forget_draft(self) -> None:
        """Note it."""
        self.shown.append(("forget_draft", ()))


def door(answers: dict[Any, Any]) -> Any:
    """A door that answers so; pages and presenters know it as `Backend`."""
    return FakeBackend(answers)


@pytest.mark.parametrize(
    ("line", "chips", "expected"),
    [
        ("atlas", (), PartyFilter(text="atlas", is_active=YES)),
        ("", ("inactive",), PartyFilter(is_active=False)),
        ("", ("balance",), PartyFilter(is_active=YES, has_balance=YES)),
        ("", ("over_limit",), PartyFilter(is_active=YES, is_over_limit=YES)),
        ("wilaya:16 tarif:GROS", (), PartyFilter(region="16", price_list="GROS", is_active=YES)),
        (
            "الرصيد:100..",
            (),
            PartyFilter(balance_from=Decimal(100), is_active=YES),
        ),
        (
            "solde:7",
            (),
            PartyFilter(balance_from=Decimal(7), balance_to=Decimal(7), is_active=YES),
        ),
        ("balance:much conditions:D30", (), PartyFilter(terms="D30", is_active=YES)),
    ],
)
def test_the_filter_line_is_understood(
    line: str, chips: tuple[str, ...], expected: PartyFilter
) -> None:
    text, terms = parse_filter(line)

    assert filter_of(Query(text, terms, frozenset(chips)), "customer") == expected


def test_a_list_shows_its_kind_and_looking_at_a_row_shows_all_of_it() -> None:
    backend, view = door({get_party: sheet(details()), list_parties: [row()]}), FakeView()
    presenter = PartyListPresenter(view, backend, "supplier")

    (found,) = asyncio.run(presenter.load(Query("atlas"), None))
    asyncio.run(presenter.look_at(found))

    ((wanted,), _kw) = backend.asked(list_parties)[0]
    assert (wanted.kind, wanted.text) == ("supplier", "atlas")
    assert view.preview.party.code == "C-1"


@pytest.mark.parametrize(("kind", "code"), [("customer", "C000001"), ("supplier", "F000001")])
def test_a_new_party_begins_with_the_next_code_of_its_kind_and_is_kept_once(
    kind: Any, code: str
) -> None:
    backend, view = door({get_party: SHEET, save_party: 1}), FormView()
    presenter = PartyFormPresenter(view, backend, kind)

    asyncio.run(presenter.show(None))
    begun: PartyDraft = view.party
    typed = replace(begun, name="Atlas", identifiers={"NIF": "000 216 001 808 337"})
    sentence = asyncio.run(presenter.save(typed))
    asyncio.run(presenter.save(typed))

    assert (begun.code, begun.country, begun.is_customer) == (code, "DZ", kind == "customer")
    assert sentence == "Atlas is saved."
    (first, created), (second, changed) = backend.asked(save_party)
    assert first[0] == second[0] == presenter.saved_id
    assert (created, changed) == ({"version": None}, {"version": 1})
    assert first[1].identifiers == {"NIF": "000216001808337"}


def test_a_change_carries_the_version_that_was_read_and_a_refusal_keeps_what_was_typed() -> None:
    backend = door({get_party: sheet(details()), save_party: StaleRecordError()})
    view = FormView()
    presenter = PartyFormPresenter(view, backend, "customer")
    asyncio.run(presenter.show(uuid7()))
    shown = len(view.shown)

    with pytest.raises(StaleRecordError):
        asyncio.run(presenter.save(ATLAS))

    assert backend.asked(save_party)[0][1] == {"version": 4}
    assert len(view.shown) == shown


def test_a_new_party_is_compared_with_those_we_know_and_a_kept_one_is_not() -> None:
    alike = SimilarParty(uuid7(), "C-9", "Atlas", "", "", YES, Decimal(1))
    backend, view = door({get_party: SHEET, save_party: 1, find_similar: [alike]}), FormView()
    presenter = PartyFormPresenter(view, backend, "customer")
    asyncio.run(presenter.show(None))

    asyncio.run(presenter.look_for_similar("", "", ""))
    asyncio.run(presenter.look_for_similar("Atlas", "", "0550"))
    assert view.similar == [alike]
    asyncio.run(presenter.save(ATLAS))
    asyncio.run(presenter.look_for_similar("Atlas", "", "0550"))

    assert view.similar == ()
    assert backend.asked(find_similar) == [((), {"name": "Atlas", "name_ar": "", "phone": "0550"})]


def test_two_are_merged_as_chosen_and_the_list_is_asked_afresh() -> None:
    kept, merged = details(), details(draft("C-2", "Atlas Négoce"))
    backend = door({merge_parties: None, find_duplicates: []})
    view = FakeView()

    asyncio.run(DuplicatesPresenter(view, backend).merge(kept, merged))

    assert backend.asked(merge_parties) == [((kept.id,), {"merged_id": merged.id})]
    assert view.said == ["C-2 Atlas Négoce is now C-1 Atlas."]
    assert view.pairs == []


def test_who_looks_like_one_party_is_paired_with_it() -> None:
    party = details()
    alike = SimilarParty(uuid7(), "C-9", "Atlas SARL", "", "", YES, Decimal("0.9"))
    backend, view = door({get_party: sheet(party), find_similar: [alike]}), FakeView()

    asyncio.run(DuplicatesPresenter(view, backend).show(party.id))

    (pair,) = view.pairs
    assert (pair.id, pair.other_id, pair.score) == (party.id, alike.id, Decimal("0.9"))
    assert backend.asked(find_similar)[0][1]["besides"] == party.id


def test_two_that_somebody_chose_are_shown_alike_or_not() -> None:
    one, other = sheet(details()), sheet(details(draft("C-2", "Zoo")))
    backend, view = door({compare_parties: (one, other)}), FakeView()

    asyncio.run(DuplicatesPresenter(view, backend).show_pair(uuid7(), uuid7()))

    (pair,) = view.pairs
    assert isinstance(pair, DuplicatePair)
    assert (pair.code, pair.other_code, view.comparison) == ("C-1", "C-2", (one, other))


def test_the_facts_of_a_party_are_told_in_the_users_language() -> None:
    party = details(receivable=Decimal(120))
    with speaking("ar"):
        arabic = dict(facts_of(party, sheet(party)))
    english = dict(facts_of(party, sheet(party)))

    assert english["Owes us"] == "120.00\u00a0DZD"
    assert english["May still buy on account"] == "380.00\u00a0DZD"
    assert english["Payment terms"] == "30 jours"
    assert english["NIF"] == "000216001808337"
    assert english["Addresses"] == "12 rue Didouche Mourad, 16000 Alger, Alger"
    assert english["Contacts"] == "Lina · Achats · 0550\u00a000\u00a000\u00a001"
    assert "Phone" not in english
    assert arabic["العناوين"] == "12 شارع ديدوش مراد، 16000 الجزائر، الجزائر"
    assert arabic["شروط الدفع"] == "30 يوما"


def test_the_palette_finds_customers_and_suppliers_by_name_in_the_users_language() -> None:
    backend = door({list_parties: [row(), row("F-1", is_customer=False, phone="")]})

    customer, supplier = asyncio.run(find_parties(backend, "atl"))

    assert (customer.title, customer.page) == ("Atlas", "parties.customer")
    assert (customer.note, supplier.note) == ("C-1 · 0550 12 34 56 · Alger", "F-1 · Alger")
    assert supplier.page == "parties.supplier"
    ((wanted,), _kw) = backend.asked(list_parties)[0]
    assert (wanted.kind, wanted.is_active) == ("any", True)


def test_a_field_of_another_page_is_offered_active_parties_of_its_kind() -> None:
    backend = door({list_parties: [row(f"C-{n}") for n in range(30)]})

    found = asyncio.run(find_parties_for_link(backend, "atl", kind="supplier", limit=5))

    assert [each.code for each in found] == ["C-0", "C-1", "C-2", "C-3", "C-4"]
    ((wanted,), _kw) = backend.asked(list_parties)[0]
    assert wanted == PartyFilter(kind="supplier", text="atl", is_active=True)
