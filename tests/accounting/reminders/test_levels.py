"""The levels of reminders at the accountant's desk: corrected, followed from a day on, audited."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, StaleRecordError
from modules.accounting.reminder_errors import ReminderLevelImpossibleError
from modules.accounting.reminders import LevelDraft, save_reminder_level
from modules.accounting.selectors.reminder_levels import ReminderLevelRow, list_reminder_levels
from modules.accounting.widgets.reminders.level_form import ReminderLevelPage
from modules.accounting.widgets.reminders.level_list import ReminderLevelsPage
from tests.houses import Ask, House, SignIn
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database

TEXTS = ("Titre", "عنوان", "Texte", "نص")


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


def level(number: int, day: date, days: int = 10, identity: UUID | None = None) -> LevelDraft:
    return LevelDraft(identity or uuid7(), number, day, days, Decimal(200), *TEXTS)


def told(rows: list[ReminderLevelRow]) -> list[tuple[int, str, int]]:
    return [(row.level, row.state, row.days) for row in rows]


def test_each_level_says_what_it_says_since_its_latest_day(ask: Ask) -> None:
    """The pack's texts hold since 2000: 8, 15 and 15 days."""
    today = wall_clock.today()
    assert told(ask(list_reminder_levels)) == [(1, "now", 8), (2, "now", 15), (3, "now", 15)]

    ask(save_reminder_level, level(1, today))
    ask(save_reminder_level, level(3, today + timedelta(1), days=30))

    assert told(ask(list_reminder_levels)) == [
        (1, "now", 10),
        (1, "over", 8),
        (2, "now", 15),
        (3, "later", 30),
        (3, "now", 15),
    ]


def test_the_same_text_sent_twice_is_there_once(ask: Ask, house: House) -> None:
    draft = level(1, date(2026, 5, 1))
    other = level(2, date(2026, 6, 1), identity=draft.id)

    assert [ask(save_reminder_level, draft) for _ in range(2)] == [1, 1]
    with pytest.raises(StaleRecordError):
        ask(save_reminder_level, other)
    with pytest.raises(ReminderLevelImpossibleError):
        ask(save_reminder_level, level(1, date(2026, 5, 1)))
    with pytest.raises(ReminderLevelImpossibleError):
        ask(save_reminder_level, level(1, date(2026, 7, 1), days=400))
    query = "select count(*) from accounting.reminder_levels where title = 'Titre'"
    assert house.value(query) == 1


def test_who_may_not_edit_levels_does_not(signed_in: SignIn) -> None:
    nadia, amina = signed_in("nadia"), signed_in("amina")
    with nadia.database.begin(nadia.user, "accounting") as ctx:
        assert len(list_reminder_levels(ctx)) == 3
    with pytest.raises(NotAllowedError), nadia.database.begin(nadia.user, "accounting") as ctx:
        save_reminder_level(ctx, level(1, date(2026, 5, 1)))
    with pytest.raises(NotAllowedError), amina.database.begin(amina.user, "accounting") as ctx:
        list_reminder_levels(ctx)


def test_a_level_is_corrected_and_followed_at_the_desk(salim: Desk, house: House) -> None:
    levels = salim.open(ReminderLevelsPage)
    salim.until(lambda: levels.model.rowCount() == 3)
    levels.on_open(levels.model.rows[0])
    ((form, wanted),) = salim.opened
    assert form == "accounting.reminder_level"

    page = salim.open(ReminderLevelPage, wanted)
    salim.until(lambda: page.row is not None)
    assert page.form.fields["title"].read() == "Rappel amical"
    assert not page.form.fields["valid_from"].editor.isEnabled()
    change(page, days=Decimal(12), fee=Decimal("250.005"))
    before = len(salim.backend.asked)
    page.save_now()
    salim.until(lambda: page.row.version == 2)
    assert salim.backend.asked[before:] == ["save_reminder_level", "list_reminder_levels"]
    assert (page.row.days, page.row.fee) == (12, Decimal("250.01"))

    page._on_next()
    follow = salim.open(ReminderLevelPage, salim.opened[-1][1])
    salim.until(lambda: follow.form.fields["title"].read() == "Rappel amical")
    follow.save_now()
    salim.until(follow.notices.isVisible)
    assert [row.state for row in (follow.row,) if row] == []
    change(follow, valid_from=date(2026, 12, 1), body_ar="نص جديد")
    follow.save_now()
    salim.until(lambda: follow.row is not None)
    assert (follow.row.valid_from, follow.row.state) == (date(2026, 12, 1), "later")

    levels.refresh()
    salim.until(lambda: levels.model.rowCount() == 4)
    audited = "select count(*) from core.audit where relation = 'accounting.reminder_levels'"
    assert house.value(f"{audited} and login = 'salim'") == 2


def change(page: Any, **values: Any) -> None:
    page.form.type_values(values)
    page._on_change()


def test_two_people_at_once_do_not_overwrite_each_other(salim: Desk, ask: Ask) -> None:
    first = ask(list_reminder_levels)[0]
    page = salim.open(ReminderLevelPage, str(first.id))
    salim.until(lambda: page.row is not None)
    texts = (first.title, first.title_ar, first.body, first.body_ar)
    ask(save_reminder_level, LevelDraft(first.id, 1, first.valid_from, 9, first.fee, *texts, 1))

    change(page, days=Decimal(20))
    page.save_now()
    salim.until(page.notices.isVisible)

    assert ask(list_reminder_levels)[0].days == 9
