"""The lines of a transfer order as they are typed or taken from what is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import N_, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.cells import NUMBER, AmountCell, LineColumn, LinkCell, TextCell
from erp_desktop.ui.tables import RIGHT
from modules.accounting.selectors.transfer_orders import TransferLine, TransferProposal
from modules.accounting.transfer_files.transfers import spaced
from modules.accounting.transfer_order_errors import TransferLineIncompleteError
from modules.accounting.transfer_orders import TransferDraft
from modules.accounting.widgets.line_columns import partners

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line while it is typed.

    Attributes:
        entry: Id of the entry that is paid; empty for an advance.
        open: What its line has left.
        account: RIB or IBAN of the supplier, as far as it is known here.
        home: The company's currency.
    """

    party: LinkChoice | None = None
    document: str = ""
    due_on: date | None = None
    open: Decimal | None = None
    amount: Decimal | None = None
    reason: str = ""
    account: str = ""
    entry: str = ""
    entry_line: int = 0
    home: str = "DZD"

    def as_draft(self) -> TransferDraft:
        """Return what is kept.

        Raises:
            TransferLineIncompleteError: Supplier, amount or reason is missing.
        """
        if self.party is None or not self.amount or not self.reason.strip():
            raise TransferLineIncompleteError
        paid = (UUID(self.entry), self.entry_line) if self.entry else (None, None)
        return TransferDraft(self.party.id, self.amount, self.reason, *paid)


def line_kept(line: TransferLine, home: str) -> Line:
    """Return a line as it was kept."""
    return Line(
        LinkChoice(line.party_id, "", line.name, line.name_ar),
        line.document,
        line.due_on,
        line.open,
        line.amount,
        line.reason,
        line.rib or line.iban,
        str(line.entry_id or ""),
        line.entry_line or 0,
        home,
    )


def line_due(due: TransferProposal, home: str) -> Line:
    """Return a line that pays what is due and no other draft pays."""
    left = due.open - due.drafted
    return Line(
        LinkChoice(due.party_id, "", due.name, due.name_ar),
        due.document,
        due.due_on,
        left,
        left,
        due.reason,
        due.rib or due.iban,
        str(due.entry_id),
        due.entry_line,
        home,
    )


def total(lines: Sequence[Line]) -> Decimal:
    """Return what leaves the bank."""
    return sum((line.amount or _NOTHING for line in lines), _NOTHING)


def _put_party(line: Line, party: LinkChoice | None) -> Line:
    """An invoice keeps its supplier; an advance may change him."""
    return line if line.entry else replace(line, party=party, account="")


def _put_amount(line: Line, amount: Decimal | None) -> Line:
    rounded = round_money(amount, CURRENCIES[line.home]) if amount else None
    return replace(line, amount=rounded)


def _amount(value: Decimal | None, line: Line) -> str:
    return current().amount(value, line.home) if value else ""


COLUMNS: tuple[LineColumn[Line], ...] = (
    NUMBER,
    LineColumn(
        N_("Supplier"),
        lambda line: line.party.named(current().language) if line.party else "",
        value=lambda line: line.party,
        cell=LinkCell(partners, shows="name"),
        put=_put_party,
    ),
    LineColumn(N_("Invoice"), lambda line: current().isolate(line.document), width=140),
    LineColumn(
        N_("Due date"), lambda line: current().date(line.due_on) if line.due_on else "", width=92
    ),
    LineColumn(N_("Left to pay"), lambda line: _amount(line.open, line), RIGHT, width=105),
    LineColumn(
        N_("Amount"),
        lambda line: _amount(line.amount, line),
        RIGHT,
        width=110,
        value=lambda line: line.amount,
        cell=AmountCell(least=_NOTHING),
        put=_put_amount,
    ),
    LineColumn(
        N_("Reason"),
        lambda line: line.reason,
        width=170,
        value=lambda line: line.reason,
        cell=TextCell(),
        put=lambda line, reason: replace(line, reason=reason),
    ),
    LineColumn(N_("RIB or IBAN"), lambda line: current().isolate(spaced(line.account)), width=200),
)
