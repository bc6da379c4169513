"""Statements of BADR in March, reconciled with account 512: see `bankbook` for the figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError, UserError
from modules.accounting.bank import BankAccountDraft, save_bank_account
from modules.accounting.bank_errors import (
    StatementDayError,
    StatementGapError,
    StatementOtherAccountError,
    StatementOtherBankError,
    StatementTooEarlyError,
    StatementUnbalancedError,
)
from modules.accounting.bank_files import Statement, read_bank_file
from modules.accounting.reconciling import (
    MovementPart,
    Taken,
    accept_proposals,
    book_movements,
    import_statements,
    reconcile,
    undo_reconciliation,
)
from modules.accounting.selectors.reconciling import (
    BankDesk,
    BankState,
    get_bank_desk,
    get_bank_state,
    list_bank_proposals,
    list_reconciliations,
)
from tests.accounting.bank.bankbook import BANK, END, MARCH, bankbook, line
from tests.accounting.bank.test_ofx import XML
from tests.accounting.books import Books, code_of
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def books(house: House, ask: Ask) -> Iterator[Books]:
    """Salim's books."""
    with bankbook(house, ask) as opened:
        yield opened


def sides(found: BankDesk | BankState) -> tuple[list[str], list[str]]:
    """Return the amounts that each side has alone."""
    return [f"{r.amount:.2f}" for r in found.bank], [f"{r.amount:.2f}" for r in found.books]


def take(ask: Ask, *statements: Statement) -> Taken:
    """Import statements as one file."""
    taken: Taken = ask(import_statements, BANK, statements, source="file", file_name="mars.txt")
    return taken


def test_a_file_is_taken_once_and_must_go_on_where_the_last_ended(ask: Ask, books: Books) -> None:
    del books
    assert take(ask, MARCH) == Taken(3, 0)
    assert take(ask, MARCH) == Taken(0, 3)
    twins = replace(
        MARCH, opened_on=END, opening=Decimal("1184.50"), closed_on=date(YEAR, 4, 2),
        closing=Decimal("1164.50"),
        lines=(line((4, 1), "-10.00", "GAB"), line((4, 1), "-10.00", "GAB")),
    )  # fmt: skip
    assert take(ask, twins) == Taken(2, 0)
    assert take(ask, MARCH, twins) == Taken(0, 5)
    refused: dict[type[UserError], Statement] = {
        StatementUnbalancedError: replace(MARCH, closing=Decimal("1184.51")),
        StatementOtherAccountError: replace(MARCH, account="1"),
        StatementDayError: replace(MARCH, closed_on=date(YEAR, 3, 30)),
        StatementTooEarlyError: replace(
            MARCH, opened_on=date(YEAR, 1, 1), closed_on=date(YEAR, 1, 31), lines=(),
            closing=MARCH.opening,
        ),
        StatementGapError: replace(
            twins, opened_on=date(YEAR, 4, 30), closed_on=date(YEAR, 5, 2), opening=Decimal(900),
            closing=Decimal(901), lines=(line((5, 1), "1.00", "X"),),
        ),
    }  # fmt: skip
    for error, statement in refused.items():
        with pytest.raises(error):
            take(ask, twins, statement)
    assert len(ask(get_bank_desk, "BADR").bank) == 6


def test_a_file_of_another_rib_or_iban_is_refused_at_once(ask: Ask, books: Books) -> None:
    del books
    kept = BankAccountDraft(
        BANK, "BADR", "BADR", "512", "OD", ALGIERS.id, "DZD", rib=MARCH.account,
        iban="TN5910006035183598478831",
    )  # fmt: skip
    ask(save_bank_account, kept, version=1)
    for other in ("003 00060 0000147202 42", "TN5910006035183598478832"):
        with pytest.raises(StatementOtherBankError):
            take(ask, replace(MARCH, account=other))
    assert take(ask, MARCH) == Taken(3, 0)


def test_an_ofx_file_is_taken_once_by_its_fitids(ask: Ask, books: Books, tmp_path: Path) -> None:
    del books
    path = tmp_path / "mars.ofx"
    path.write_text(XML, encoding="utf-8")
    (march,), _wrong = read_bank_file(path)
    # 1,500.00 at the end, 500.00 of them received in March: 1,000.00 at its beginning.
    assert take(ask, march) == Taken(1, 0)
    assert take(ask, march) == Taken(0, 1)
    desk = ask(get_bank_desk, "BADR")
    assert [(row.amount, row.number) for row in desk.bank] == [
        (Decimal(1000), ""),
        (Decimal(500), "A9"),
    ]
    assert desk.head.statement == Decimal(1500)


def test_reconciled_to_the_last_line_both_balances_agree(ask: Ask, books: Books) -> None:
    take(ask, MARCH)
    desk = ask(get_bank_desk, "BADR")
    assert (desk.head.ledger, desk.head.statement) == (Decimal(1080), Decimal("1184.50"))
    proposals = [(each.reason, each.amount) for each in ask(list_bank_proposals, "BADR")]
    assert proposals == [("reference", Decimal(-300)), ("date", Decimal(500))]
    state = ask(get_bank_state, "BADR", date(YEAR, 3, 15))
    assert (state.head.ledger, state.head.statement) == (Decimal(700), Decimal(700))

    assert books.send(*accept_proposals(BANK, [desk.bank[1].movement_id])).result == {"made": 1}
    assert books.send(*accept_proposals(BANK)).result == {"made": 1}
    opening, apport = desk.bank[0], desk.books[0]
    assert opening.is_opening
    by_hand = reconcile(BANK, [opening.movement_id], [(apport.entry_id, apport.line_no)])
    assert books.send(*by_hand).state == "applied"
    assert code_of(books.send(*by_hand)) == "accounting.bank_reconciled_already"

    desk = ask(get_bank_desk, "BADR")
    assert sides(desk) == (["-15.50"], ["-120.00"])
    state = ask(get_bank_state, "BADR", END)
    assert state.corrected_ledger == state.corrected_statement == Decimal("1064.50")
    # On 15 March cheque F-77 is paid; on 11 March the bank had not paid it: 700 = 1,000 - 300.
    state = ask(get_bank_state, "BADR", date(YEAR, 3, 11))
    assert sides(state) == ([], ["-300.00"])
    assert state.corrected_ledger == state.corrected_statement == Decimal(700)

    fees = book_movements(
        BANK, [desk.bank[0].movement_id], MovementPart("627"), on=END, label="Frais de tenue"
    )
    booked = books.send(*fees)
    assert [row[1:] for row in books.lines(booked.result["entry_id"])] == [
        (Decimal(0), Decimal("15.50")),
        (Decimal("15.50"), Decimal(0)),
    ]
    state = ask(get_bank_state, "BADR", END)
    assert sides(state) == ([], ["-120.00"])
    assert state.head.ledger == state.corrected_statement == Decimal("1064.50")
    assert code_of(books.send(*fees)) == "accounting.bank_reconciled_already"


def test_sums_must_be_equal_and_what_is_undone_is_open_again(ask: Ask, books: Books) -> None:
    take(ask, MARCH)
    desk = ask(get_bank_desk, "BADR")
    lines = [(row.entry_id, row.line_no) for row in desk.books]
    movements = [row.movement_id for row in desk.bank]
    # 1,000 - 300 + 500 on both sides: three movements, three lines.
    assert code_of(books.send(*reconcile(BANK, movements[:3], lines[:2]))) == (
        "accounting.bank_sums_differ"
    )
    assert code_of(books.send(*reconcile(BANK, [uuid7()], lines[:1]))) == "accounting.bank_mixed"
    assert books.send(*reconcile(BANK, movements[:3], lines[:3])).state == "applied"
    (kept,) = ask(list_reconciliations, "BADR")
    assert (kept.reason, kept.movements, kept.lines, kept.made_by) == ("hand", 3, 3, "salim")
    undo = undo_reconciliation(kept.id)
    assert books.send(*undo).state == "applied"
    assert code_of(books.send(*undo)) == "accounting.bank_undone_already"
    assert sides(ask(get_bank_desk, "BADR")) == sides(desk)
    (kept,) = ask(list_reconciliations, "BADR")
    assert kept.undone_by == "salim"
    assert books.send(*reconcile(BANK, movements[:3], lines[:3])).state == "applied"


def forged(house: House, statement: str) -> str:
    """Try a statement as the superuser, whom no policy keeps out; return why not."""
    with house.connect() as connection:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(statement)
        except psycopg.Error as error:
            return error.diag.constraint_name or error.diag.message_primary or ""
    return "done"


def test_nobody_reconciles_past_the_rules(
    house: House, ask: Ask, books: Books, signed_in: SignIn
) -> None:
    take(ask, MARCH)
    assert books.send(*accept_proposals(BANK)).result == {"made": 2}
    copied = (
        "with r as (insert into accounting.bank_reconciliations (id, bank_account_id, branch_id,"
        " reason, made_by) select gen_random_uuid(), bank_account_id, branch_id, 'hand', 'x' from"
        " accounting.bank_reconciliations limit 1 returning id, branch_id)"
        " insert into accounting.bank_reconciled (reconciliation_id, part_no, branch_id,"
    )
    attempts = {
        f"{copied} entry_id, line_no) select r.id, 1, r.branch_id, p.entry_id, p.line_no"
        " from r, accounting.bank_reconciled p where p.entry_id is not null limit 1": (
            "bank_reconciled_lines_once"
        ),
        f"{copied} movement_id) select r.id, row_number() over (), r.branch_id, m.id from r,"
        " accounting.bank_movements m where m.is_opening": "accounting.bank_mixed",
        "update accounting.bank_reconciled set stands = false": "core.append_only",
        "delete from accounting.bank_reconciliations": "core.append_only",
        "update accounting.bank_movements set amount = 1": "core.append_only",
        "truncate accounting.bank_reconciled": "core.append_only",
    }
    for statement, reason in attempts.items():
        assert forged(house, statement) == reason, statement
    nadia: Any = signed_in("nadia")
    with pytest.raises(NotAllowedError), nadia.database.begin(nadia.user, "accounting") as ctx:
        import_statements(ctx, BANK, [MARCH], source="file")
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    assert code_of(books.send(*accept_proposals(BANK))) == "core.not_found"
    with pytest.raises(NotFoundError):
        ask(get_bank_desk, "BADR")
    with pytest.raises(UserError):
        ask(get_bank_state, "BADR", END)
