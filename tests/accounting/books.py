"""An accountant at the gate: entries by hand, as a workstation without a journal sends them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from erp_desktop.core.commands import Answer, uuid7
from erp_desktop.server.packs import read_pack
from modules.accounting.entries import POST_ENTRY, REVERSE_ENTRY, EntryDraft, LineDraft
from tests.attacks.intruder import direct
from tests.houses import ALGIERS, YEAR, House

MARCH = date(YEAR, 3, 10)
RENT = ("6132", "512", "50000.00")


def pair(debited: str, credited: str, amount: str, **more: Any) -> tuple[LineDraft, LineDraft]:
    """Return a debit and a credit of the same amount."""
    value = Decimal(amount)
    return (
        LineDraft(debited, debit=value, **more),
        LineDraft(credited, credit=value),
    )


def draft(
    *lines: LineDraft,
    on: date | None = MARCH,
    journal: str = "OD",
    branch: UUID = ALGIERS.id,
    label: str = "Loyer de mars",
) -> EntryDraft:
    """Return an entry; without lines, the rent."""
    return EntryDraft(journal, branch, on, label, lines or pair(*RENT))


class Books:
    """Sends entries as one login and looks at what became of them as the superuser."""

    def __init__(self, house: House, connection: Any, login: str) -> None:
        self.house = house
        self._connection = connection
        self._login = login

    def send(self, name: str, payload: dict[str, Any]) -> Answer:
        """Send any command."""
        return direct(self._connection, name, payload, self._login)

    def post(self, entry: EntryDraft | None = None, **more: Any) -> Answer:
        """Post an entry: the rent, unless another is given."""
        return self.send(POST_ENTRY, {**(entry or draft()).as_json(), **more})

    def reverse(self, entry: Any, on: date | None = None, **more: Any) -> Answer:
        """Reverse an entry by its id."""
        day = {"on": on.isoformat()} if on else {}
        return self.send(REVERSE_ENTRY, {"entry_id": str(entry), **day, **more})

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a function as the accountant's own pages do."""
        places = ", ".join(["%s"] * len(arguments))
        with self._connection.transaction():
            self._connection.execute("set local role accounting_app")
            query = f"select {function}({places})"
            return self._connection.execute(query, list(arguments)).fetchone()[0]

    def period(self, month: int) -> UUID:
        """Return the id of a month."""
        first = date(YEAR, month, 1)
        query = "select id from accounting.periods where kind = 'month'"
        found: UUID = self.house.value(f"{query} and starts_on = '{first}'")
        return found

    def months(self) -> list[int]:
        """Return the month of every entry of a month, in order."""
        query = "select array_agg(extract(month from dated_on)::int order by dated_on)"
        return self.house.value(f"{query} from accounting.entries where journal = 'OD'") or []

    def lines(self, entry: Any) -> list[tuple[Any, ...]]:
        """Return account, debit and credit of an entry's lines."""
        with self.house.connect() as connection:
            found: list[tuple[Any, ...]] = connection.execute(
                "select a.code, l.debit, l.credit from accounting.entry_lines l"
                " join accounting.accounts a on a.id = l.account_id"
                " where l.entry_id = %s order by l.line_no",
                [entry],
            ).fetchall()
            return found

    def close(self, *months: int, state: str = "closed") -> None:
        """Close months of the year behind everybody's back."""
        for month in months:
            self.house.run(
                f"update accounting.periods set state = '{state}'"
                f" where kind = 'month' and starts_on = '{date(YEAR, month, 1)}'"
            )


@contextmanager
def books_of(house: House, login: str = "salim") -> Iterator[Books]:
    """Open the books as somebody."""
    with house.connect(login) as connection:
        yield Books(house, connection, login)


def code_of(answer: Answer) -> str:
    """Return why a request was refused; empty if it was not."""
    assert answer.state in {"applied", "refused"}, answer
    return answer.flags[0].code if answer.state == "refused" else ""


def details_of(answer: Answer) -> dict[str, Any]:
    """Return the details of a refusal."""
    return dict(answer.flags[0].details)


def new_id() -> str:
    """Return an id as text."""
    return str(uuid7())


def invariants(house: House) -> None:
    """Entries balance, numbers have no gap, reversals mirror, nothing is outside its period."""
    wrong = {
        "balance": "select count(*) from (select entry_id from accounting.entry_lines"
        " group by entry_id having sum(debit) <> sum(credit) or count(*) < 2) x",
        "empty": "select count(*) from accounting.entries e where not exists"
        " (select from accounting.entry_lines l where l.entry_id = e.id)",
        "gaps": "select count(*) from accounting.series s where s.last_number <>"
        " (select count(*) from accounting.entries e where e.journal = s.journal"
        "  and e.branch_id = s.branch_id and extract(year from e.dated_on) = s.year)",
        "periods": "select count(*) from accounting.entries e join accounting.periods p"
        " on p.id = e.period_id where e.dated_on not between p.starts_on and p.ends_on",
        "mirrors": "select count(*) from (select m.reverses_id, l.account_id"
        " from accounting.entries m join accounting.entry_lines l"
        " on l.entry_id in (m.id, m.reverses_id) where m.reverses_id is not null"
        " group by m.reverses_id, l.account_id having sum(l.debit - l.credit) <> 0) x",
    }
    found: Sequence[tuple[str, int]] = [(k, house.value(q)) for k, q in wrong.items()]
    assert [(name, number) for name, number in found if number] == []


def under_law(house: House, country: str, currency: str) -> None:
    """Put the company under the law and on the chart of another country."""
    house.run(f"update core.company set currency = '{currency}', country = '{country}'")
    house.run("delete from accounting.law_values; delete from accounting.account_roles")
    with house.connect() as connection:
        connection.execute("select accounting.load_pack(%s)", [Jsonb(read_pack(country))])
