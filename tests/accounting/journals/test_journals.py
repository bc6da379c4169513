"""Journals as they are printed.

In 2026 at Algiers, each sale being 119.00 in cash, 100.00 net, 19.00 VAT, 70.00 cost:

    10 March    one sale     VC   189.00 on each side (119 + 70)
    10 April    two sales    VC   378.00

and at Oran, on 10 April, one sale: 189.00.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotAllowedError, UserError
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.period_errors import JournalTooLongError
from modules.accounting.selectors import (
    journals,
    list_central_journal,
    list_journal_lines,
    total_of_central,
    total_of_journal,
)
from tests.accounting.conftest import TICKET, Post, sale
from tests.houses import ORAN, YEAR, Ask, SignIn

pytestmark = pytest.mark.database

APRIL: Any = {"first_day": date(YEAR, 4, 1), "last_day": date(YEAR, 4, 30)}
ALL: Any = {"first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 12, 31)}


@pytest.fixture
def asker() -> str:
    """Salim keeps the books."""
    return "salim"


@pytest.fixture
def sales(post: Post) -> None:
    post("till.sale", sale(), source=TICKET)
    post("till.sale", sale(2), on=date(YEAR, 4, 10))
    post("till.sale", sale(), on=date(YEAR, 4, 10), branch=ORAN.id)


@pytest.mark.usefixtures("sales")
def test_a_journal_tells_every_line_of_its_entries(ask: Ask) -> None:
    lines = ask(list_journal_lines, "VC", **ALL)

    march = lines[:5]
    assert [(each.account, int(each.debit), int(each.credit)) for each in march] == [
        ("530", 119, 0),
        ("700", 0, 100),
        ("44571", 0, 19),
        ("600", 70, 0),
        ("301", 0, 70),
    ]
    assert {each.number for each in march} == {f"VC-ALG-{YEAR}-000001"}
    assert [each.is_first for each in march] == [True, False, False, False, False]
    assert march[0].document == TICKET
    total = total_of_journal(lines)
    assert total is not None
    assert (total.debit, total.credit) == (Decimal(756), Decimal(756))
    assert ask(list_journal_lines, "OD", **ALL) == []
    assert total_of_journal([]) is None


@pytest.mark.usefixtures("sales")
def test_a_branch_and_a_month_are_looked_at_alone(ask: Ask) -> None:
    assert len(ask(list_journal_lines, "", **APRIL)) == 10
    (oran, *_rest) = ask(list_journal_lines, "", **APRIL, branch_id=ORAN.id)
    assert (oran.branch, oran.debit) == ("ORN", 119)


@pytest.mark.usefixtures("sales")
def test_a_centralising_journal_sums_up_each_month(ask: Ask) -> None:
    totals = ask(list_central_journal, **ALL, by_account=False)
    accounts = ask(list_central_journal, **APRIL)

    assert [(row.journal, row.month, row.entries, row.debit, row.credit) for row in totals] == [
        ("VC", date(YEAR, 3, 1), 1, 189, 189),
        ("VC", date(YEAR, 4, 1), 2, 567, 567),
    ]
    told = [(row.account, int(row.debit), int(row.credit), row.is_sum) for row in accounts]
    assert told == [
        ("301", 0, 210, False),
        ("44571", 0, 57, False),
        ("530", 357, 0, False),
        ("600", 210, 0, False),
        ("700", 0, 300, False),
        ("", 567, 567, True),
    ]
    for rows, whole in ((totals, 756), (accounts, 567)):
        total = total_of_central(rows)
        assert total is not None
        assert (total.debit, total.credit) == (Decimal(whole), Decimal(whole))
    (oran,) = ask(list_central_journal, **ALL, by_account=False, branch_id=ORAN.id)
    assert oran.debit == 189


@pytest.mark.usefixtures("sales")
def test_too_many_lines_are_refused_with_what_to_do(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "MOST_LINES", 5)
    with pytest.raises(JournalTooLongError, match="fewer months"):
        ask(list_journal_lines, "", **ALL)


def read_lines(ctx: Context) -> None:
    list_journal_lines(ctx, "", **ALL)


def read_sums(ctx: Context) -> None:
    list_central_journal(ctx, **ALL)


def read_backwards(ctx: Context) -> None:
    list_central_journal(ctx, first_day=ALL["last_day"], last_day=ALL["first_day"])


@pytest.mark.parametrize(
    ("login", "deed", "refusal"),
    [
        ("amina", read_lines, NotAllowedError),
        ("amina", read_sums, NotAllowedError),
        ("salim", read_backwards, PeriodRangeEmptyError),
    ],
)
def test_what_is_not_for_a_user_is_refused(
    signed_in: SignIn, login: str, deed: object, refusal: type[UserError]
) -> None:
    session = signed_in(login)
    with (
        pytest.raises(refusal),
        session.database.begin(session.user, "accounting", read_only=True) as ctx,
    ):
        deed(ctx)  # type: ignore[operator]
