"""An accountant who keeps the register of assets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.assets import DEPRECIATE, DISPOSE, UNDO_DEPRECIATION, UNDO_DISPOSAL
from modules.accounting.entries import LineDraft
from tests.accounting.books import Books, draft
from tests.houses import ALGIERS, YEAR, House


class Register:
    """Keeps assets, depreciates and sells them, and looks at what became of it."""

    def __init__(self, house: House, connection: Any, login: str) -> None:
        self.house = house
        self.connection = connection
        self.books = Books(house, connection, login)

    def add(self, code: str, category: str, cost: str, since: str, **more: Any) -> UUID:
        """Keep a new asset in service since a day of the year, `07-15`; straight, 60 months."""
        asset = uuid7()
        day = since if len(since) == 10 else f"{YEAR}-{since}"
        told = {
            "id": str(asset), "code": code, "name": code.title(), "category": category,
            "branch_id": str(ALGIERS.id), "acquired_on": day, "cost": cost, "method": "linear",
            "life_months": 60, **more,
        }  # fmt: skip
        self.books.call("accounting.save_asset_v1", Jsonb(told), None)
        return asset

    def buy(self, account: str, against: str, amount: str, on: str) -> None:
        """Post what an asset cost."""
        value = Decimal(amount)
        lines = (LineDraft(account, debit=value), LineDraft(against, credit=value))
        answer = self.books.post(draft(*lines, on=date.fromisoformat(f"{YEAR}-{on}")))
        assert answer.state == "applied", answer

    def depreciate(self, month_end: str, year: int = YEAR) -> Answer:
        """Post a month, or all months until then."""
        return self.books.send(DEPRECIATE, {"on": f"{year}-{month_end}", "label": "Dotations"})

    def undo(self, month_end: str) -> Answer:
        """Take a run back."""
        return self.books.send(UNDO_DEPRECIATION, {"on": f"{YEAR}-{month_end}"})

    def dispose(self, asset: UUID, on: str, **more: Any) -> Answer:
        """Sell or scrap an asset."""
        return self.books.send(DISPOSE, {"asset_id": str(asset), "on": f"{YEAR}-{on}", **more})

    def keep(self, asset: UUID) -> Answer:
        """Take a sale back."""
        return self.books.send(UNDO_DISPOSAL, {"asset_id": str(asset)})

    def lines(self, entry: Any) -> list[str]:
        """Return the lines of an entry: account and signed amount."""
        return [f"{code} {debit - credit:+.2f}" for code, debit, credit in self.books.lines(entry)]

    def run(self, month_end: str) -> list[str]:
        """Return the lines of the run that stands at the end of a month."""
        return self.lines(
            self.house.value(
                "select entry_id from accounting.depreciation_runs"
                f" where undone_at is null and ends_on = '{YEAR}-{month_end}'"
            )
        )

    def used(self, asset: UUID) -> Decimal:
        """Return what stands in the books as used up of an asset."""
        found: Decimal = self.house.value(
            f"select accounting.depreciated(a) from accounting.assets a where a.id = '{asset}'"
        )
        return found


@contextmanager
def register_of(house: House, login: str = "salim") -> Iterator[Register]:
    """Open the register as somebody."""
    with house.connect(login) as connection:
        yield Register(house, connection, login)
