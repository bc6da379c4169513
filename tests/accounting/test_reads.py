"""What the accountant reads: entries, accounts, periods, the trial balance."""

from datetime import date
from decimal import Decimal

import pytest

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotAllowedError, UserError
from modules.accounting import selectors, services
from modules.accounting.errors import PeriodRangeEmptyError
from tests.houses import YEAR, House, MakeProduct, SignIn, Till

pytestmark = pytest.mark.database

FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


def test_a_sale_is_an_entry_whose_lines_name_their_accounts(
    till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    till.send(till.sale(product("COF-1", stock=10), number=1, quantity=2))
    salim = signed_in("salim")

    with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
        (entry,) = selectors.list_entries(ctx)
        lines = selectors.list_entry_lines(ctx, entry.id)

    assert (entry.journal, entry.branch, entry.total) == ("VC", "ALG", Decimal("378.00"))
    assert entry.document.endswith("-000001")
    assert [(line.account, int(line.debit), int(line.credit)) for line in lines] == [
        ("5113", 238, 0),
        ("700", 0, 200),
        ("44571", 0, 38),
        ("600", 140, 0),
        ("301", 0, 140),
    ]
    assert lines[0].named("ar") == "سندات وبطاقات للتحصيل"


def test_entries_are_found_by_number_journal_account_and_day(
    till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    coffee = product("COF-1", stock=10)
    till.send(till.sale(coffee, number=1), till.sale(coffee, number=2))
    salim = signed_in("salim")

    def found(**filters: object) -> int:
        with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
            return len(selectors.list_entries(ctx, **filters))  # type: ignore[arg-type]

    today = date.today()  # noqa: DTZ011 - the desk's day
    assert found(search="-000002") == 1
    assert found(journal="vc") == 2
    assert found(journal="OD") == 0
    assert found(account="44") == 2
    assert found(account="512") == 0
    assert found(days=(today, today)) == 2
    assert found(days=(None, date(YEAR, 1, 1))) == 0


def test_a_page_of_entries_goes_on_below_its_last_row(
    till: Till,
    product: MakeProduct,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coffee = product("COF-1", stock=10)
    till.send(*(till.sale(coffee, number=number) for number in range(1, 6)))
    monkeypatch.setattr(selectors, "PAGE_SIZE", 2)
    salim = signed_in("salim")
    numbers: list[str] = []

    last = None
    while True:
        with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
            page = selectors.list_entries(ctx, after=last)
        numbers.extend(row.number for row in page)
        if len(page) < 2:
            break
        last = page[-1]

    assert numbers == [f"VC-ALG-{YEAR}-{n:06d}" for n in (5, 4, 3, 2, 1)]


def test_the_trial_balance_has_equal_sums(
    till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    till.send(till.sale(product("COF-1", stock=10), number=1, quantity=2))
    salim = signed_in("salim")

    with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
        balance = selectors.get_trial_balance(ctx, first_day=FIRST, last_day=LAST)

    assert balance.is_balanced
    assert (balance.totals.debit, balance.totals.closing_credit) == (Decimal(378), Decimal(378))
    assert [(r.code, int(r.closing_debit), int(r.closing_credit)) for r in balance.rows] == [
        ("301", 0, 140),
        ("44571", 0, 38),
        ("5113", 238, 0),
        ("600", 140, 0),
        ("700", 0, 200),
    ]


def test_what_was_before_the_first_month_opens_the_balance(
    house: House, till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    till.send(till.sale(product("COF-1", stock=10), number=1))
    house.run("select accounting.open_year(2027)")
    salim = signed_in("salim")

    with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
        balance = selectors.get_trial_balance(
            ctx, first_day=date(2027, 1, 1), last_day=date(2027, 1, 31)
        )

    cash = next(row for row in balance.rows if row.code == "5113")
    assert [int(cash.opening_debit), int(cash.debit), int(cash.closing_debit)] == [119, 0, 119]
    assert balance.is_balanced


def test_a_manager_reads_the_branch_of_hers_only(
    house: House, till: Till, product: MakeProduct, signed_in: SignIn
) -> None:
    till.send(till.sale(product("COF-1", stock=10), number=1))
    house.run(
        "update core.user_branches set branch_id = (select id from core.branches where code='ORN')"
        " where user_id = (select id from core.users where login = 'nadia')"
    )
    nadia = signed_in("nadia")

    with nadia.database.begin(nadia.user, "accounting", read_only=True) as ctx:
        balance = selectors.get_trial_balance(ctx, first_day=FIRST, last_day=LAST)
        entries = selectors.list_entries(ctx)

    assert (balance.rows, entries) == ((), [])


def test_the_chart_is_found_by_code_and_by_name(signed_in: SignIn) -> None:
    salim = signed_in("salim")

    with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
        everything = selectors.list_accounts(ctx)
        by_code = selectors.list_accounts(ctx, search="445")
        by_arabic = selectors.list_accounts(ctx, search="الصندوق")
        below = selectors.list_accounts(ctx, after=everything[-2])

    assert len(everything) > 60
    assert {row.code[:3] for row in by_code} == {"445"}
    assert [row.code for row in by_arabic] == ["530"]
    assert below == everything[-1:]


def test_a_period_is_closed_and_opened_again(house: House, signed_in: SignIn) -> None:
    salim = signed_in("salim")
    with salim.database.begin(salim.user, "accounting", read_only=True) as ctx:
        january = selectors.list_periods(ctx)[-1]

    with salim.database.begin(salim.user, "accounting") as ctx:
        services.close_period(ctx, january.id)
    closed = house.value(f"select state from accounting.periods where id = '{january.id}'")
    with salim.database.begin(salim.user, "accounting") as ctx:
        services.reopen_period(ctx, january.id)

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
