"""An accountant who matches lines, and looks at what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import Answer, uuid7
from modules.accounting.entries import LineDraft
from tests.accounting.books import Books, draft
from tests.houses import ALGIERS, YEAR, House

Line = tuple[UUID, int]
BENALI, ZAHRA = uuid7(), uuid7()


class MatchBook:
    """The books of somebody, with two parties in them."""

    def __init__(self, house: House, connection: Any, login: str) -> None:
        self.house = house
        self.connection = connection
        self.books = Books(house, connection, login)

    def debt(self, amount: str, on: str = "03-10", label: str = "Facture", **more: Any) -> Line:
        """Post a debit to 411 of a party and return its line; a negative amount is a credit."""
        return self.post("411", amount, on=on, label=label, **more)

    def paid(self, amount: str, on: str = "03-20", label: str = "Virement", **more: Any) -> Line:
        """Post a credit to 411 of a party and return its line."""
        return self.post("411", f"-{amount}", on=on, label=label, against="512", **more)

    def post(
        self,
        account: str,
        amount: str,
        *,
        on: str = "03-10",
        label: str = "Facture",
        party: UUID | None = BENALI,
        against: str = "706",
        branch: UUID = ALGIERS.id,
    ) -> Line:
        """Post two lines, the first on `account`, a debit if the amount is positive."""
        value = Decimal(amount)
        debit, credit = (value, None) if value > 0 else (None, -value)
        entry = uuid7()
        lines = (
            LineDraft(account, debit=debit, credit=credit, party_id=party),
            LineDraft(against, debit=credit, credit=debit),
        )
        day = date.fromisoformat(f"{YEAR}-{on}")
        answer = self.books.post(draft(*lines, on=day, label=label, branch=branch), id=str(entry))
        assert answer.state == "applied", answer
        return entry, 1

    def match(self, *lines: Line, amounts: dict[Line, str] | None = None, **more: Any) -> Answer:
        """Match lines as a request."""
        asked = [
            {"entry_id": str(entry), "line_no": no, "amount": (amounts or {}).get((entry, no))}
            for entry, no in lines
        ]
        return self.books.send("accounting.match_v1", {"lines": asked, **more})

    def unmatch(self, line: Line) -> Answer:
        """Take the letter of a line back."""
        asked = {"entry_id": str(line[0]), "line_no": line[1]}
        return self.books.send("accounting.unmatch_v1", asked)

    def proposals(self, *ways: str, prefix: str = "41") -> list[tuple[str, ...]]:
        """Return reason, reference and amount of what would be matched."""
        query = (
            "select reason, reference, trim_scale(amount)::text"
            " from accounting.match_proposals_v1(%s, '', %s, 100)"
        )
        with self.connection.transaction():
            self.connection.execute("set local role accounting_app")
            found: list[tuple[str, ...]] = self.connection.execute(
                query, [prefix, list(ways)]
            ).fetchall()
            return sorted(found)

    def match_all(self, *ways: str, prefix: str = "41") -> int:
        """Match what is proposed and return how many matches were made."""
        asked = {"account": prefix, "ways": list(ways)}
        answer = self.books.send("accounting.match_all_v1", asked)
        assert answer.state == "applied", answer
        return int(answer.result["matched"])

    def letters(self, *lines: Line) -> str:
        """Return the letters of lines, `.` for none."""
        found = {
            (row[0], row[1]): row[2]
            for row in self.rows("select entry_id, line_no, letter from accounting.matched_lines")
        }
        return " ".join(found.get(line) or "." for line in lines)

    def open(self, *lines: Line, day: str | None = None) -> list[str]:
        """Return what is open of lines, now or at the end of a day."""
        source = f"accounting.open_lines_on('{YEAR}-{day}')" if day else "accounting.open_lines"
        rows = self.rows(f"select entry_id, line_no, trim_scale(open)::text from {source}")
        found = {(row[0], row[1]): row[2] for row in rows}
        return [found.get(line, "0") for line in lines]

    def rows(self, query: str) -> list[Any]:
        """Return rows as the superuser sees them."""
        with self.house.connect() as connection:
            rows: list[Any] = connection.execute(query).fetchall()
            return rows


@contextmanager
def matchbook(house: House, login: str = "salim") -> Iterator[MatchBook]:
    """Open the books as somebody; two parties are known."""
    house.run(
        "insert into accounting.party_names values"
        f" ('{BENALI}', 'Benali', 'بن علي'), ('{ZAHRA}', 'Zahra', 'زهرة') on conflict do nothing"
    )
    with house.connect(login) as connection:
        yield MatchBook(house, connection, login)


LINES_OF = """
    select m.*, d.letter as debit_letter, c.letter as credit_letter
      from accounting.matches m
      join accounting.matched_lines d on (d.entry_id, d.line_no) = (m.debit_entry, m.debit_line)
      join accounting.matched_lines c on (c.entry_id, c.line_no) = (m.credit_entry, m.credit_line)
     where m.undone_at is null
"""
# What must be empty, whatever was matched and taken back.
LIES = {
    "a line is matched as much as its matches say": """
        select from accounting.matched_lines s
         where s.matched <> coalesce((select sum(m.amount) from accounting.matches m
            where m.undone_at is null and ((m.debit_entry, m.debit_line) = (s.entry_id, s.line_no)
               or (m.credit_entry, m.credit_line) = (s.entry_id, s.line_no))), 0)""",
    "never beyond what it has": """
        select from accounting.matched_lines s join accounting.entry_lines l
         using (entry_id, line_no) where s.whole <> l.debit + l.credit or s.matched > s.whole""",
    "it has a letter if it is matched": """
        select from accounting.matched_lines where (matched > 0) <> (letter_no is not null)
            or (letter is null) <> (letter_no is null)""",
    "what hangs together has one letter": f"""
        select from ({LINES_OF}) m where m.debit_letter is distinct from m.credit_letter""",
    "what has one letter hangs together": """
        select from accounting.matched_lines s where s.letter_no is not null
           and (select count(*) from accounting.group_of(s.entry_id, s.line_no))
               <> (select count(*) from accounting.matched_lines o
                    where (o.account_id, o.party_key, o.letter_no)
                          = (s.account_id, s.party_key, s.letter_no))""",
    "capitals balance": """
        select from accounting.matched_lines where letter_no is not null
         group by account_id, party_key, letter_no
        having bool_and(matched = whole) <> bool_and(letter = upper(letter))""",
}


def true_to_lines(house: House) -> None:
    """Each line is as open as its matches leave it, and letters follow groups."""
    found = {name: house.value(f"select count(*) from ({query}) x") for name, query in LIES.items()}
    assert {name: number for name, number in found.items() if number} == {}
