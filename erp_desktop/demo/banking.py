"""The accountant and the bank: its statement is imported, reconciled, and proved on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.core import wall_clock
from erp_desktop.demo.month_plan import MonthPlan
from erp_desktop.demo.office_hands import OfficeHands
from erp_desktop.demo.past import Past
from erp_desktop.demo.reading import Reader

_HEAD = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
    "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement as the bank writes it."""

    kind: str
    amount: Decimal
    name: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the pages showed.

    Attributes:
        proposed: How many movements the program found in the ledger by itself.
        left: What stood on one side only after all was done.
        ledger: The balance of the ledger on the reconciliation statement.
        bank: That of the bank, there.
        expected: What the account must have: before today, and what moved.
    """

    proposed: int
    left: int
    ledger: Decimal
    bank: Decimal
    expected: Decimal


def statement_file(rib: str, currency: str, day: date, moves: Sequence[Moved], closing: str) -> str:
    """Return a statement of a day as OFX, the way a bank's web site writes it."""
    rows = "".join(
        f"<STMTTRN>\n<TRNTYPE>{each.kind}\n<DTPOSTED>{day:%Y%m%d}\n<TRNAMT>{each.amount}\n"
        f"<FITID>{day:%y%m%d}{number}\n<NAME>{each.name}\n"
        + (f"<MEMO>{each.memo}\n" if each.memo else "")
        + "</STMTTRN>\n"
        for number, each in enumerate(moves, start=1)
    )
    return (
        f"{_HEAD}<OFX>\n"
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>\n"
        f"<DTSERVER>{day:%Y%m%d}<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>\n"
        "<BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS>\n"
        f"<STMTRS>\n<CURDEF>{currency}\n"
        f"<BANKACCTFROM><BANKID>{rib[:3]}<ACCTID>{rib}<ACCTTYPE>CHECKING</BANKACCTFROM>\n"
        f"<BANKTRANLIST>\n<DTSTART>{day:%Y%m%d}\n<DTEND>{day:%Y%m%d}\n{rows}</BANKTRANLIST>\n"
        f"<LEDGERBAL><BALAMT>{closing}<DTASOF>{day:%Y%m%d}</LEDGERBAL>\n"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n"
    )


class Banking:
    """Imports what the bank sent, and leaves nothing open."""

    def __init__(self, shell: Any, hands: OfficeHands, plan: MonthPlan, reader: Reader) -> None:
        self._shell = shell
        self._hands = hands
        self._plan = plan
        self._reader = reader
        self._code = plan.bank.code

    def receive(self, past: Past, moves: Sequence[Moved], currency: str) -> Path:
        """Write the bank's file of today, which begins with what the account had before."""
        closing = past.at_bank + sum((each.amount for each in moves), Decimal(0))
        path = self._hands.output / "accounting" / "bank-statement.ofx"
        rib, today = self._plan.bank.rib, wall_clock.today()
        path.write_text(statement_file(rib, currency, today, moves, str(closing)), encoding="ascii")
        return path

    async def reconcile(self, path: Path, past: Past, moves: Sequence[Moved]) -> Reconciled:
        """Import the file, accept what is proposed, book the fees, and prove the balance."""
        await self._import(path, len(moves))
        proposed = await self._accept()
        left = await self._finish(past)
        page = self._shell.open_page("accounting.bank_state", self._code)
        await self._hands.until(lambda: page.report.totals, "the reconciliation statement")
        totals = page.report.totals
        await self._reader.keep(page, "bank-reconciliation")
        expected = past.at_bank + sum((each.amount for each in moves), Decimal(0))
        return Reconciled(proposed, left, totals.ledger, totals.bank, expected)

    async def _import(self, path: Path, number: int) -> None:
        page = self._shell.open_page("accounting.bank_file", self._code)
        await self._hands.click_on(page, "Choose a file…")
        await self._hands.file(page, path)
        await self._hands.until(lambda: page.model.rowCount() == number, "the movements")
        await self._hands.picture(self._shell, "bank-file-french")
        await self._hands.click_on(page, "Import the file")
        await self._hands.until(lambda: self._shell.tabs.current.page is not page, "they are taken")

    async def _accept(self) -> int:
        page = self._shell.open_page("accounting.bank_proposals", self._code)
        await self._hands.until(page.model.rowCount, "proposals")
        proposed: int = page.model.rowCount()
        await self._reader.both(page, "bank-proposals")
        await self._hands.click_on(page, "Accept all")
        await self._hands.until(lambda: not page.model.rowCount(), "all is accepted")
        return proposed

    async def _finish(self, past: Past) -> int:
        """Book the fees, and reconcile what the account had before; return what is left."""
        page = self._shell.open_page("accounting.bank_reconciliation", self._code)
        bank, books = page.bank, page.books
        await self._hands.until(
            lambda: (bank.model.rowCount(), books.model.rowCount()) == (2, past.on_bank),
            "what neither side knows of the other",
        )
        fees = [side.row.is_opening for side in bank.model.rows].index(False)
        await self._hands.mark(bank.table, [fees])
        await self._hands.click_on(page, "Book the marked…")
        asked = self._plan.fees
        await self._hands.fill(page, "bank-fees-french", account=asked.account, tax=asked.tax)
        await self._hands.until(lambda: bank.model.rowCount() == 1, "the fees are booked")
        await self._hands.mark(bank.table, [0])
        await self._hands.mark(books.table, range(past.on_bank))
        await self._reader.both(page, "bank-reconciling")
        await self._hands.idle(page)
        await self._hands.press(page, Qt.Key.Key_S, control=True)
        await self._hands.until(
            lambda: not bank.model.rowCount() or not books.model.rowCount(), "all is reconciled"
        )
        return int(bank.model.rowCount() + books.model.rowCount())
