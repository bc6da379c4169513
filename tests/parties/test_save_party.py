"""Saving a party: once, whole, and never over somebody else's change."""

import threading
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, StaleRecordError, UserError
from modules.parties.errors import (
    ChoiceUnknownError,
    CodeTakenError,
    ContactNamelessError,
    CreditImpossibleError,
    IdentifierImpossibleError,
    IdentifierTakenError,
    MergedError,
    NameMissingError,
    RegionUnknownError,
    RoleMissingError,
    TwoMainAddressesError,
)
from modules.parties.selectors import get_party, get_party_for_document
from modules.parties.services import PartyDraft, merge_parties, save_party
from tests.houses import Ask, House, SignIn
from tests.parties.conftest import MakeParty
from tests.parties.people import LAWS, address, contact, draft

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("pack")]

NIF = "000216001808337"
ATLAS = draft(
    "C-1",
    "SARL Atlas Négoce",
    name_ar="أطلس للتجارة",
    is_supplier=True,
    is_company=True,
    identifiers={"NIF": NIF, "RC": "16/00-0123456B22"},
    phone="+213 550 12 34 56",
    email="contact@atlas.example",
    document_language="ar+fr",
    terms="D30",
    price_list="GROS",
    credit_limit=Decimal("250000.50"),
    note="Livrer le matin",
    metadata={"Secteur": "gros"},
    addresses=(address(), address(kind="delivery", city="Oran", region="31")),
    contacts=(contact("Lina", position="Achats", phone="0550 00 00 01"),),
)


def test_what_is_saved_is_what_is_read(ask: Ask) -> None:
    party = uuid7()

    version = ask(save_party, party, ATLAS)

    sheet = ask(get_party, party)
    assert PartyDraft.of(sheet.party) == ATLAS
    assert (sheet.party.version, sheet.country, sheet.currency) == (version, "DZ", "DZD")
    assert (sheet.party.receivable, sheet.party.payable) == (0, 0)
    assert {law.code for law in sheet.laws} == {law.code for law in LAWS["DZ"]}
    assert [(term.code, term.name_ar) for term in sheet.terms] == [
        ("CASH", "نقدا"),
        ("D30", "30 يوما"),
    ]
    assert [each.code for each in sheet.price_lists] == ["GROS"]
    assert [region.name for region in sheet.regions_of("MA")] == ["Al Hoceïma"]


def test_lines_that_are_taken_away_go_and_the_others_are_not_touched(
    ask: Ask, house: House
) -> None:
    party = uuid7()
    version = ask(save_party, party, ATLAS)
    main, _delivery = ATLAS.addresses
    before = house.value("select count(*) from core.audit where relation = 'parties.addresses'")
    fewer = draft("C-1", addresses=(main,), contacts=(), credit_limit=ATLAS.credit_limit)

    ask(save_party, party, fewer, version=version)

    now = ask(get_party, party).party
    assert (now.addresses, now.contacts) == ((main,), ())
    # One line of the log for the address that went, none for the one that stayed.
    after = house.value("select count(*) from core.audit where relation = 'parties.addresses'")
    assert after - before == 1


def test_a_party_without_a_code_gets_the_next_one_of_its_kind(ask: Ask, party: MakeParty) -> None:
    party(draft("C000041"))
    customer, supplier = uuid7(), uuid7()

    ask(save_party, customer, draft("", "Nouveau"))
    ask(save_party, supplier, draft("", "Fournisseur", is_customer=False, is_supplier=True))

    assert ask(get_party, customer).party.code == "C000042"
    sheet = ask(get_party, supplier)
    assert sheet.party.code == "F000001"
    assert sheet.next_codes == {"customer": "C000043", "supplier": "F000002"}


def test_a_document_says_where_bills_go_and_when_they_are_due(ask: Ask, party: MakeParty) -> None:
    billing = address(kind="billing", street="Zone 5", street_ar="", city="Es Sénia", city_ar="")
    bare = party(draft("C-2"))
    known = party(ATLAS)
    billed = party(draft("C-3", addresses=(address(), {**billing, "region": "31"})))

    ref = ask(get_party_for_document, known)

    assert (ref.id, ref.code, ref.identifiers["NIF"]) == (known, "C-1", NIF)
    assert (ref.terms_days, ref.terms_end_of_month, ref.price_list) == (30, True, "GROS")
    assert ref.address == "12 rue Didouche Mourad, 16000 Alger, Alger"
    assert ref.address_ar == "12 شارع ديدوش مراد، 16000 الجزائر، الجزائر"
    other = ask(get_party_for_document, billed)
    assert (other.address, other.address_ar) == ("Zone 5, 16000 Es Sénia, Oran", "")
    assert ask(get_party_for_document, bare).address == ""


def test_a_tax_identifier_belongs_to_one_active_party(ask: Ask, party: MakeParty) -> None:
    first = party(ATLAS)
    # However it is written, and for whatever reason somebody types it again.
    with pytest.raises(IdentifierTakenError) as refused:
        party(draft("C-2", identifiers={"NIF": f"{NIF[:5]} {NIF[5:]}"}))
    assert "C-1 SARL Atlas Négoce" in refused.value.sentence()
    # A register number is no tax identifier.
    party(draft("C-3", identifiers={"RC": "16/00-0123456B22"}))

    ask(save_party, first, draft("C-1", is_active=False, identifiers={"NIF": NIF},
                                 credit_limit=ATLAS.credit_limit), version=1)  # fmt: skip
    second = party(draft("C-4", identifiers={"NIF": NIF}))

    with pytest.raises(IdentifierTakenError):
        ask(save_party, first, draft("C-1", identifiers={"NIF": NIF},
                                     credit_limit=ATLAS.credit_limit), version=2)  # fmt: skip
    assert ask(get_party, second).party.identifiers == {"NIF": NIF}


def test_two_people_cannot_give_one_tax_identifier_to_two_parties(
    house: House, signed_in: SignIn
) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def save(login: str, code: str) -> None:
        session = signed_in(login)
        start.wait()
        try:
            with session.database.begin(session.user, "parties") as ctx:
                save_party(ctx, uuid7(), draft(code, identifiers={"NIF": NIF}))
            outcomes.append("saved")
        except IdentifierTakenError:
            outcomes.append("refused")

    pairs = [("nadia", "C-1"), ("yacine", "C-2")]
    threads = [threading.Thread(target=save, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "saved"]
    assert house.value("select count(*) from parties.parties") == 1


def test_a_foreign_party_keeps_whatever_its_country_calls_a_number(
    ask: Ask, party: MakeParty
) -> None:
    made = party(draft("F-1", country="FR", identifiers={"SIRET": "732 829 320 00074", "NIF": "7"}))

    assert ask(get_party, made).party.identifiers == {"SIRET": "732 829 320 00074", "NIF": "7"}


def test_the_audit_log_says_who_raised_the_credit_limit(
    ask: Ask, party: MakeParty, house: House
) -> None:
    made = party(ATLAS)

    ask(save_party, made, draft("C-1", credit_limit=Decimal(900000)), version=1, as_user="salim")

    changed = house.value(
        "select login || ' ' || (old ->> 'credit_limit') || ' ' || (new ->> 'credit_limit')"
        " from core.audit where relation = 'parties.parties' and operation = 'UPDATE'"
    )
    assert changed == "salim 250000.50 900000"


def test_a_buyer_edits_a_party_but_not_how_much_it_may_owe(ask: Ask, party: MakeParty) -> None:
    made = party(ATLAS)
    same = draft("C-1", "Atlas", credit_limit=ATLAS.credit_limit)

    assert ask(save_party, made, same, version=1, as_user="yacine") == 2
    for limit in (None, Decimal(0), Decimal(999999)):
        with pytest.raises(NotAllowedError) as refused:
            ask(save_party, made, draft("C-1", credit_limit=limit), version=2, as_user="yacine")
        assert refused.value.details["permission"] == "parties.credit.edit"
    assert ask(save_party, uuid7(), draft("C-9"), as_user="yacine") == 1


def from_an_old_screen(ask: Ask, party: UUID) -> None:
    ask(save_party, party, ATLAS, version=1)
    ask(save_party, party, draft("C-1"), version=1)


def over_one_that_is_there(ask: Ask, party: UUID) -> None:
    ask(save_party, party, draft("C-2"))


def with_the_code_of_another(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-1"))


def with_a_number_that_cannot_be_right(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", identifiers={"NIF": "12345"}))


def with_a_number_that_does_not_fit(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", identifiers={"NIS": "12345"}))


def without_a_name(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), PartyDraft("C-2", "   "))


def with_an_endless_code(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C" * 41))


def as_nobody_to_us(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", is_customer=False))


def with_a_limit_below_zero(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", credit_limit=Decimal(-1)))


def with_a_limit_that_is_no_number(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", credit_limit=Decimal("NaN")))


def on_unknown_terms(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", terms="NEVER"))


def on_an_unknown_price_list(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", price_list="FREE"))


def in_an_unknown_language(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", document_language="la"))


def in_an_unknown_region(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", addresses=(address(region="99"),)))


def with_two_main_addresses(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", addresses=(address(), address())))


def with_a_nameless_contact(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2", contacts=(contact("  "),)))


def after_it_was_merged(ask: Ask, party: UUID) -> None:
    other = uuid7()
    ask(save_party, other, draft("C-7"))
    ask(merge_parties, other, merged_id=party)
    ask(save_party, party, draft("C-1"), version=1)


def as_a_cashier(ask: Ask, _party: UUID) -> None:
    ask(save_party, uuid7(), draft("C-2"), as_user="amina")


REFUSALS: dict[Any, type[UserError]] = {
    from_an_old_screen: StaleRecordError,
    over_one_that_is_there: StaleRecordError,
    with_the_code_of_another: CodeTakenError,
    with_a_number_that_cannot_be_right: IdentifierImpossibleError,
    with_a_number_that_does_not_fit: IdentifierImpossibleError,
    without_a_name: NameMissingError,
    with_an_endless_code: NameMissingError,
    as_nobody_to_us: RoleMissingError,
    with_a_limit_below_zero: CreditImpossibleError,
    with_a_limit_that_is_no_number: CreditImpossibleError,
    on_unknown_terms: ChoiceUnknownError,
    on_an_unknown_price_list: ChoiceUnknownError,
    in_an_unknown_language: ChoiceUnknownError,
    in_an_unknown_region: RegionUnknownError,
    with_two_main_addresses: TwoMainAddressesError,
    with_a_nameless_contact: ContactNamelessError,
    as_a_cashier: NotAllowedError,
    # Last: it closes the party.
    after_it_was_merged: MergedError,
}


def test_what_cannot_be_kept_is_refused(ask: Ask, party: MakeParty) -> None:
    made = party(ATLAS)

    for saving, refusal in REFUSALS.items():
        with pytest.raises(refusal):
            saving(ask, made)


INTRUSIONS = [
    "update parties.parties set credit_limit = 1000000",
    "update parties.parties set name = 'x'",
    "update parties.addresses set street = 'x'",
    "insert into parties.contacts values (gen_random_uuid(), gen_random_uuid(), 'x')",
    "delete from parties.tax_numbers",
    "insert into parties.terms values ('NEVER', 'x', '', 365)",
    "update parties.regions set name = 'x'",
    "lock table parties.parties in share mode",
    "select parties.write_party(p, p) from parties.parties p",
    "select parties.load_pack('{}')",
    "select parties.merge_parties_v1(gen_random_uuid(), gen_random_uuid())",
    "select parties.import_parties_v1('[]')",
    "select parties.save_party_v1(to_jsonb(p) || '{\"credit_limit\": 9}') from parties.parties p",
]


@pytest.mark.parametrize("statement", INTRUSIONS)
def test_a_cashier_with_psql_changes_no_party_and_no_credit_limit(
    party: MakeParty, house: House, statement: str
) -> None:
    party(ATLAS)

    with house.connect("amina") as connection, connection.transaction():
        connection.execute("set local role parties_app")
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(statement)
        raise psycopg.Rollback

    assert refused.value.sqlstate in {"42501", "ERP01"}


def test_a_buyer_with_psql_takes_no_address_from_another_party(ask: Ask, party: MakeParty) -> None:
    victim = party(ATLAS)
    stolen = {**ATLAS.addresses[0], "street": "Ailleurs"}

    thief = party(draft("C-2", addresses=(stolen,)), as_user="yacine")

    assert ask(get_party, victim).party.addresses == ATLAS.addresses
    assert ask(get_party, thief).party.addresses == ()
