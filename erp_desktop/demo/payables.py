"""The accountant pays a supplier: an invoice is typed, and all that is owed goes to the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.core import wall_clock
from erp_desktop.demo.month_plan import Cost, MonthPlan
from erp_desktop.demo.office_hands import OfficeHands

_TAX_CELL, _USE_CELL, _NET_CELL = 4, 5, 7
# Later than anything that is owed today.
_FAR = 90


@dataclass(frozen=True, slots=True)
class Bought:
    """The purchase as its page shows it once it is posted.

    Attributes:
        tax: What is deducted of it.
    """

    number: str
    total: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Ordered:
    """The transfer order as its page shows it."""

    number: str
    total: Decimal


class Payables:
    """Types a purchase, where its supplier is paid, and the order to the bank."""

    def __init__(self, shell: Any, hands: OfficeHands, plan: MonthPlan, country: str) -> None:
        self._shell = shell
        self._hands = hands
        self._plan = plan
        self._country = country
        self._papers = hands.output / "accounting"

    async def buy(self, *, is_known: bool) -> Bought:
        """Type the invoice of a supplier and post it; a known one begins like the last."""
        page = await self._open("accounting.purchase")
        bill, form = self._plan.purchase, page.body.form
        page.fields.party.setFocus()
        await self._hands.write(bill.supplier, Qt.Key.Key_Return)
        await self._hands.until(lambda: form.values().get("party"), "the supplier")
        if is_known:
            await self._hands.until(lambda: _accounts(page), "the line of the last invoice")
        await self._hands.type(form.fields["number"].editor, bill.number)
        await self._hands.type(form.fields["total"].editor, str(bill.total(self._country)))
        for place, line in enumerate(bill.lines):
            await self._type_line(page, place, line)
        await self._hands.picture(self._shell, "purchase-written-french")
        await self._hands.idle(page)
        await self._hands.press(page, Qt.Key.Key_Return, control=True)
        await self._hands.until(lambda: page.presenter.sheet.row, "the purchase is posted")
        row = page.presenter.sheet.row
        return Bought(row.number, row.total, row.deductible)

    async def _type_line(self, page: Any, place: int, line: Cost) -> None:
        grid = page.body.grid
        grid.setFocus()
        if place >= _accounts(page):
            grid.start()
            await self._hands.write(line.account, Qt.Key.Key_Return)
            await self._hands.until(lambda: _accounts(page) > place, f"account {line.account}")
        if grid.lines.lines[place].tax is None or grid.lines.lines[place].tax.code != line.tax:
            grid.setCurrentIndex(grid.lines.index(place, _TAX_CELL))
            await self._hands.write(line.tax, Qt.Key.Key_Return)
            await self._hands.until(lambda: grid.lines.lines[place].tax, f"tax {line.tax}")
        if grid.lines.lines[place].use != line.use:
            grid.setCurrentIndex(grid.lines.index(place, _USE_CELL))
            await self._hands.press(grid, Qt.Key.Key_F2)
            await self._hands.write("", Qt.Key.Key_Down, Qt.Key.Key_Return)
            await self._hands.until(lambda: grid.lines.lines[place].use == line.use, line.use)
        grid.setCurrentIndex(grid.lines.index(place, _NET_CELL))
        await self._hands.write(line.net, Qt.Key.Key_Return)
        await self._hands.until(lambda: grid.lines.lines[place].net, f"{line.net}")

    async def name_bank(self) -> None:
        """Type where the supplier is paid."""
        page = await self._open("accounting.payees")
        supplier = self._plan.owed
        await self._hands.until(
            lambda: any(row.name == supplier.name for row in page.model.rows), "the supplier"
        )
        names = [row.name for row in page.model.rows]
        page.table.select_row(names.index(supplier.name))
        await self._hands.press(page.table, Qt.Key.Key_Return)
        await self._hands.fill(page, bank=supplier.bank, rib=supplier.rib)
        await self._hands.until(
            lambda: all(row.rib for row in page.model.rows), "the supplier's bank account"
        )
        await self._hands.picture(self._shell, "suppliers-bank-accounts-french")

    async def order(self) -> Ordered:
        """Take what is owed to the supplier, and give it to the bank with letter and files."""
        page = await self._open("accounting.transfer_order")
        await self._hands.click_on(page, "What is due…")
        far = f"{wall_clock.today() + timedelta(days=_FAR):%d/%m/%Y}"
        await self._hands.fill(page, until=far, supplier=self._plan.owed.name)
        await self._hands.until(lambda: page.body.grid.lines.lines, "what is owed")
        await self._hands.picture(self._shell, "transfer-order-written-french")
        await self._hands.idle(page)
        await self._hands.press(page, Qt.Key.Key_Return, control=True)
        await self._hands.until(lambda: page.document.number, "the number of the order")
        await self._hands.picture(self._shell, "transfer-order-given-french")
        for title, name in self._paper_names():
            await self._hands.choose(page, title)
            await self._save(page, name)
        await self._hands.click_on(page, "ISO 20022 file")
        await self._save(page, "transfer-order.xml")
        return Ordered(page.document.number, page.kept.order.total)

    def _paper_names(self) -> Sequence[tuple[str, str]]:
        letters = (
            ("PDF in French", "transfer-order-french.pdf"),
            ("PDF in Arabic", "transfer-order-arabic.pdf"),
        )
        # Elsewhere account numbers have no room in it.
        cfonb = (("CFONB 160 file", "transfer-order.txt"),)
        return (*letters, *cfonb) if self._country == "DZ" else letters

    async def _save(self, page: Any, name: str) -> None:
        await self._hands.save(page, self._papers / name)

    async def _open(self, page_id: str) -> Any:
        page = self._shell.open_page(page_id)
        await self._hands.until(lambda: getattr(page, "document", page), f"the page {page_id}")
        return page


def _accounts(page: Any) -> int:
    """Return how many lines have an account."""
    return sum(1 for line in page.body.grid.lines.lines if line.account)
