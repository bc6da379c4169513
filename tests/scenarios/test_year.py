"""Three months of a trading company in each country, declared, closed and opened again.

Worked out by hand, in the company's currency, at the usual rate t (dz and tn 19 %, ma 20 %):

    1 January    capital 100,000; bank 60,000; goods 40,000
    January      a machine: 24,000 + t, invoiced and paid from the bank
    each month   sold on account 50,000 + t, which had cost 30,000; bought on account 25,000 + t;
                 salaries 8,000: 6,500 paid out, 1,500 for social security; rent 2,000 paid
    from February on, each month: the customer pays the invoice of the month before, the supplier
                 is paid for his, and the tax of the month before is paid
    March        the customer pays by cheque; it comes back unpaid, with bank fees of 100, is
                 presented again and cashed
    31 March     the machine is worn by 1,200; the taxes of the three months are declared

Tax: collected 50,000t a month, deductible 25,000t, and 24,000t for the machine: due in January
1,000t, in February and March 25,000t each. Morocco deducts as a purchase is paid, that of goods a
month later: January 26,000t, then 25,000t each, and 25,000t wait at the end; what was paid to the
state is 25,000t more.

    result       150,000 - 90,000 - 24,000 - 6,000 - 1,200 - 100 = 28,700
    bank         60,000 - 24,000(1+t) - 19,500 - 6,000 + 100,000(1+t) - 50,000(1+t) - 26,000t - 100:
                 60,000 - 25,600 + 26,000(1+t) - 26,000t = 60,400, whatever the rate
                 (Morocco: 60,400 - 25,000t)
    goods        40,000 + 75,000 - 90,000 = 25,000
    customer     50,000(1+t), not due for 30 days      supplier 25,000(1+t)
    machine      24,000 - 1,200 = 22,800               social security 4,500    tax 25,000t
    assets       60,400 + 25,000 + 50,000(1+t) + 22,800 = 158,200 + 50,000t
                 (Morocco: the tax that waits stands for what the bank has less)
    liabilities  100,000 + 28,700 + 25,000(1+t) + 4,500 + 25,000t = the same
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import uuid7
from erp_desktop.core.session import Session, sign_in
from modules.accounting.entries import LineDraft
from modules.accounting.purchases import POST_PURCHASE
from modules.accounting.returns import DECLARE_TAX
from modules.accounting.selectors import (
    get_party_account,
    get_return,
    get_statements,
    get_trial_balance,
    list_aged,
)
from modules.accounting.years import close_year
from tests.accounting.books import Books, books_of, draft, invariants
from tests.houses import ALGIERS, YEAR, House
from tests.scenarios.conftest import Found

pytestmark = pytest.mark.database

ACCOUNTS = {
    # capital, machine, its depreciation, the charge, salaries, what is owed of them, social, rent
    "DZ": ("1013", "2154", "2815", "681", "6311", "421", "4311", "6132"),
    "MA": ("1111", "23321", "2833", "6193", "61711", "4432", "4441", "61312"),
    "TN": ("1011", "2231", "2823", "68111", "6400", "425", "45311", "6132"),
}
RATES = {"DZ": ("TVA19", "0.19"), "MA": ("TVA20", "0.20"), "TN": ("TVA19", "0.19")}
QUARTER = {"first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 3, 31)}
LABELS = {"result": "Résultat", "closing": "Clôture", "opening": "À-nouveaux"}


@dataclass
class Company:
    """An accountant at the books of one country."""

    country: str
    house: House
    login: str
    books: Books
    session: Session
    customer: UUID
    supplier: UUID

    def ask(self, function: Any, *args: Any, **more: Any) -> Any:
        """Run a selector or a service as the accountant."""
        with self.session.database.begin(self.session.user, "accounting") as ctx:
            return function(ctx, *args, **more)

    def role(self, name: str, qualifier: str = "") -> str:
        """Return the account that plays a role in this country."""
        found: str = self.house.value(
            "select a.code from accounting.account_roles r join accounting.accounts a"
            f" on a.id = r.account_id where r.role = '{name}' and r.qualifier = '{qualifier}'"
        )
        return found

    def post(self, day: date, *lines: tuple[str, Decimal | int, UUID | None]) -> str:
        """Post an entry of signed amounts; return its id."""
        drafts = [
            LineDraft(
                account,
                debit=Decimal(amount) if amount > 0 else None,
                credit=-Decimal(amount) if amount < 0 else None,
                party_id=party,
            )
            for account, amount, party in lines
        ]
        entry = str(uuid7())
        answer = self.books.post(draft(*drafts, on=day), id=entry)
        assert answer.state == "applied", answer
        return entry

    def sell(self, day: date, net: Decimal, tax: Decimal) -> str:
        """Post what an invoice hands to the ledger; return the entry."""
        code, rate = RATES[self.country]
        entry = str(uuid7())
        amounts = [
            {"amount": "total", "value": str(net + tax)},
            {"amount": "net", "qualifier": code, "value": str(net)},
            {"amount": "tax", "qualifier": code, "rate": rate, "base": str(net), "value": str(tax)},
            {"amount": "cost", "value": "30000"},
        ]
        wanted = {
            "id": entry,
            "rule": "sales.invoice",
            "branch_id": str(ALGIERS.id),
            "by": "salim",
            "on": day.isoformat(),
            "label": f"FA-{day.month}",
            "amounts": amounts,
            "document": {"module": "sales", "kind": "invoice", "number": f"FA-{day.month}"},
            "currency": self.house.value("select currency from core.company"),
            "party_id": str(self.customer),
            "due_on": date(YEAR, day.month + 1, 28).isoformat(),
        }
        with self.house.connect() as connection:
            connection.execute(f"grant accounting_owner to {self.login}")
        with self.house.connect(self.login) as connection:
            connection.execute("set role accounting_owner")
            connection.execute("select accounting.post_v1(%s::jsonb)", [json.dumps(wanted)])
        self.house.run(f"revoke accounting_owner from {self.login}")
        return entry

    def buy(self, day: date, account: str, net: int, use: str) -> str:
        """Book what the supplier invoices; return the entry."""
        line = {"account": account, "net": str(net), "tax_code": RATES[self.country][0], "use": use}
        return self.send(
            POST_PURCHASE,
            branch_id=str(ALGIERS.id),
            kind="invoice",
            party_id=str(self.supplier),
            number=f"{use}-{day.month}",
            dated_on=day.isoformat(),
            booked_on=day.isoformat(),
            total=str(net + tax_of(self, net)),
            lines=[line],
        )

    def send(self, name: str, **payload: Any) -> str:
        """Send a command; return the entry that it posted, if it did."""
        answer = self.books.send(name, payload)
        assert answer.state == "applied", answer
        return str(answer.result.get("entry_id"))

    def match(self, *places: tuple[str, int]) -> None:
        """Let lines settle each other."""
        lines = [{"entry_id": entry, "line_no": line} for entry, line in places]
        self.send("accounting.match_v1", lines=lines)


@pytest.fixture(params=["DZ", "MA", "TN"])
def atlas(request: pytest.FixtureRequest, company: Found) -> Iterator[Company]:
    """A company with its opening entry."""
    place = company(request.param)
    house = place.house
    customer, supplier = uuid7(), uuid7()
    house.run(
        f"insert into accounting.party_names values ('{customer}', 'Benali', 'بن علي'),"
        f" ('{supplier}', 'Moulins', 'المطاحن')"
    )
    session = sign_in(house.dsn(place.login))
    with books_of(house, place.login) as books:
        made = Company(request.param, house, place.login, books, session, customer, supplier)
        capital = ACCOUNTS[made.country][0]
        opening = ((made.role("bank"), 60_000, None), (made.role("inventory"), 40_000, None))
        made.post(date(YEAR, 1, 1), *opening, (capital, -100_000, None))
        yield made
    session.database.close()


def tax_of(company: Company, net: int) -> Decimal:
    return Decimal(net) * Decimal(RATES[company.country][1])


def trade(company: Company) -> None:
    """Live the three months."""
    _capital, machine, worn, charge, pay, owed, social, rent = ACCOUNTS[company.country]
    bank, goods = company.role("bank"), company.role("inventory")
    receivable = company.role("receivable")
    sold, bought = {}, {}
    sale = 50_000 + tax_of(company, 50_000)
    pay_supplier(company, company.buy(date(YEAR, 1, 5), machine, 24_000, "assets"), 24_000)
    for month in (1, 2, 3):
        sold[month] = company.sell(date(YEAR, month, 10), Decimal(50_000), tax_of(company, 50_000))
        bought[month] = company.buy(date(YEAR, month, 12), goods, 25_000, "goods")
        salaries = ((pay, 8_000, None), (owed, -6_500, None), (social, -1_500, None))
        company.post(date(YEAR, month, 25), *salaries)
        company.post(date(YEAR, month, 26), (owed, 6_500, None), (bank, -6_500, None))
        company.post(date(YEAR, month, 3), (rent, 2_000, None), (bank, -2_000, None))
        if month == 2:
            paid = company.post(
                date(YEAR, 2, 20), (receivable, -sale, company.customer), (bank, sale, None)
            )
            company.match((sold[1], 1), (paid, 1))
        elif month == 3:
            pay_by_cheque(company, sold[2], sale)
        if month > 1:
            pay_supplier(company, bought[month - 1], 25_000, date(YEAR, month, 21))
    company.post(date(YEAR, 3, 31), (charge, 1_200, None), (worn, -1_200, None))


def pay_supplier(company: Company, bought: str, net: int, day: date = date(YEAR, 1, 5)) -> None:
    """Pay an invoice of the supplier from the bank; his line is the last of its entry."""
    whole = net + tax_of(company, net)
    payable, bank = company.role("payable"), company.role("bank")
    paid = company.post(day, (payable, whole, company.supplier), (bank, -whole, None))
    company.match((bought, 3), (paid, 1))


def pay_by_cheque(company: Company, sold: str, amount: Decimal) -> None:
    """Take a cheque that comes back unpaid and is cashed the second time."""
    held = str(uuid7())
    taken = company.send(
        "accounting.register_instrument_v1",
        id=held,
        branch_id=str(ALGIERS.id),
        direction="received",
        kind="cheque",
        number="CH-7",
        on=f"{YEAR}-03-16",
        due_on=f"{YEAR}-03-16",
        amount=str(amount),
        party_id=str(company.customer),
        bank="BNA",
    )
    company.match((sold, 1), (taken, 2))
    deposit = {"on": f"{YEAR}-03-17", "purpose": "collection", "instruments": [held]}
    company.send("accounting.deposit_instruments_v1", branch_id=str(ALGIERS.id), **deposit)
    steps = (("reject", 20, "100"), ("represent", 23, "0"), ("cash", 27, "0"))
    for verb, day, fees in steps:
        on = f"{YEAR}-03-{day}"
        company.send(
            "accounting.move_instrument_v1", instrument_id=held, verb=verb, on=on, fees=fees
        )


def due_of(company: Company, month: int) -> Decimal:
    """Return the tax of a month: of goods, Morocco deducts that of the month before."""
    late = 26_000 if company.country == "MA" else 1_000
    return tax_of(company, late if month == 1 else 25_000)


def declare(company: Company) -> None:
    """Declare the three months, and pay what is due of the first two."""
    bank, due = company.role("bank"), company.role("tax_due")
    for month, last in ((1, 31), (2, 28), (3, 31)):
        days = {"first": date(YEAR, month, 1), "last": date(YEAR, month, last)}
        wanted = due_of(company, month)
        told = company.ask(get_return, first_day=days["first"], last_day=days["last"])
        assert told.due == wanted
        payload = {name: day.isoformat() for name, day in days.items()}
        answer = company.books.send(DECLARE_TAX, payload)
        assert Decimal(str(answer.result["due"])) == wanted
        if month < 3:
            company.post(date(YEAR, month + 1, 20), (due, wanted, None), (bank, -wanted, None))


def test_a_quarter_is_traded_declared_closed_and_opened_again(atlas: Company) -> None:
    trade(atlas)
    declare(atlas)

    whole = 158_200 + tax_of(atlas, 50_000)
    waiting = tax_of(atlas, 25_000) if atlas.country == "MA" else Decimal(0)
    assets, liabilities, income = atlas.ask(
        get_statements, ["assets", "liabilities", "income"], **QUARTER
    ).shown
    assert (assets.total, liabilities.total) == (whole, whole)
    assert assets.differs == liabilities.differs == 0
    assert income.total == 28_700
    balance = atlas.ask(get_trial_balance, **QUARTER)
    assert balance.is_balanced
    standing = {row.code: row.closing_debit - row.closing_credit for row in balance.rows}
    assert standing[atlas.role("bank")] == 60_400 - waiting
    assert standing.get(atlas.role("tax_deductible_waiting"), 0) == waiting
    assert standing[atlas.role("inventory")] == 25_000
    assert standing[atlas.role("tax_due")] == -tax_of(atlas, 25_000)
    assert standing.get(atlas.role("tax_collected"), 0) == 0

    claim = 50_000 + tax_of(atlas, 50_000)
    (customer,) = atlas.ask(list_aged, "customer", date(YEAR, 3, 31))
    assert (customer.not_due, customer.balance) == (claim, claim)
    (supplier,) = atlas.ask(list_aged, "supplier", date(YEAR, 4, 30))
    assert (supplier.days_60, supplier.balance) == (claim / 2, claim / 2)
    account = atlas.ask(get_party_account, atlas.customer, "customer", **QUARTER)
    assert (account.closing, len(account.lines)) == (claim, 7)

    atlas.ask(close_year, YEAR, LABELS)

    result = atlas.role("result", "profit")
    opened = atlas.ask(
        get_trial_balance, first_day=date(YEAR + 1, 1, 1), last_day=date(YEAR + 1, 1, 31)
    )
    again = {row.code: row.closing_debit - row.closing_credit for row in opened.rows}
    assert again[result] == -28_700
    assert again[atlas.role("bank")] == 60_400 - waiting
    assert not [code for code in again if code[0] in "67" and again[code]]
    invariants(atlas.house)
