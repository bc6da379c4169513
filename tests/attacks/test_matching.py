"""Matches: not written, changed or erased by hand, not across branches, not twice at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.accounting.books import code_of
from tests.accounting.matching.matchbook import BENALI, ZAHRA, MatchBook, matchbook, true_to_lines
from tests.attacks.intruder import attempt, look
from tests.houses import ORAN, House

pytestmark = pytest.mark.database

# What the owner of the table may not do either, and why.
FORGERIES = {
    "delete from accounting.matches": "core.append_only",
    "truncate accounting.matches": "core.append_only",
    "update accounting.matches set amount = amount / 2": "core.append_only",
    "update accounting.matches set undone_at = now(), amount = 1": "core.append_only",
    "update accounting.matches set undone_at = null, undone_by = null": "core.append_only",
}
COPY = """
    insert into accounting.matches (id, run_id, branch_id, credit_branch_id, account_id, party_id,
        debit_entry, debit_line, credit_entry, credit_line, amount, reason, matched_on, matched_by)
    select gen_random_uuid(), m.run_id, m.branch_id, m.credit_branch_id, {account}, {party},
           m.debit_entry, {line}, m.credit_entry, m.credit_line, {amount}, 'hand', m.matched_on, 'x'
      from accounting.matches m
"""
TRUE = {"account": "m.account_id", "party": "m.party_id", "line": "m.debit_line", "amount": "1"}


@pytest.fixture
def owner(house: House) -> Iterator[None]:
    """Salim is given the role that owns the tables; roles are the server's, so it is taken back."""
    house.run("grant accounting_owner to salim")
    yield
    house.run("revoke accounting_owner from salim")


@pytest.fixture
def book(house: House) -> Iterator[MatchBook]:
    """Salim's books; he sees Algiers and Oran."""
    with matchbook(house) as opened:
        yield opened


def refusal(house: House, statement: str) -> str:
    """Try a statement as the owner of the tables, who sees all branches; return why not."""
    with house.connect("salim") as connection:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute("set local role accounting_owner")
                connection.execute(statement)
        except psycopg.Error as error:
            return error.diag.constraint_name or error.diag.message_primary or ""
    return "done"


@pytest.mark.usefixtures("owner")
def test_not_even_the_owner_forges_a_match(house: House, book: MatchBook) -> None:
    book.match(book.debt("100.00"), book.paid("40.00"))

    found = {statement: refusal(house, statement) for statement in FORGERIES}

    assert found == FORGERIES
    lies = {
        "beyond": {"amount": "0.01"},
        "account": {"account": "(select id from accounting.accounts where code = '401')"},
        "party": {"party": f"'{ZAHRA}'"},
        "nobody": {"party": "null"},
        "side": {"line": "2"},
        "nothing": {"amount": "0"},
    }
    assert {name: refusal(house, COPY.format(**TRUE | lie)) for name, lie in lies.items()} == {
        "beyond": "matched_lines_never_beyond_what_is_open",
        "account": "accounting.match_mixed",
        "party": "accounting.match_mixed",
        "nobody": "accounting.match_mixed",
        "side": "accounting.match_mixed",
        "nothing": "matches_settle_something",
    }
    true_to_lines(house)


def test_who_may_not_match_does_not(house: House, book: MatchBook) -> None:
    debt, payment = book.debt("100.00"), book.paid("100.00")

    for login in ("nadia", "amina"):
        with matchbook(house, login) as other:
            assert code_of(other.match(debt, payment)) == "core.not_permitted"
            ways = {"ways": ["oldest"]}
            answer = other.books.send("accounting.match_all_v1", ways)
            assert code_of(answer) == "core.not_permitted"
            role = "accounting_app" if login == "nadia" else "none"
            tolerance = "select accounting.set_tolerance_v1(5, 1)"
            assert attempt(other.connection, role, tolerance) in {"ERP01", "42501"}
    house.run("delete from core.role_permissions where permission = 'accounting.ledger.write_off'")
    house.run("update accounting.matching_settings set tolerance = 5")
    small = book.paid("99.00")
    assert code_of(book.match(debt, small, write_off=True)) == "core.not_permitted"


def test_lines_of_another_branch_are_neither_seen_nor_matched(
    house: House, book: MatchBook
) -> None:
    mine, theirs = book.debt("100.00"), book.paid("60.00", branch=ORAN.id)
    far = book.debt("5.00", branch=ORAN.id, party=ZAHRA)
    book.match(mine, theirs)
    book.match(far, book.paid("5.00", branch=ORAN.id, party=ZAHRA))
    house.run("update core.users set sees_all_branches = false where login = 'salim'")
    assert book.letters(mine, theirs) == "a a"

    with house.connect("salim") as connection:
        seen = "select count(*) from accounting.{}"
        rows = {
            name: look(connection, "accounting_app", seen.format(name))[0]
            for name in ("matches", "matched_lines", "open_lines", "matching_list")
        }
    assert rows == {
        "matches": "(1,)",
        "matched_lines": "(1,)",
        "open_lines": "(1,)",
        "matching_list": "(1,)",
    }
    assert code_of(book.match(mine, book.paid("1.00"), theirs)) == "accounting.match_line_unknown"
    assert code_of(book.unmatch(mine)) == "core.other_branch"
    assert code_of(book.unmatch(far)) == "accounting.match_undone_already"
    true_to_lines(house)


def test_two_who_match_the_same_line_at_once_match_it_once(house: House, book: MatchBook) -> None:
    debt = book.debt("100.00")
    payments = [book.paid("100.00") for _each in range(4)]

    def match(number: int) -> str:
        with matchbook(house) as other:
            return code_of(other.match(debt, payments[number]))

    with ThreadPoolExecutor(4) as threads:
        found = sorted(threads.map(match, range(4)))

    assert found == ["", *["accounting.match_too_much"] * 3]
    assert book.open(debt) == ["0"]
    assert (
        house.value(f"select count(*) from accounting.open_lines where party_id = '{BENALI}'") == 3
    )
    true_to_lines(house)
