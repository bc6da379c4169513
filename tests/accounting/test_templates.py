"""Templates: kept incomplete, due on their days, posted once by a person or, if so said, alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotAllowedError, StaleRecordError, UserError
from modules.accounting import selectors, templates
from modules.accounting.books import CostCentreDraft, JournalDraft, save_cost_centre, save_journal
from modules.accounting.entries import POST_DUE, LineDraft
from modules.accounting.entry_errors import EntryUnbalancedByHandError, JournalReservedError
from modules.accounting.setup_errors import (
    CostCentreCodeUnplainError,
    IntervalIncompleteError,
    IntervalMissingError,
    JournalCodeTakenError,
    JournalCodeUnplainError,
    TemplateNameMissingError,
    TemplateNameTakenError,
)
from modules.accounting.templates import TemplateDraft, save_template
from tests.accounting.books import books_of, code_of, draft, invariants, pair
from tests.houses import YEAR, Ask, House

pytestmark = pytest.mark.database
FIRST = date(YEAR, 1, 31)
RENT = TemplateDraft("Loyer", draft(on=None), 1, FIRST)


@pytest.fixture
def asker() -> str:
    """The accountant."""
    return "salim"


def row(ask: Ask) -> selectors.TemplateRow:
    """Return the one template."""
    [found] = ask(selectors.list_templates)
    assert isinstance(found, selectors.TemplateRow)
    return found


def due(ask: Ask) -> dict[str, Any]:
    """Return the request for what is due now."""
    found = row(ask)
    return {"template_id": str(found.id), "due": str(found.next_on)}


def test_a_template_keeps_lines_without_amounts(ask: Ask) -> None:
    entry = draft(LineDraft("6132", label="x"), LineDraft("512"), on=None)

    ask(save_template, uuid7(), TemplateDraft("Loyer", entry))

    found = row(ask)
    assert (found.name, found.next_on) == ("Loyer", None)
    assert found.total == 0
    content = ask(selectors.get_sheet, "template", found.id).content
    assert [each["account"]["code"] for each in content["lines"]] == ["6132", "512"]


def test_what_is_due_is_posted_by_a_person_once_and_comes_again(house: House, ask: Ask) -> None:
    ask(save_template, uuid7(), RENT)
    assert row(ask).next_on == FIRST
    request = due(ask)

    with books_of(house) as books:
        posted = books.send(POST_DUE, request)
        again = books.send(POST_DUE, request)

    assert posted.result["dated_on"] == FIRST.isoformat()
    assert code_of(again) == "accounting.not_due"
    assert row(ask).next_on == date(YEAR, 2, 28)
    assert house.value("select count(*) from accounting.entries") == 1
    invariants(house)


def test_the_last_of_a_month_stays_the_last(house: House, ask: Ask) -> None:
    ask(save_template, uuid7(), RENT)
    days = []
    with books_of(house) as books:
        for _month in range(4):
            days.append(row(ask).next_on)
            assert code_of(books.send(POST_DUE, due(ask))) == ""

    assert days == [FIRST, date(YEAR, 2, 28), date(YEAR, 3, 31), date(YEAR, 4, 30)]


def test_what_has_ended_comes_no_more(house: House, ask: Ask) -> None:
    ask(save_template, uuid7(), replace(RENT, ends_on=date(YEAR, 2, 1)))
    with books_of(house) as books:
        books.send(POST_DUE, due(ask))

    assert row(ask).next_on is None


def test_what_falls_due_later_is_not_posted_yet(house: House, ask: Ask) -> None:
    day = wall_clock.today() + timedelta(days=40)
    ask(save_template, uuid7(), replace(RENT, starts_on=day))

    with books_of(house) as books:
        assert code_of(books.send(POST_DUE, due(ask))) == "accounting.due_later"


def test_what_is_due_in_a_closed_period_is_posted_on_another_day(house: House, ask: Ask) -> None:
    ask(save_template, uuid7(), RENT)
    with books_of(house) as books:
        books.close(1)

        assert code_of(books.send(POST_DUE, due(ask))) == "accounting.period_closed"
        moved = books.send(POST_DUE, {**due(ask), "on": f"{YEAR}-02-01"})

    assert moved.result["dated_on"] == f"{YEAR}-02-01"


def as_worker(house: House) -> int:
    """Run what the worker runs every hour."""
    with house.connect() as connection:
        connection.execute("set session authorization erp_worker")
        connection.execute("set role accounting_app")
        posted: int = connection.execute("select accounting.post_automatic_v1()").fetchone()[0]
        connection.execute("reset session authorization")
        return posted


def test_the_worker_posts_only_what_says_so(house: House, ask: Ask) -> None:
    ask(save_template, uuid7(), replace(RENT, every_months=3, is_automatic=True))
    ask(save_template, uuid7(), replace(RENT, name="By hand"))

    posted = as_worker(house)

    today = wall_clock.today()
    expected = sum(date(YEAR, month, 28) < today for month in (1, 4, 7, 10))
    assert posted >= expected > 0
    assert house.value("select count(*) from accounting.entries") == posted
    assert as_worker(house) == 0
    assert {t.name: t.times for t in ask(selectors.list_templates)}["By hand"] == 0
    invariants(house)


def test_what_the_worker_cannot_post_stays_due_and_stops_no_other(house: House, ask: Ask) -> None:
    ask(save_template, uuid7(), replace(RENT, every_months=12, is_automatic=True))
    other = replace(RENT, name="Other", every_months=12, is_automatic=True)
    ask(save_template, uuid7(), replace(other, starts_on=date(YEAR, 2, 1)))
    with books_of(house) as books:
        books.close(1)

    assert as_worker(house) == 1

    assert {t.name: t.times for t in ask(selectors.list_templates)} == {"Loyer": 0, "Other": 1}


def test_another_rhythm_counts_afresh(house: House, ask: Ask) -> None:
    identity = uuid7()
    ask(save_template, identity, RENT)
    with books_of(house) as books:
        books.send(POST_DUE, due(ask))
    content = ask(selectors.get_sheet, "template", identity).content

    ask(save_template, identity, replace(RENT, every_months=3), version=content["version"])

    assert (row(ask).times, row(ask).next_on) == (0, FIRST)


def without_a_name(ctx: Context) -> None:
    save_template(ctx, uuid7(), replace(RENT, name=" "))


def of_a_name_that_is_taken(ctx: Context) -> None:
    save_template(ctx, uuid7(), RENT)
    save_template(ctx, uuid7(), RENT)


def with_half_an_interval(ctx: Context) -> None:
    save_template(ctx, uuid7(), replace(RENT, starts_on=None))


def alone_at_no_time(ctx: Context) -> None:
    alone = replace(RENT, every_months=None, starts_on=None, is_automatic=True)
    save_template(ctx, uuid7(), alone)


def alone_and_askew(ctx: Context) -> None:
    debit, _credit = pair("6132", "512", "5.00")
    entry = draft(debit, LineDraft("512", credit=Decimal(4)))
    save_template(ctx, uuid7(), replace(RENT, entry=entry, is_automatic=True))


def in_a_reserved_journal(ctx: Context) -> None:
    save_template(ctx, uuid7(), replace(RENT, entry=draft(journal="VC")))


def over_another_version(ctx: Context) -> None:
    save_template(ctx, uuid7(), RENT, version=4)


def a_journal_twice(ctx: Context) -> None:
    save_journal(ctx, JournalDraft("OD", "Again"), is_new=True)


def a_journal_of_small_letters(ctx: Context) -> None:
    save_journal(ctx, JournalDraft("bq2", "Again"), is_new=True)


def the_tills_journal_out_of_use(ctx: Context) -> None:
    save_journal(ctx, JournalDraft("VC", "Ventes", is_active=False), is_new=False)


def a_centre_twice(ctx: Context) -> None:
    save_cost_centre(ctx, CostCentreDraft("A", "Atelier"))
    save_cost_centre(ctx, CostCentreDraft("A", "Atelier"))


def a_centre_of_small_letters(ctx: Context) -> None:
    save_cost_centre(ctx, CostCentreDraft("a b", "Atelier"))


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (without_a_name, TemplateNameMissingError),
        (of_a_name_that_is_taken, TemplateNameTakenError),
        (with_half_an_interval, IntervalIncompleteError),
        (alone_at_no_time, IntervalMissingError),
        (alone_and_askew, EntryUnbalancedByHandError),
        (in_a_reserved_journal, JournalReservedError),
        (over_another_version, StaleRecordError),
        (a_journal_twice, JournalCodeTakenError),
        (a_journal_of_small_letters, JournalCodeUnplainError),
        (the_tills_journal_out_of_use, JournalReservedError),
        (a_centre_twice, StaleRecordError),
        (a_centre_of_small_letters, CostCentreCodeUnplainError),
        (templates.post_automatic, NotAllowedError),
    ],
)
def test_what_cannot_be_set_up_is_refused(
    ask: Ask, deed: Callable[[Context], Any], refusal: type[UserError]
) -> None:
    deed.__module__ = "modules.accounting.templates"
    with pytest.raises(refusal):
        ask(deed)


def test_a_journal_of_ones_own_takes_entries_and_shows_its_series(house: House, ask: Ask) -> None:
    ask(save_journal, JournalDraft("BQ2", "Banque 2", "البنك 2"), is_new=True)
    with books_of(house) as books:
        assert books.post(draft(journal="BQ2")).result["number"] == f"BQ2-ALG-{YEAR}-000001"
        ask(save_journal, JournalDraft("BQ2", "Banque 2", is_active=False), is_new=False)
        assert code_of(books.post(draft(journal="BQ2"))) == "accounting.journal_unknown"

    journals = {j.code: j for j in ask(selectors.list_journals)}
    assert (journals["BQ2"].series, journals["BQ2"].is_manual) == (f"ALG {YEAR}: 1", True)
    assert not journals["VC"].is_manual


def test_a_cost_centre_is_kept_and_listed(ask: Ask) -> None:
    assert ask(save_cost_centre, CostCentreDraft("A", "Atelier", "ورشة")) == 1
    assert ask(save_cost_centre, CostCentreDraft("A", "Usine"), version=1) == 2

    assert [(c.code, c.name) for c in ask(selectors.list_cost_centres)] == [("A", "Usine")]
