"""What the accountant's pages do, told without widgets; and their paper."""

import asyncio
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from pypdf import PdfReader

from erp_desktop.core.errors import NotAllowedError
from erp_desktop.core.i18n import words
from erp_desktop.ui.filters import Query, parse_filter
from modules.accounting.reports import trial_balance_pdf
from modules.accounting.selectors import (
    EntryFilter,
    PeriodRow,
    TrialBalance,
    TrialBalanceRow,
    list_periods,
)
from modules.accounting.services import close_period, reopen_period
from modules.accounting.widgets.asking import days_of, ledger_of
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.entry_list import wanted_of
from modules.accounting.widgets.months import last_day, month_of, months_until
from modules.accounting.widgets.periods import Periods
from modules.accounting.widgets.trial_balance import summary_of
from tests.fakes import FakeBackend, FakeView

TODAY = date(2026, 11, 21)
MARCH = PeriodRow(UUID(int=3), date(2026, 3, 1), date(2026, 3, 31), "open")
APRIL = PeriodRow(UUID(int=4), date(2026, 4, 1), date(2026, 4, 30), "closed")


def make_row(code: str, debit: int, credit: int) -> TrialBalanceRow:
    """Return an account with movements only."""
    none, left, right = Decimal(0), Decimal(debit), Decimal(credit)
    figures = (none, none, left, right, left, right)
    return TrialBalanceRow(code, f"Compte {code}", "حساب", *figures, "DZD")


class PeriodsView(FakeView):
    """A view that is asked to refresh more than once."""

    refreshed = 0

    def refresh(self) -> None:
        """Count."""
        self.refreshed += 1


def balance(*rows: TrialBalanceRow) -> TrialBalance:
    return TrialBalance(rows, datetime(2026, 11, 21, tzinfo=UTC))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((), "Nothing was posted in these months."),
        ((make_row("530", 5, 0), make_row("700", 0, 5)), "Debits equal credits."),
        (
            (make_row("530", 5, 0), make_row("700", 0, 4)),
            "Debits and credits differ. Call the administrator before you close anything.",
        ),
    ],
)
def test_the_trial_balance_says_whether_it_balances(
    rows: tuple[TrialBalanceRow, ...], sentence: str
) -> None:
    assert summary_of(balance(*rows)) == sentence


def test_months_end_on_their_last_day() -> None:
    assert last_day(date(2024, 2, 1)) == date(2024, 2, 29)
    assert months_until(TODAY)[0] == date(2026, 12, 1)
    assert month_of(TODAY) == (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_long_trial_balance_goes_on_over_pages_and_ends_with_its_totals(language: str) -> None:
    rows = [make_row(f"{n:03d}", n * 100_000, 0) for n in range(1, 80)]
    rows.append(make_row("999", 0, sum(n * 100_000 for n in range(1, 80))))

    content = trial_balance_pdf(
        rows, balance(*rows).totals, words(language), about=["03/2026", "Alger Centre"]
    )

    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 1
    assert "316" in pages[-1].extract_text()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("date:1/3..31/3", (date(2026, 3, 1), date(2026, 3, 31))),
        ("date:0", (TODAY, TODAY)),
        ("date:1/3..", (date(2026, 3, 1), None)),
        ("date:soon", (None, None)),
        ("coffee", (None, None)),
    ],
)
def test_the_filter_line_understands_days(text: str, days: tuple[date | None, date | None]) -> None:
    plain, terms = parse_filter(text)

    assert days_of(Query(plain, terms), TODAY) == days


def test_the_entries_understand_journal_account_and_document_in_three_languages() -> None:
    texts = ("journal:VC compte:530 document:A-1 x", "اليومية:VC حساب:530 الوثيقة:A-1 x")

    asked = {wanted_of(Query(*parse_filter(text)), TODAY) for text in texts}

    assert asked == {EntryFilter("x", journal="VC", account="530", document="A-1")}


def test_pages_ask_each_other_for_a_ledger_in_the_words_of_a_filter_line() -> None:
    asked = ledger_of("530", month_of(TODAY), "ALG")

    query = Query(*parse_filter(asked))
    assert (query.value("account"), query.value("branch")) == ("530", "ALG")
    assert days_of(query, TODAY) == month_of(TODAY)


@pytest.mark.parametrize(
    ("document", "page"),
    [
        ({"module": "till", "kind": "ticket", "number": "T-1"}, ("till.tickets", "T-1")),
        ({"module": "sales", "kind": "credit_note", "id": "7"}, ("sales.credit_note", "7")),
        ({"module": "inventory", "kind": "opening", "id": "7"}, ("inventory.movements", None)),
        ({"module": "payroll", "kind": "run"}, None),
        ({}, None),
    ],
)
def test_documents_are_opened_where_they_are_shown(
    document: dict[str, str], page: tuple[str, str | None] | None
) -> None:
    assert page_of(document) == page


def test_periods_are_filtered_by_month_and_state() -> None:
    view, backend = FakeView(), FakeBackend({list_periods: [APRIL, MARCH]})
    periods = Periods(view, backend)  # type: ignore[arg-type]

    assert asyncio.run(periods.load(Query("03/"))) == [MARCH]
    assert asyncio.run(periods.load(Query(chips=frozenset({"open"})))) == [MARCH]


def test_closing_and_reopening_name_the_period() -> None:
    view, backend = PeriodsView(), FakeBackend({close_period: None, reopen_period: None})
    periods = Periods(view, backend)  # type: ignore[arg-type]

    asyncio.run(periods.close(MARCH))
    asyncio.run(periods.reopen(APRIL, "a bill came late"))

    assert view.said == ["Period 03/2026 is closed.", "Period 04/2026 is open again."]
    assert view.refreshed == 2
    assert backend.asked(close_period) == [((MARCH.id,), {})]
    assert backend.asked(reopen_period) == [((APRIL.id, "a bill came late"), {})]


def test_a_refusal_reaches_the_page() -> None:
    view, backend = FakeView(), FakeBackend({close_period: NotAllowedError})

    with pytest.raises(NotAllowedError):
        asyncio.run(Periods(view, backend).close(MARCH))  # type: ignore[arg-type]
    assert view.said == []
