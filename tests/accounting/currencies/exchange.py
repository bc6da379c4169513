"""An accountant who buys and sells in euros."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.currencies import REVALUE, SETTLE, UNDO_REVALUATION
from modules.accounting.entries import LineDraft
from tests.accounting.books import Books, books_of, draft
from tests.houses import ALGIERS, YEAR, House

Line = tuple[UUID, int]
DUPONT = uuid7()


class Exchange:
    """Posts, settles and revalues, and looks at what became of it."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.house = books.house

    def rate(self, day: str, rate: str, currency: str = "EUR") -> None:
        """Enter the rate of a day, however far from the one before."""
        row = {"currency": currency, "rated_on": f"{YEAR}-{day}", "rate": rate, "source": "BA"}
        self.books.call("accounting.save_rates_v1", Jsonb([row]), *(True, True))

    def post(
        self,
        day: str,
        account: str,
        amount: str,
        rate: str,
        *,
        against: str,
        party: UUID | None = DUPONT,
        currency: str = "EUR",
        branch: UUID = ALGIERS.id,
    ) -> Line:
        """Post an amount in a currency on two accounts, a debit of the first if positive."""
        money, each = Decimal(amount), Decimal(rate)
        value = round(abs(money) * each, 2)
        sides: list[dict[str, Any]] = [{"debit": value}, {"credit": value}]
        if money < 0:
            sides.reverse()
        agreed: dict[str, Any] = {"currency": currency, "rate": each, "amount": abs(money)}
        # Money in a currency stays in it; what was sold is in dinars.
        of_money: dict[str, Any] = agreed if against.startswith("5") else {}
        lines = (
            LineDraft(account, party_id=party, **sides[0], **agreed),
            LineDraft(against, **sides[1], **of_money),
        )
        entry = uuid7()
        on = date.fromisoformat(f"{YEAR}-{day}")
        answer = self.books.post(draft(*lines, on=on, label=f"{day} {amount}", branch=branch),
                                 id=str(entry))  # fmt: skip
        assert answer.state == "applied", answer
        return entry, 1

    def settle(self, *lines: Line, amounts: dict[Line, str] | None = None, **more: Any) -> Answer:
        """Let lines settle each other in their currency."""
        asked = [
            {"entry_id": str(entry), "line_no": no, "amount": (amounts or {}).get((entry, no))}
            for entry, no in lines
        ]
        return self.books.send(SETTLE, {"lines": asked, **more})

    def revalue(self, month_end: str) -> Answer:
        """Revalue a month."""
        return self.books.send(REVALUE, {"on": f"{YEAR}-{month_end}", "label": "Réévaluation"})

    def undo(self, month_end: str) -> Answer:
        """Take a revaluation back."""
        return self.books.send(UNDO_REVALUATION, {"on": f"{YEAR}-{month_end}"})

    def lines(self, entry: Any) -> list[str]:
        """Return the lines of an entry: account and signed amount."""
        found = self.books.lines(entry)
        return [f"{code} {debit - credit:+.2f}" for code, debit, credit in found]

    def open(self, day: str = "12-31") -> list[tuple[str, str]]:
        """Return what is open in currencies on a day, and its value in the books."""
        with self.house.connect("salim") as connection:
            connection.execute("set role accounting_app")
            rows = connection.execute(
                "select trim_scale(open)::text, trim_scale(value)::text"
                f" from accounting.open_currency_v1('{YEAR}-{day}') order by dated_on, open desc"
            ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def balance(self, account: str, until: str = "12-31") -> Decimal:
        """Return what an account has in the company's currency at the end of a day."""
        found: Decimal = self.house.value(
            "select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l"
            f" join accounting.accounts a on a.id = l.account_id where a.code = '{account}'"
            f" and l.dated_on <= '{YEAR}-{until}'"
        )
        return found

    def runs(self) -> Sequence[Any]:
        """Return entry, return and money entry of revaluations that stand, by month."""
        with self.house.connect() as connection:
            rows: list[Any] = connection.execute(
                "select entry_id, back_id, money_id from accounting.revaluations"
                " where undone_at is null order by ends_on"
            ).fetchall()
            return rows


@contextmanager
def exchange(house: House, login: str = "salim") -> Iterator[Exchange]:
    """Open the books as somebody; a partner abroad is known."""
    house.run(
        "insert into accounting.party_names values"
        f" ('{DUPONT}', 'Dupont', 'دوبون') on conflict do nothing"
    )
    with books_of(house, login) as books:
        yield Exchange(books)
