"""Entries by hand: what is booked, what is refused and why, and reversal as the only correction."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from erp_desktop.core.commands import Answer, Command, uuid7
from modules.accounting.entries import POST_ENTRY, EntryDraft, LineDraft
from modules.accounting.entry_errors import EntryUnbalancedByHandError
from tests.accounting.books import (
    MARCH,
    RENT,
    Books,
    books_of,
    code_of,
    details_of,
    draft,
    invariants,
    new_id,
    pair,
)
from tests.houses import ALGIERS, ORAN, YEAR, House, Till

pytestmark = pytest.mark.database


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books."""
    with books_of(house) as opened:
        yield opened


def test_an_entry_is_numbered_dated_and_kept_with_its_author(books: Books) -> None:
    entry = new_id()

    answer = books.post(id=entry)

    assert answer.state == "applied"
    number = f"OD-ALG-{YEAR}-000001"
    assert answer.result == {"entry_id": entry, "number": number, "dated_on": MARCH.isoformat()}
    assert books.lines(entry) == [("6132", 50000, 0), ("512", 0, 50000)]
    assert books.house.value("select posted_by from accounting.entries") == "salim"
    invariants(books.house)


def test_a_line_keeps_what_was_agreed_in_another_currency(books: Books) -> None:
    debit, credit = pair("6132", "512", "14609.92")
    debit = replace(debit, currency="EUR", rate=Decimal("145.3"), amount=Decimal("100.55"))

    answer = books.post(draft(debit, credit))

    assert answer.state == "applied", answer
    query = "select {} from accounting.entry_lines where currency = 'EUR'"
    assert books.house.value(query.format("rate")) == Decimal("145.3")
    assert books.house.value(query.format("amount")) == Decimal("100.55")
    assert books.house.value(query.format("debit")) == Decimal("14609.92")


def test_branch_and_cost_centre_are_on_the_line(books: Books) -> None:
    books.house.run("insert into accounting.cost_centres (code, name) values ('ATL', 'Atelier')")
    lines = pair(*RENT)

    books.post(draft(replace(lines[0], cost_centre="ATL"), lines[1], branch=ORAN.id))

    query = "select count(*) from accounting.entry_lines where cost_centre = 'ATL'"
    assert books.house.value(f"{query} and branch_id = '{ORAN.id}'") == 1


def test_what_a_partner_owes_follows_an_entry_and_its_reversal(books: Books) -> None:
    party = uuid7()
    books.house.run(f"insert into accounting.party_names values ('{party}', 'Benali')")
    owed = "select balance from accounting.party_balances where role = 'receivable'"
    claim, income = pair("411", "700", "119.00", party_id=party)

    posted = books.post(draft(claim, income))
    assert books.house.value(owed) == 119
    books.reverse(posted.result["entry_id"])

    assert books.house.value(owed) == 0


ODD = Decimal("0.001")


def line(account: str = "6132", **more: object) -> LineDraft:
    return LineDraft(account, **{"debit": Decimal(5), **more})  # type: ignore[arg-type]


OTHER = LineDraft("512", credit=Decimal(5))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((line(debit=Decimal("4.99")), OTHER), "accounting.entry_unbalanced"),
        ((line(),), "accounting.entry_empty"),
        ((line("999999"), OTHER), "accounting.account_unknown"),
        ((line("607"), OTHER), "accounting.account_inactive"),
        ((line("106"), OTHER), "accounting.account_is_group"),
        ((line(debit=None), OTHER), "accounting.line_amount"),
        ((line(debit=Decimal(0)), OTHER), "accounting.line_amount"),
        ((line(debit=Decimal(-5)), OTHER), "accounting.line_amount"),
        ((line(credit=Decimal(5)), OTHER), "accounting.line_amount"),
        ((line(debit=ODD), replace(OTHER, credit=ODD)), "accounting.line_amount"),
        ((line(debit=Decimal("NaN")), OTHER), "accounting.line_amount"),
        ((line(debit=Decimal("Infinity")), OTHER), "accounting.line_amount"),
        ((line(currency="EUR", rate=Decimal(2), amount=Decimal(2)), OTHER), "accounting.line_rate"),
        ((line(currency="EUR", rate=Decimal("NaN")), OTHER), "accounting.line_rate"),
        ((line(currency="euro"), OTHER), "accounting.line_rate"),
        ((line(rate=Decimal(2), amount=Decimal("2.5")), OTHER), "accounting.line_rate"),
        ((line(cost_centre="NONE"), OTHER), "accounting.cost_centre_unknown"),
        ((line(party_id=uuid7()), OTHER), "accounting.party_unknown"),
    ],
)
def test_lines_that_cannot_be_booked_are_refused(
    books: Books, lines: tuple[LineDraft, ...], code: str
) -> None:
    books.house.run("update accounting.accounts set is_active = false where code = '607'")

    assert code_of(books.post(draft(*lines))) == code
    assert books.house.value("select count(*) from accounting.series") == 0


def test_a_refusal_says_what_is_missing(books: Books) -> None:
    answer = books.post(draft(line(debit=Decimal("4.99")), OTHER))

    sums = {"debit": "4.99", "credit": "5", "difference": "0.01"}
    assert details_of(answer) == sums
    with pytest.raises(EntryUnbalancedByHandError, match=r"0\.01 is missing"):
        answer.raise_if_refused()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"journal": "VC"}, "accounting.journal_reserved"),
        ({"journal": "ST"}, "accounting.journal_reserved"),
        ({"journal": "CL"}, "accounting.journal_reserved"),
        ({"journal": "NO"}, "accounting.journal_unknown"),
        ({"on": date(YEAR, 1, 31)}, "accounting.period_closed"),
        ({"on": date(YEAR + 9, 1, 31)}, "accounting.period_closed"),
        ({"on": None}, "accounting.day_missing"),
        ({"label": "  "}, "accounting.label_missing"),
        ({"branch_id": uuid7()}, "core.other_branch"),
    ],
)
def test_where_it_cannot_be_booked_is_refused(
    books: Books, change: dict[str, object], code: str
) -> None:
    books.close(1)

    assert code_of(books.post(replace(draft(), **change))) == code  # type: ignore[arg-type]
    assert books.house.value("select count(*) from accounting.entries") == 0


def test_another_branch_and_a_missing_right_are_refused(house: House) -> None:
    house.run("insert into core.role_permissions values ('cashier', 'accounting.entry.post')")
    with books_of(house, "amina") as books:
        assert code_of(books.post(draft(branch=ORAN.id))) == "core.other_branch"
        assert code_of(books.post(draft(branch=ALGIERS.id))) == ""
    with books_of(house, "karim") as books:
        assert code_of(books.post()) == "core.not_permitted"


def test_a_draft_is_posted_once(books: Books) -> None:
    entry = new_id()
    books.post(id=entry)

    again = books.post(id=entry)

    assert code_of(again) == "accounting.entry_posted_already"
    assert details_of(again) == {"number": f"OD-ALG-{YEAR}-000001"}


def test_a_reversal_mirrors_its_entry_and_says_which(books: Books) -> None:
    posted = books.post().result["entry_id"]

    answer = books.reverse(posted, on=date(YEAR, 4, 1))

    assert answer.result["number"] == f"OD-ALG-{YEAR}-000002"
    assert (answer.result["dated_on"], answer.result["is_moved"]) == (f"{YEAR}-04-01", False)
    assert books.lines(answer.result["entry_id"]) == [("6132", 0, 50000), ("512", 50000, 0)]
    document = "select document ->> 'number' from accounting.entries where reverses_id is not null"
    assert books.house.value(document) == f"OD-ALG-{YEAR}-000001"
    invariants(books.house)


def test_an_entry_of_a_closed_period_is_reversed_in_the_first_open_one(books: Books) -> None:
    posted = books.post().result["entry_id"]
    books.close(3, 4)

    answer = books.reverse(posted)

    assert (answer.result["dated_on"], answer.result["is_moved"]) == (f"{YEAR}-05-01", True)


def test_a_reversal_without_a_day_stands_on_its_entrys_day_while_it_is_open(books: Books) -> None:
    answer = books.reverse(books.post().result["entry_id"])

    assert (answer.result["dated_on"], answer.result["is_moved"]) == (MARCH.isoformat(), False)


def test_what_cannot_be_reversed_is_refused(books: Books) -> None:
    posted = books.post().result["entry_id"]
    books.close(4)

    assert code_of(books.reverse(posted, on=date(YEAR, 4, 2))) == "accounting.period_closed"
    assert code_of(books.reverse(posted, on=date(YEAR, 3, 9))) == "accounting.reversal_too_early"
    assert code_of(books.reverse(uuid7())) == "core.not_found"
    assert code_of(books.reverse(posted)) == ""
    assert code_of(books.reverse(posted)) == "accounting.entry_reversed_already"
    books.house.run("update accounting.journals set is_manual = false")
    assert code_of(books.reverse(posted)) == "accounting.journal_reserved"


def test_a_reversal_may_be_reversed(books: Books) -> None:
    posted = books.post().result["entry_id"]
    mirror = books.reverse(posted).result["entry_id"]

    again = books.reverse(mirror)

    assert books.lines(again.result["entry_id"]) == books.lines(posted)
    invariants(books.house)


def test_two_who_reverse_one_entry_at_once_make_one_reversal(house: House) -> None:
    with books_of(house) as first:
        posted = first.post().result["entry_id"]

        def reverse(_number: int) -> str:
            with books_of(house) as books:
                return code_of(books.reverse(posted))

        with ThreadPoolExecutor(4) as pool:
            codes = sorted(pool.map(reverse, range(4)))

    assert codes == ["", *["accounting.entry_reversed_already"] * 3]
    invariants(house)


def test_at_a_workstation_an_accountant_posts_in_its_branch_only(house: House, till: Till) -> None:
    def ask(entry: EntryDraft, actor: str) -> Answer:
        command = Command(POST_ENTRY, entry.as_json(), actor, datetime.now(UTC))
        return till.send(till.seal(command))[0]

    assert ask(draft(), "salim").state == "applied"
    assert code_of(ask(draft(branch=ORAN.id), "salim")) == "core.other_branch"
    assert code_of(ask(draft(), "amina")) == "core.not_permitted"
    house.run("insert into accounting.role_locks values ('accountant', 1, '2199-01-01')")
    assert code_of(ask(draft(), "salim")) == "accounting.period_locked"
