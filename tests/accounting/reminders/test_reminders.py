"""Reminders of Benali's invoices at Algiers, in 2026, by the texts of the pack: 8, 15 and 15 days.

    10 January   sold 1,000.00, due 10 February       1 March   sold 500.00, due 31 March

On 18 February the first is 8 days late: level 1. On 5 March it is 15 days more: level 2, while the
second is not due. On 8 April the second comes to level 1; the first, reminded of on 5 March, to
level 3: one letter of 1,500.00, in the words of level 3.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, UserError
from modules.accounting.reminders import (
    Letter,
    LevelDraft,
    hold_reminders,
    release_reminders,
    save_reminder_level,
    send_reminders,
)
from modules.accounting.selectors import get_letters, list_reminder_proposals, list_reminders
from tests.accounting.books import Books, books_of
from tests.accounting.third_parties.test_third_parties import move
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database

FEBRUARY, MARCH, APRIL = date(YEAR, 2, 18), date(YEAR, 3, 5), date(YEAR, 4, 8)
FORGERIES = {
    "delete from accounting.reminder_lines": "core.append_only",
    "update accounting.reminders set level = 3": "core.append_only",
    "insert into accounting.reminder_lines (reminder_id, entry_id, line_no, branch_id, level,"
    " dated_on, due_on, open)"
    " select reminder_id, entry_id, line_no, branch_id, 3, dated_on, due_on, open"
    " from accounting.reminder_lines": "reminder_lines_skip_no_level",
}


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


@pytest.fixture
def benali(house: House) -> UUID:
    party = uuid7()
    house.run(f"insert into accounting.party_names values ('{party}', 'Benali', 'بن علي')")
    return party


@pytest.fixture
def books(house: House, benali: UUID) -> Iterator[Books]:
    """Salim's books with the two invoices."""
    with books_of(house) as opened:
        move(opened, benali, (1, 10), "1000", due=date(YEAR, 2, 10))
        move(opened, benali, (3, 1), "500", due=date(YEAR, 3, 31))
        yield opened


class Desk:
    """One who reminds: each deed in a transaction of its own."""

    def __init__(self, signed_in: SignIn, login: str, party: UUID) -> None:
        self._desk, self._party = signed_in(login), party

    def do(self, service: Any, *arguments: Any, **named: Any) -> Any:
        """Call a service or a selector."""
        with self._desk.database.begin(self._desk.user, "accounting") as ctx:
            return service(ctx, *arguments, **named)

    def send(self, day: date, branch: UUID = ALGIERS.id, letter: UUID | None = None) -> int:
        """Send his letter; return how many are new."""
        about = Letter(letter or uuid7(), branch, self._party)
        return int(self.do(send_reminders, day, [about]))

    def refusal(self, *arguments: Any, **named: Any) -> str:
        """Send his letter in vain; return why."""
        with pytest.raises(UserError) as refused:
            self.send(*arguments, **named)
        return refused.value.code


def due(ask: Ask, day: date) -> list[tuple[int, int, int, str]]:
    found = ask(list_reminder_proposals, day, branch_id=ALGIERS.id)
    return [(each.level, each.lines, int(each.total), each.hold) for each in found]


def forbidden(house: House, login: str | None, role: str, statement: str) -> str:
    """Try a statement in psql; return why not."""
    connecting = house.connect(login) if login else house.connect()
    with connecting as connection:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(f"set local role {role}")
                connection.execute(statement)
        except psycopg.Error as error:
            return error.diag.constraint_name or error.diag.message_primary or ""
    return "done"


@pytest.fixture
def salim(signed_in: SignIn, benali: UUID) -> Desk:
    return Desk(signed_in, "salim", benali)


@pytest.mark.usefixtures("books")
def test_levels_follow_each_other_and_letters_keep_their_words(ask: Ask, salim: Desk) -> None:
    assert due(ask, FEBRUARY - timedelta(1)) == []
    assert due(ask, FEBRUARY) == [(1, 1, 1000, "")]
    first = uuid7()
    assert [salim.send(FEBRUARY, letter=first) for _ in range(2)] == [1, 0]
    assert salim.refusal(FEBRUARY) == "accounting.reminder_not_due"
    assert due(ask, MARCH - timedelta(1)) == []
    salim.send(MARCH)
    assert due(ask, APRIL) == [(3, 2, 1500, "")]
    last = uuid7()
    salim.send(APRIL, letter=last)
    assert [(level, lines) for level, lines, *_ in due(ask, date(YEAR, 12, 31))] == [(2, 1)]

    new = LevelDraft(
        uuid7(), 3, date(YEAR, 1, 1), 10, Decimal(200), "Titre", "عنوان", "Texte", "نص"
    )
    assert salim.do(save_reminder_level, new) == 1
    (letter,) = ask(get_letters, [last])
    assert (letter.title[0], letter.level, letter.total) == ("Mise en demeure", 3, 1500)
    assert [(line.open, line.level) for line in letter.lines] == [(1000, 3), (500, 1)]
    sent = ask(list_reminders)
    assert [each.level for each in sent] == [3, 2, 1]
    assert [each.level for each in ask(list_reminders, after=sent[1].id)] == [1]


@pytest.mark.usefixtures("books")
def test_disputes_and_promises_are_not_reminded_of(ask: Ask, salim: Desk, benali: UUID) -> None:
    hold = salim.do(hold_reminders, benali, "dispute", "Marchandise cassée")
    assert due(ask, FEBRUARY) == [(1, 1, 1000, "dispute")]
    assert salim.refusal(FEBRUARY) == "accounting.reminder_held"
    salim.do(release_reminders, hold)
    salim.do(hold_reminders, benali, "promise", "Au téléphone", until=FEBRUARY)
    assert salim.refusal(FEBRUARY) == "accounting.reminder_held"
    assert salim.send(FEBRUARY + timedelta(1)) == 1
    with pytest.raises(UserError, match="which day"):
        salim.do(hold_reminders, benali, "promise", "Bientôt")


def test_who_paid_is_not_reminded_and_costs_less(
    house: House, ask: Ask, books: Books, benali: UUID
) -> None:
    exposed = f"select total from accounting.exposure_v1('{benali}')"
    assert house.value(exposed) == 1500
    move(books, benali, (2, 15), "-1000")
    assert due(ask, FEBRUARY) == []
    assert house.value(exposed) == 500


@pytest.mark.usefixtures("books")
def test_nobody_reminds_past_the_rules(
    house: House, ask: Ask, salim: Desk, signed_in: SignIn, benali: UUID
) -> None:
    salim.send(FEBRUARY)
    assert salim.refusal(MARCH, branch=ORAN.id) == "accounting.reminder_not_due"
    with pytest.raises(NotAllowedError):
        Desk(signed_in, "nadia", benali).send(MARCH)
    call = "select accounting.send_reminders_v1('2026-03-05', '[]')"
    assert forbidden(house, "nadia", "accounting_app", call) == "core.not_permitted"
    for statement, reason in FORGERIES.items():
        assert forbidden(house, None, "accounting_owner", statement) == reason, statement
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    assert salim.refusal(MARCH) == "core.other_branch"
    assert ask(list_reminders) == ask(list_reminder_proposals, MARCH) == []
