"""Importing parties: all or none, and nothing that a file does not say is lost."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.core.errors import CancelledError, NotAllowedError, UserError
from erp_desktop.imports.fields import propose_columns
from erp_desktop.imports.reading import read_table
from erp_desktop.imports.rows import ImportOptions
from erp_desktop.imports.writing import CHUNK, ImportReport
from modules.parties.errors import CodeTakenError, IdentifierTakenError, NameMissingError
from modules.parties.imports.dry_run import dry_run, get_party_kind
from modules.parties.selectors import PartyFilter, get_party, known_parties, list_parties
from modules.parties.services import PartyDraft, import_parties
from tests.houses import Ask, House
from tests.parties.conftest import MakeParty
from tests.parties.people import LAWS, address, contact, draft

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("pack")]

NIF, OTHER_NIF = "000216001808337", "416001000000007"


def test_new_parties_get_what_is_usual_and_a_code_where_the_file_has_none(ask: Ask) -> None:
    rows = [
        PartyDraft("C-1", "Atlas", identifiers={"NIF": "000 216 001 808 337"}),
        PartyDraft("", "Sans code"),
        PartyDraft("", "Moulins", is_customer=False, is_supplier=True, addresses=(address(),)),
    ]

    report = ask(import_parties, [row.written_by(LAWS["DZ"]) for row in rows], may_change=False)

    assert report == ImportReport(created=3)
    customers = ask(list_parties, PartyFilter())
    assert [(row.code, row.name) for row in customers] == [
        ("C-1", "Atlas"),
        ("C000001", "Sans code"),
    ]
    first = ask(get_party, customers[0].id).party
    assert (first.country, first.document_language) == ("DZ", "fr")
    assert first.identifiers == {"NIF": NIF}
    assert ask(list_parties, PartyFilter(kind="supplier"))[0].city == "Alger"


def test_a_second_import_changes_what_it_says_and_leaves_the_rest(
    ask: Ask, party: MakeParty
) -> None:
    delivery = address(kind="delivery", city="Oran", region="31")
    made = party(
        draft(
            "C-1",
            "Atlas",
            name_ar="أطلس",
            phone="0550123456",
            document_language="ar",
            credit_limit=Decimal(500),
            identifiers={"NIF": NIF},
            metadata={"Secteur": "gros"},
            addresses=(address(), delivery),
            contacts=(contact("Lina"),),
        )
    )
    moved = address(street="1 rue Ben M'hidi", city="Blida")
    changed = PartyDraft(
        "C-1",
        "Atlas Négoce",
        is_customer=False,
        is_supplier=True,
        identifiers={"RC": "16/00-0123456B22"},
        metadata={"Depuis": "2019"},
        addresses=(moved,),
    )

    report = ask(import_parties, [changed], may_change=True)

    now = ask(get_party, made).party
    assert report == ImportReport(changed=1)
    assert (now.name, now.name_ar, now.phone) == ("Atlas Négoce", "أطلس", "0550123456")
    assert (now.is_customer, now.is_supplier, now.document_language) == (True, True, "ar")
    assert now.identifiers == {"NIF": NIF, "RC": "16/00-0123456B22"}
    assert now.metadata == {"Secteur": "gros", "Depuis": "2019"}
    assert (now.credit_limit, len(now.contacts)) == (500, 1)
    assert now.addresses == (moved, delivery)


def test_an_import_says_what_it_would_meet_again(ask: Ask, party: MakeParty) -> None:
    party(draft("C-1", identifiers={"NIF": NIF}))

    known = ask(known_parties, ["C-1", "C-2"], ["000 216 001 808 337", OTHER_NIF])

    assert known == (frozenset({"C-1"}), {NIF: "C-1"})


def test_a_file_is_checked_and_imported_and_then_known(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(
        f"code;raison sociale;nif;wilaya;plafond\nC-1;Atlas;{NIF};Alger;5000\n;Sans code;;;\n",
        encoding="utf-8",
    )
    kind, table = ask(get_party_kind), read_table(path)
    options = ImportOptions(propose_columns(table, kind.fields), kind.usual())

    plan = ask(dry_run, table, options, kind)
    report = ask(import_parties, plan.drafts, may_change=False)
    again = ask(dry_run, table, options, kind)

    assert (plan.problems, report) == ((), ImportReport(created=2))
    first, second = ask(list_parties, PartyFilter())
    assert (first.code, first.region, first.credit_limit) == ("C-1", "16", Decimal(5000))
    assert (second.code, second.name) == ("C000001", "Sans code")
    assert [problem.code for problem in again.problems] == ["code_taken"]


def test_who_may_not_set_credit_limits_imports_none(ask: Ask) -> None:
    manager, buyer = (ask(get_party_kind, as_user=login) for login in ("nadia", "yacine"))

    assert {field.id for field in manager.fields} - {field.id for field in buyer.fields} == {
        "credit_limit"
    }


def twice_the_same_code(ask: Ask) -> None:
    ask(import_parties, [draft("C-9"), draft("C-1")], may_change=False)


def an_identifier_of_another(ask: Ask) -> None:
    ask(import_parties, [draft("C-9", identifiers={"NIF": NIF})], may_change=True)


def one_identifier_twice(ask: Ask) -> None:
    twins = [draft(code, identifiers={"NIF": OTHER_NIF}) for code in ("C-8", "C-9")]
    ask(import_parties, twins, may_change=True)


def somebody_without_a_name(ask: Ask) -> None:
    ask(import_parties, [draft("C-9"), PartyDraft("C-10", " ")], may_change=True)


def a_credit_limit_as_a_buyer(ask: Ask) -> None:
    rows = [draft("C-9", credit_limit=Decimal(5))]
    ask(import_parties, rows, may_change=True, as_user="yacine")


def as_a_cashier(ask: Ask) -> None:
    ask(import_parties, [draft("C-9")], may_change=True, as_user="amina")


def cancelled_in_the_middle(ask: Ask) -> None:
    def progress(done: int, _total: int, _doing: str) -> None:
        if done:
            raise CancelledError

    rows = [draft(f"N-{number}") for number in range(CHUNK + 1)]
    ask(import_parties, rows, may_change=True, progress=progress)


REFUSALS: dict[Any, type[UserError]] = {
    twice_the_same_code: CodeTakenError,
    an_identifier_of_another: IdentifierTakenError,
    one_identifier_twice: IdentifierTakenError,
    somebody_without_a_name: NameMissingError,
    a_credit_limit_as_a_buyer: NotAllowedError,
    as_a_cashier: NotAllowedError,
    cancelled_in_the_middle: CancelledError,
}


def test_what_is_refused_leaves_nothing_behind(ask: Ask, party: MakeParty, house: House) -> None:
    party(draft("C-1", identifiers={"NIF": NIF}))

    for importing, refusal in REFUSALS.items():
        with pytest.raises(refusal):
            importing(ask)

    assert house.value("select count(*) from parties.parties") == 1


def test_a_buyer_imports_parties_without_credit(ask: Ask) -> None:
    assert ask(import_parties, [draft("C-9")], may_change=True, as_user="yacine").created == 1
