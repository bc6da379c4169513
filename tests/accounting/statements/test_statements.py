"""The statements of a small trading company, against figures worked out by hand.

January to March 2026, in dinars, at branch ALG, entered by hand:

    capital paid in                 512 100,000.00 | 1013 100,000.00
    a van                           2182 48,000.00 | 512 48,000.00
    goods bought                    301 60,000.00, 44566 11,400.00 | 401 71,400.00
    goods sold                      411 83,300.00 | 700 70,000.00, 44571 13,300.00
    what they had cost              600 42,000.00 | 301 42,000.00
    the customer pays, and too much 512 90,000.00 | 411 90,000.00
    rent                            6132 6,000.00 | 512 6,000.00
    depreciation of the van         681 2,400.00 | 28182 2,400.00

Result: 70,000 - 42,000 - 6,000 - 2,400 = 19,600.00 profit.
Assets: van 48,000 - 2,400 = 45,600; goods 18,000; VAT to recover 11,400; bank 136,000: 211,000.00.
Liabilities: capital 100,000; result 19,600; supplier 71,400; VAT 13,300; customer's advance 6,700.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.errors import NotAllowedError
from modules.accounting.entries import LineDraft
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.selectors import ShownStatement, get_statements, list_statements
from tests.accounting.books import Books, books_of, draft
from tests.houses import ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database

ZERO = Decimal(0)
STORY: list[tuple[int, dict[str, str]]] = [
    (1, {"512": "100000", "1013": "-100000"}),
    (1, {"2182": "48000", "512": "-48000"}),
    (1, {"301": "60000", "44566": "11400", "401": "-71400"}),
    (2, {"411": "83300", "700": "-70000", "44571": "-13300"}),
    (2, {"600": "42000", "301": "-42000"}),
    (2, {"512": "90000", "411": "-90000"}),
    (3, {"6132": "6000", "512": "-6000"}),
    (3, {"681": "2400", "28182": "-2400"}),
]


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books, with the quarter in them."""
    with books_of(house) as opened:
        for month, amounts in STORY:
            lines = [
                LineDraft(account, debit=max(Decimal(a), ZERO), credit=max(-Decimal(a), ZERO))
                for account, a in amounts.items()
            ]
            answer = opened.post(draft(*lines, on=date(YEAR, month, 20)))
            assert answer.state == "applied", answer
        yield opened


def quarter(ask: Ask, *codes: str, **more: Any) -> list[ShownStatement]:
    days = {"first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 3, 31)}
    return list(ask(get_statements, codes, **{**days, **more}).shown)


def figures_of(statement: ShownStatement) -> dict[str, Decimal]:
    return {row.code: row.total for row in statement.rows if row.total}


@pytest.mark.usefixtures("books")
def test_the_balance_sheet_of_a_quarter_balances(ask: Ask) -> None:
    assets, liabilities = quarter(ask, "assets", "liabilities")

    assert figures_of(assets) == {
        "A05": Decimal(45600),
        "A10": Decimal(45600),
        "A11": Decimal(18000),
        "A14": Decimal(11400),
        "A16": Decimal(136000),
        "A17": Decimal(165400),
        "A18": Decimal(211000),
    }
    assert figures_of(liabilities) == {
        "P01": Decimal(100000),
        "P06": Decimal(19600),
        "P09": Decimal(119600),
        "P15": Decimal(71400),
        "P16": Decimal(13300),
        "P17": Decimal(6700),
        "P19": Decimal(91400),
        "P20": Decimal(211000),
    }
    assert assets.differs == liabilities.differs == 0
    (van,) = assets.behind(next(row for row in assets.rows if row.code == "A05"))[:1]
    assert (van.code, van.first, van.name_ar != "") == ("2182", Decimal(48000), True)


@pytest.mark.usefixtures("books")
def test_the_income_statement_goes_down_to_its_accounts(ask: Ask) -> None:
    income, cash = quarter(ask, "income", "cash_flow")

    figures = figures_of(income)
    assert [figures[code] for code in ("R05", "R08", "R09", "R15", "R28")] == [
        70000,
        48000,
        22000,
        2400,
        19600,
    ]
    services = next(row for row in income.rows if row.code == "R07")
    assert [(each.code, each.total) for each in income.behind(services)] == [
        ("6132", Decimal(6000))
    ]
    flows = figures_of(cash)
    assert [flows[code] for code in ("F10", "F11", "F08")] == [136000, 136000, -48000]


def test_months_branches_and_years_are_kept_apart(ask: Ask, books: Books) -> None:
    oran = [LineDraft("6132", debit=Decimal(500)), LineDraft("512", credit=Decimal(500))]
    books.post(draft(*oran, on=date(YEAR, 3, 5), branch=ORAN.id))

    (march,) = quarter(ask, "income", first_day=date(YEAR, 3, 1), branch_id=ORAN.id)
    assert figures_of(march)["R28"] == -500
    (later,) = quarter(
        ask, "income", first_day=date(YEAR + 1, 1, 1), last_day=date(YEAR + 1, 3, 31)
    )
    assert later.rows[-1].previous == 19100
    assert later.rows[-1].total == 0


def test_who_may_not_see_the_ledger_sees_no_statement(ask: Ask, signed_in: SignIn) -> None:
    assert [each.code for each in ask(list_statements)][:2] == ["assets", "cash_flow"]
    with pytest.raises(PeriodRangeEmptyError):
        quarter(ask, "income", last_day=date(YEAR - 1, 12, 31))
    amina = signed_in("amina")
    with pytest.raises(NotAllowedError), amina.database.begin(amina.user, "accounting") as ctx:
        get_statements(ctx, ["assets"], first_day=date(YEAR, 1, 1), last_day=date(YEAR, 1, 31))
