"""What the accountant reads: entries, accounts, periods, the trial balance."""

from datetime import date
from decimal import Decimal

import pytest

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotAllowedError, UserError
from modules.accounting import selectors, services
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.selectors import EntryFilter, entries
from tests.accounting.conftest import MARCH, TICKET, Post, sale
from tests.houses import ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database

FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


@pytest.fixture
def asker() -> str:
    """Salim keeps the books."""
    return "salim"


def test_a_sale_is_an_entry_whose_lines_name_their_accounts(post: Post, ask: Ask) -> None:
    post("till.sale", sale(2), source=TICKET)

    (entry,) = ask(selectors.list_entries)
    lines = ask(selectors.list_entry_lines, entry.id)

    assert (entry.journal, entry.branch, entry.total) == ("VC", "ALG", Decimal("378.00"))
    assert (entry.document, entry.source) == (TICKET["number"], TICKET)
    assert [(line.account, int(line.debit), int(line.credit)) for line in lines] == [
        ("530", 238, 0),
        ("700", 0, 200),
        ("44571", 0, 38),
        ("600", 140, 0),
        ("301", 0, 140),
    ]
    assert lines[0].named("ar") == "الصندوق"


def test_what_is_given_back_is_booked_the_other_way_round(post: Post, ask: Ask) -> None:
    amounts = {name: f"-{value}" for name, value in sale().items()}
    post("till.sale", amounts)

    (entry,) = ask(selectors.list_entries)
    lines = ask(selectors.list_entry_lines, entry.id)

    booked = [(line.account, int(line.debit), int(line.credit)) for line in lines]
    assert booked[:2] == [("530", 0, 119), ("700", 100, 0)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EntryFilter("-000002"), 1),
        (EntryFilter(journal="vc"), 2),
        (EntryFilter(journal="OD"), 0),
        (EntryFilter(account="44"), 2),
        (EntryFilter(account="512"), 0),
        (EntryFilter(document="ALG-01-000001"), 1),
        (EntryFilter(document="ALG-01"), 0),
        (EntryFilter(days=(MARCH, MARCH)), 2),
        (EntryFilter(days=(None, FIRST)), 0),
    ],
)
def test_entries_are_found_by_number_journal_account_document_and_day(
    post: Post, ask: Ask, wanted: EntryFilter, found: int
) -> None:
    post("till.sale", sale(), source=TICKET)
    post("till.sale", sale())

    assert len(ask(selectors.list_entries, wanted)) == found


def test_a_page_of_entries_goes_on_below_its_last_row(
    post: Post, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _sale in range(5):
        post("till.sale", sale())
    monkeypatch.setattr(entries, "PAGE_SIZE", 2)
    numbers: list[str] = []

    last = None
    while True:
        page = ask(selectors.list_entries, after=last)
        numbers.extend(row.number for row in page)
        if len(page) < 2:
            break
        last = page[-1]

    assert numbers == [f"VC-ALG-{YEAR}-{n:06d}" for n in (5, 4, 3, 2, 1)]


def test_the_trial_balance_has_equal_sums(post: Post, ask: Ask) -> None:
    post("till.sale", sale(2))

    balance = ask(selectors.get_trial_balance, first_day=FIRST, last_day=LAST)

    assert balance.is_balanced
    assert (balance.totals.debit, balance.totals.closing_credit) == (Decimal(378), Decimal(378))
    assert [(r.code, int(r.closing_debit), int(r.closing_credit)) for r in balance.rows] == [
        ("301", 0, 140),
        ("44571", 0, 38),
        ("530", 238, 0),
        ("600", 140, 0),
        ("700", 0, 200),
    ]


def test_each_class_of_accounts_is_summed_up(post: Post, ask: Ask) -> None:
    post("sales.invoice", {"total": "119.00", "net TVA19": "100.00", "tax TVA19": "19.00"})

    balance = ask(selectors.get_trial_balance, first_day=FIRST, last_day=LAST)

    assert [(r.code, r.is_sum, int(r.debit), int(r.credit)) for r in balance.with_classes] == [
        ("411", False, 119, 0),
        ("44571", False, 0, 19),
        ("4", True, 119, 19),
        ("700", False, 0, 100),
        ("7", True, 0, 100),
    ]


def test_eight_columns_tell_what_moved_earlier_in_the_year(
    house: House, post: Post, ask: Ask
) -> None:
    """Cash: 119 in March, 238 in April, 357 in March of the year after."""
    house.run("select accounting.open_year(2027)")
    post("till.sale", sale())
    post("till.sale", sale(2), on=date(YEAR, 4, 10))
    post("till.sale", sale(3), on=date(YEAR + 1, 3, 10))

    def cash(year: int, month: int, *, since_year: bool) -> list[int]:
        days = {"first_day": date(year, month, 1), "last_day": date(year, month, 28)}
        balance = ask(selectors.get_trial_balance, **days, since_year=since_year)
        assert balance.is_balanced
        row = next(row for row in balance.rows if row.code == "530")
        figures = (row.opening_debit, row.earlier_debit, row.debit, row.closing_debit)
        return [int(figure) for figure in figures]

    assert cash(YEAR, 4, since_year=True) == [0, 119, 238, 357]
    assert cash(YEAR, 4, since_year=False) == [119, 0, 238, 357]
    assert cash(YEAR + 1, 4, since_year=True) == [357, 357, 0, 714]
    assert cash(YEAR + 1, 4, since_year=False) == [714, 0, 0, 714]


def test_groups_and_classes_are_summed_up_without_setting_off_their_accounts(
    post: Post, ask: Ask
) -> None:
    """A sale on credit and goods: 411 owes 119, 44571 is owed 19; class 4 shows both."""
    post("sales.invoice", {"total": "119.00", "net TVA19": "100.00", "tax TVA19": "19.00"})
    days = {"first_day": FIRST, "last_day": LAST}

    classes = ask(selectors.get_trial_balance, **days, level="class")
    groups = ask(selectors.get_trial_balance, **days, level="group")

    four = classes.rows[0]
    assert (four.code, four.closing_debit, four.closing_credit) == ("4", 119, 19)
    assert four.name == "Comptes de tiers"
    assert [(row.code, row.is_sum) for row in classes.with_classes] == [("4", False), ("7", False)]
    assert [row.code for row in groups.with_classes] == ["41", "44", "4", "70", "7"]
    assert classes.totals.closing_debit == groups.totals.closing_debit == 119


def test_what_was_before_the_first_month_opens_the_balance(
    house: House, post: Post, ask: Ask
) -> None:
    post("till.sale", sale())
    house.run("select accounting.open_year(2027)")

    months = {"first_day": date(2027, 1, 1), "last_day": date(2027, 1, 31)}
    balance = ask(selectors.get_trial_balance, **months)

    cash = next(row for row in balance.rows if row.code == "530")
    assert [int(cash.opening_debit), int(cash.debit), int(cash.closing_debit)] == [119, 0, 119]
    assert balance.is_balanced


def test_a_manager_reads_the_branch_of_hers_only(house: House, post: Post, ask: Ask) -> None:
    post("till.sale", sale())
    house.run(
        "update core.user_branches set branch_id = (select id from core.branches where code='ORN')"
        " where user_id = (select id from core.users where login = 'nadia')"
    )

    balance = ask(selectors.get_trial_balance, first_day=FIRST, last_day=LAST, as_user="nadia")

    assert (balance.rows, ask(selectors.list_entries, as_user="nadia")) == ((), [])


def test_one_branch_may_be_looked_at_alone(post: Post, ask: Ask) -> None:
    post("till.sale", sale())
    post("till.sale", sale(3), branch=ORAN.id)

    months = {"first_day": FIRST, "last_day": LAST}
    balance = ask(selectors.get_trial_balance, **months, branch_id=ORAN.id)

    assert balance.totals.debit == 3 * (119 + 70)


def test_the_chart_comes_page_by_page_from_its_classes_down(ask: Ask) -> None:
    pages = [ask(selectors.list_accounts)]
    while len(pages[-1]) == selectors.PAGE_SIZE:
        pages.append(ask(selectors.list_accounts, after=pages[-1][-1]))

    everything = [row for page in pages for row in page]
    assert [(row.code, row.level) for row in everything[:3]] == [("1", 0), ("10", 1), ("101", 2)]
    assert [row.code for row in everything] == sorted({row.code for row in everything})
    assert ask(selectors.list_chart) == [row for row in everything if row.level > 0]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("411*", {"411", "4111", "4117"}),
        ("*411", {"411", "4111", "4117"}),
        ("4111", {"4111"}),
        ("حقوق الطابع", {"44575", "6457"}),
        ("الصناديق", {"6571"}),
        ("retenue banane", set()),
        ("GARANTIE retenues", {"4017", "4117"}),
        ("tva collectee", {"44571", "44572"}),
        ("100%*", set()),
    ],
)
def test_the_chart_is_found_by_code_and_by_the_words_of_its_names(
    ask: Ask, search: str, found: set[str]
) -> None:
    assert {row.code for row in ask(selectors.list_accounts, search=search)} == found


def test_a_period_is_closed_and_opened_again(house: House, ask: Ask) -> None:
    january = ask(selectors.list_periods)[-1]

    ask(services.close_period, january.id)
    closed = house.value(f"select state from accounting.periods where id = '{january.id}'")
    ask(services.reopen_period, january.id, "a bill came late")

    assert (january.starts_on, january.is_open, closed) == (FIRST, True, "closed")
    assert house.value(f"select state from accounting.periods where id = '{january.id}'") == "open"
    topics = "select array_agg(topic order by id) from core.events"
    assert house.value(topics) == ["accounting.period_closed", "accounting.period_reopened"]


def read_the_ledger(ctx: Context) -> None:
    selectors.get_trial_balance(ctx, first_day=FIRST, last_day=LAST)


def read_backwards(ctx: Context) -> None:
    selectors.get_trial_balance(ctx, first_day=LAST, last_day=FIRST)


def close_a_period(ctx: Context) -> None:
    services.close_period(ctx, ctx.user.id)


def roll(ctx: Context) -> None:
    services.roll_balances(ctx)


@pytest.mark.parametrize(
    ("login", "deed", "refusal"),
    [
        ("amina", read_the_ledger, NotAllowedError),
        ("nadia", close_a_period, NotAllowedError),
        ("salim", roll, NotAllowedError),
        ("salim", read_backwards, PeriodRangeEmptyError),
    ],
)
def test_what_is_not_for_a_user_is_refused(
    signed_in: SignIn, login: str, deed: object, refusal: type[UserError]
) -> None:
    session = signed_in(login)

    with (
        pytest.raises(refusal),
        session.database.begin(session.user, "core", read_only=True) as ctx,
    ):
        deed(ctx)  # type: ignore[operator]
