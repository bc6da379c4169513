"""What the guided day compares: a figure that somebody saw, and what PostgreSQL has."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg

from erp_desktop.core.money import CURRENCIES
from erp_desktop.server.packs import read_pack


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as the day knows it and as the database has it."""

    name: str
    expected: str
    found: str

    @property
    def is_right(self) -> bool:
        """Whether both agree."""
        return self.expected == self.found


class Books:
    """The database as the check reads it: amounts with the decimals of the country's currency."""

    def __init__(self, connection: psycopg.Connection[Any], country: str) -> None:
        self._connection = connection
        self.currency = CURRENCIES[read_pack(country)["currency"]]

    def value(self, query: str, values: Sequence[Any] = ()) -> str:
        """Return the one value that a query finds, as text."""
        row = self._connection.execute(query, values).fetchone()
        return str(row[0]) if row else ""

    def amount(self, query: str, values: Sequence[Any] = ()) -> str:
        """Return the one amount that a query finds."""
        return self.written(Decimal(self.value(query, values)))

    def written(self, amount: Decimal) -> str:
        """Write an amount as the check compares it."""
        return f"{amount:.{self.currency.decimals}f}"

    def account(self, role: str) -> str:
        """Return the account that has a role in the country's chart."""
        return self.value(
            "select a.code from accounting.account_roles r"
            " join accounting.accounts a on a.id = r.account_id"
            " where r.role = %s and r.qualifier = ''",
            [role],
        )

    def balance(self, account: str) -> str:
        """Return the balance of an account."""
        return self.amount(
            "select coalesce(sum(l.debit - l.credit), 0) from accounting.entry_lines l"
            " join accounting.accounts a on a.id = l.account_id where a.code = %s",
            [account],
        )

    def owed(self, account: str) -> str:
        """Return the balance of an account that the company owes from."""
        return self.written(-Decimal(self.balance(account)))
