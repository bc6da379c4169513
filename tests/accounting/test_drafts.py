"""Drafts: kept as typed, seen in one's branches, posted or discarded; what a sheet opens with."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.errors import (
    NotAllowedError,
    NotFoundError,
    OtherBranchError,
    StaleRecordError,
    UserError,
)
from modules.accounting import selectors
from modules.accounting.entries import LineDraft, discard_draft, save_draft
from modules.accounting.entry_errors import EntryPostedAlreadyError, JournalReservedError
from tests.accounting.books import MARCH, books_of, draft, pair
from tests.houses import ORAN, YEAR, Ask, House

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


def test_a_draft_is_kept_as_it_was_typed_and_comes_back_with_names(house: House, ask: Ask) -> None:
    house.run("insert into accounting.cost_centres (code, name) values ('ATL', 'Atelier')")
    identity, party = uuid7(), uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    lines = (
        LineDraft("6132", debit=Decimal("5.00"), label="x", cost_centre="ATL", party_id=party),
        LineDraft("", label="to come"),
    )

    assert ask(save_draft, identity, draft(*lines, on=None)) == 1

    [row] = ask(selectors.list_drafts)
    assert (row.id, row.debit, row.credit, row.dated_on) == (identity, Decimal("5.00"), 0, None)
    content = ask(selectors.get_sheet, "draft", identity).content
    known, unknown = content["lines"]
    assert (known["account"]["name"], known["debit"]) == ("Locations immobilières", "5.00")
    assert (known["cost_centre"]["name"], known["party"]["name_ar"]) == ("Atelier", "بن علي")
    assert (unknown["account"], unknown["label"]) == (None, "to come")
    assert house.value("select count(*) from accounting.entries") == 0


def test_a_draft_that_is_posted_is_no_draft_any_more(house: House, ask: Ask) -> None:
    identity = uuid7()
    ask(save_draft, identity, draft())

    with books_of(house) as books:
        assert books.post(id=str(identity)).state == "applied"

    assert ask(selectors.list_drafts) == []
    with pytest.raises(EntryPostedAlreadyError):
        ask(save_draft, identity, draft())
    content = ask(selectors.get_sheet, "entry", identity).content
    assert (content["number"], content["posted_by"]) == (f"OD-ALG-{YEAR}-000001", "salim")


def test_a_draft_is_saved_over_the_version_that_was_seen(ask: Ask) -> None:
    identity = uuid7()
    ask(save_draft, identity, draft())

    assert ask(save_draft, identity, draft(label="other"), version=1) == 2

    for seen in (None, 1, 7):
        with pytest.raises(StaleRecordError):
            ask(save_draft, identity, draft(), version=seen)
    with pytest.raises(StaleRecordError):
        ask(save_draft, uuid7(), draft(), version=3)


def test_a_draft_is_discarded(ask: Ask) -> None:
    identity = uuid7()
    ask(save_draft, identity, draft())

    ask(discard_draft, identity)

    assert ask(selectors.list_drafts) == []
    with pytest.raises(NotFoundError):
        ask(discard_draft, identity)


def in_a_reserved_journal(ctx: Context) -> None:
    save_draft(ctx, uuid7(), draft(journal="VC"))


def in_a_branch_of_nobody(ctx: Context) -> None:
    save_draft(ctx, uuid7(), draft(branch=uuid7()))


def what_is_not_there(ctx: Context) -> None:
    selectors.get_sheet(ctx, "draft", uuid7())


@pytest.mark.parametrize(
    ("deed", "login", "refusal"),
    [
        (in_a_reserved_journal, "salim", JournalReservedError),
        (in_a_branch_of_nobody, "salim", OtherBranchError),
        (what_is_not_there, "salim", NotFoundError),
        (in_a_branch_of_nobody, "nadia", NotAllowedError),
        (what_is_not_there, "amina", NotAllowedError),
    ],
)
def test_what_cannot_be_kept_or_read_is_refused(
    ask: Ask, deed: Callable[[Context], Any], login: str, refusal: type[UserError]
) -> None:
    deed.__module__ = "modules.accounting.entries"
    with pytest.raises(refusal):
        ask(deed, as_user=login)


def test_drafts_of_other_branches_are_not_seen(house: House, ask: Ask) -> None:
    ask(save_draft, uuid7(), draft(branch=ORAN.id))
    with house.connect("nadia") as connection, connection.transaction():
        connection.execute("set local role accounting_app")
        assert connection.execute("select * from accounting.entry_drafts").fetchall() == []


def test_a_sheet_knows_the_journals_and_who_stands_against_whom(house: House, ask: Ask) -> None:
    with books_of(house) as books:
        books.post()
        books.post(draft(*pair("6132", "512", "1.00"), on=MARCH))
        books.post(draft(*pair("6132", "401", "1.00")))
        books.post(draft(*pair("6132", "401", "1.00"), journal="BQ"))

    sheet = ask(selectors.get_sheet)

    assert sheet.currency == "DZD"
    assert {j.code for j in sheet.journals if j.is_open} == {"AN", "BQ", "OD"}
    assert sheet.counterparts["OD"]["6132"]["code"] == "512"
    assert sheet.counterparts["BQ"]["6132"]["code"] == "401"
    assert sheet.content is None


def test_cells_find_what_takes_entries_only(house: House, ask: Ask) -> None:
    house.run("update accounting.accounts set is_active = false where code = '512'")
    found = {row.code for row in ask(selectors.find_accounts, "51")}
    assert "512" not in found
    assert found
    assert [row.code for row in ask(selectors.find_accounts, "106")] != ["106"]
    assert [row.code for row in ask(selectors.find_accounts, "ايجارات")] == ["6132", "6135"]
    house.run("insert into accounting.cost_centres values ('A', 1, 'Atelier', 'ورشة', true)")
    house.run("insert into accounting.cost_centres values ('B', 1, 'Bureau', '', false)")
    assert [row.key for row in ask(selectors.find_cost_centres, "")] == ["A"]
    assert [row.key for row in ask(selectors.find_cost_centres, "ورشة")] == ["A"]
    house.run(f"insert into accounting.party_names values ('{uuid7()}', 'Benali', 'بن علي')")
    assert [row.name for row in ask(selectors.find_partners, "bena")] == ["Benali"]
    assert ask(selectors.find_partners, "nobody") == []


def test_an_entry_shows_what_reversed_it(house: House, ask: Ask) -> None:
    with books_of(house) as books:
        entry = books.post().result["entry_id"]
        mirror = books.reverse(entry).result

    content = ask(selectors.get_sheet, "entry", entry).content
    assert content["reversed_by"] == mirror["number"]
    again = ask(selectors.get_sheet, "entry", mirror["entry_id"]).content
    assert again["reverses"] == content["number"]
