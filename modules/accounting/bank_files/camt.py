"""CAMT.053: the statement of ISO 20022, in any of its versions.

Read are booked entries and the balances OPBD (or PRCD) and CLBD. A batch is one movement, as the
balance knows it.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from erp_desktop.imports.problems import Problem, What
from modules.accounting.bank_files import problems
from modules.accounting.bank_files.statement import Statement, StatementLine
from modules.accounting.bank_files.xml_tree import Node, read_xml

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,5})?")
_REFERENCES = (
    "NtryDtls/TxDtls/Refs/ChqNb",
    "NtryDtls/TxDtls/Refs/EndToEndId",
    "AcctSvcrRef",
    "NtryRef",
)
_NO_REFERENCE = "NOTPROVIDED"


@dataclass(slots=True)
class _Reader:
    """Notes all that is wrong; what cannot be read is None."""

    problems: list[Problem] = field(default_factory=list)

    def note(self, node: Node, what: What, value: str = "", **details: str) -> None:
        self.problems.append(Problem(node.row, 0, "camt", value, what, details))

    def statement(self, node: Node) -> Statement | None:
        """Return a statement that proves itself, or None after noting why not."""
        before = len(self.problems)
        opening = self.balance(node, "OPBD", "PRCD")
        closing = self.balance(node, "CLBD")
        booked = [each for each in node.each("Ntry") if each.find("Sts/Cd", "Sts") == "BOOK"]
        currency = next((each.attributes.get("Ccy", "") for each in node.each("Bal/Amt")), "")
        for each in booked:
            self.check_currency(each, currency)
        lines = tuple(filter(None, map(self.movement, booked)))
        if len(self.problems) > before or opening is None or closing is None:
            return None
        (opened_on, first), (closed_on, last) = opening, closing
        expected = first + sum(line.amount for line in lines)
        if expected != last:
            self.note(node, problems.BALANCE_WRONG, str(last), expected=str(expected))
            return None
        account = node.find("Acct/Id/IBAN", "Acct/Id/Othr/Id")
        return Statement(account, currency, opened_on, first, closed_on, last, lines)

    def check_currency(self, node: Node, currency: str) -> None:
        """Note an entry that is in another currency than its statement."""
        for amount in node.each("Amt"):
            found = amount.attributes.get("Ccy", "")
            if currency and found != currency:
                self.note(amount, problems.FIELD_UNREADABLE, found, field="Amt Ccy")

    def balance(self, node: Node, *codes: str) -> tuple[date, Decimal] | None:
        """Return the day and the amount of the first balance with one of these codes."""
        for code in codes:
            for each in node.each("Bal"):
                if each.find("Tp/CdOrPrtry/Cd") == code:
                    day, amount = self.day(each, "Dt"), self.amount(each)
                    return None if day is None or amount is None else (day, amount)
        self.note(node, problems.FIELD_MISSING, field=f"Bal {codes[0]}")
        return None

    def movement(self, node: Node) -> StatementLine | None:
        """Return an entry, or None after noting why not."""
        booked_on, amount = self.day(node, "BookgDt"), self.amount(node)
        has_value_day = bool(node.find("ValDt/Dt", "ValDt/DtTm"))
        valued_on = self.day(node, "ValDt") if has_value_day else booked_on
        if booked_on is None or amount is None or valued_on is None:
            return None
        said = [each.text for each in node.each("NtryDtls/TxDtls/RmtInf/Ustrd")]
        references = (node.find(path) for path in _REFERENCES)
        return StatementLine(
            booked_on,
            valued_on,
            amount,
            " ".join(filter(None, said)) or node.find("AddtlNtryInf"),
            next((each for each in references if each not in {"", _NO_REFERENCE}), ""),
        )

    def amount(self, node: Node) -> Decimal | None:
        """Return the amount of a balance or an entry: below zero if the bank took it."""
        written, side = node.find("Amt"), node.find("CdtDbtInd")
        if not _AMOUNT.fullmatch(written):
            self.note(node, problems.FIELD_UNREADABLE, written, field="Amt")
        elif side not in {"CRDT", "DBIT"}:
            self.note(node, problems.FIELD_UNREADABLE, side, field="CdtDbtInd")
        else:
            return Decimal(written) if side == "CRDT" else -Decimal(written)
        return None

    def day(self, node: Node, name: str) -> date | None:
        """Return a day, of which banks write the hour too."""
        written = node.find(f"{name}/Dt", f"{name}/DtTm")
        try:
            return date.fromisoformat(written[:10])
        except ValueError:
            self.note(node, problems.FIELD_UNREADABLE, written, field=name)
            return None


def read_camt(content: bytes) -> tuple[list[Statement], list[Problem]]:
    """Return the statements of a file, and all that is wrong with it.

    Nothing may be imported while there are problems.
    """
    root = read_xml(content)
    if isinstance(root, Problem):
        return [], [root]
    reader = _Reader()
    found = list(root.each("Document/BkToCstmrStmt/Stmt"))
    if not found:
        reader.note(root, problems.FILE_EMPTY)
    statements = [each for each in map(reader.statement, found) if each is not None]
    return statements, reader.problems
