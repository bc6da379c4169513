"""The accountant's short month: a supplier is paid, the bank is reconciled, the books are read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from erp_desktop.core.money import CURRENCIES
from erp_desktop.demo.banking import Banking, Moved, Reconciled
from erp_desktop.demo.closing import Closed, Closing
from erp_desktop.demo.company import Demo
from erp_desktop.demo.month_plan import MonthPlan, read_month
from erp_desktop.demo.office_hands import OfficeHands
from erp_desktop.demo.past import Past, bank_ledger
from erp_desktop.demo.payables import Bought, Ordered, Payables
from erp_desktop.demo.reading import Reader
from erp_desktop.server.packs import read_pack

# Letters and reports, in two languages each: one letter, seven reports.
_PAPERS = 2 * 8


@dataclass(frozen=True, slots=True)
class Month:
    """What the accountant saw.

    Attributes:
        papers: How many PDFs there must be.
    """

    plan: MonthPlan
    past: Past
    bought: Bought
    ordered: Ordered
    reconciled: Reconciled
    closed: Closed
    papers: int = _PAPERS


async def keep_month(
    shell: Any, hands: OfficeHands, demo: Demo, *, past: Past, received: Decimal
) -> Month:
    """Live the month in the windows of the accountant.

    Args:
        shell: Her main window.
        hands: Hers.
        demo: The company.
        past: What it did before today.
        received: What a customer has paid by transfer today.
    """
    (hands.output / "accounting").mkdir()
    plan = read_month(demo.folder)
    reader = Reader(shell, hands, demo.country)
    payables = Payables(shell, hands, plan, demo.country)
    bought = await payables.buy(is_known=past.months > 0)
    await payables.name_bank()
    ordered = await payables.order()
    moves = (
        Moved("CREDIT", received, "VIREMENT RECU", "CLIENT"),
        Moved("DEBIT", -ordered.total, "VIREMENT EMIS", ordered.number),
        Moved("FEE", -plan.fees_paid, plan.fees.label),
    )
    banking = Banking(shell, hands, plan, reader)
    currency = CURRENCIES[read_pack(demo.country)["currency"]].code
    path = banking.receive(past, moves, currency)
    reconciled = await banking.reconcile(path, past, moves)
    closing = Closing(shell, hands, plan, reader)
    closed = await closing.close(bank_ledger(demo.country))
    return Month(plan, past, bought, ordered, reconciled, closed)
