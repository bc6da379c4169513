"""The cashier's part of the guided day: ten sales, a discount, a card, a return, three offline."""

import asyncio
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.demo.check import Printed, printed
from erp_desktop.demo.drawer import DrawerKeeper
from erp_desktop.demo.hands import Hands
from erp_desktop.demo.line import Line
from erp_desktop.demo.plan import DayPlan, Sale
from erp_desktop.plugins.resolving import resolve

# While the line is cut: the fifth, sixth and seventh sale.
CUT, MENDED = 4, 7
# The ninth has five per cent off and is paid partly by card.
MIXED = 8


class Cashier:
    """Sells by scan, and goes on when the line is cut."""

    def __init__(
        self, shell: Any, line: Line, hands: Hands, plan: DayPlan, say: Callable[[str], None]
    ) -> None:
        self._shell = shell
        self._plan = plan
        self._line = line
        self._hands = hands
        self._say = say
        self._receipts = hands.output / "receipts"
        self._workstation = shell.backend.workstation
        self.left = Decimal(0)

    async def work(self) -> list[Printed]:
        """Sell ten times, and wait until head office has answered all of it."""
        self._receipts.mkdir()
        resolve("modules.till.paper:choose_folder")(self._workstation, self._receipts)
        barcodes = await self._known_barcodes()
        till = self._shell.open_page("till.sell")
        await asyncio.sleep(0.3)
        self.keeper = DrawerKeeper(self._shell, till, self._hands, self._plan)
        await self.keeper.open()
        sold: list[Printed] = []
        for number, sale in enumerate(self._plan.sales):
            await self._tend_the_line(number)
            sold.append(await self._sell(till, sale, barcodes, number))
        await self._acknowledged()
        sold.append(await self.keeper.take_back(sold[0].number))
        await self.keeper.pay_in()
        await self._hands.picture(self._shell, "till-arabic-online-again", settle=1.5)
        self.left = await self.keeper.close()
        await self._acknowledged()
        return sold

    async def _acknowledged(self) -> None:
        await self._hands.until(
            lambda: (
                self._workstation.link.state.online and not self._workstation.link.state.waiting
            ),
            "every sale is acknowledged",
            seconds=120,
        )

    async def _tend_the_line(self, number: int) -> None:
        if number == CUT:
            self._say("  the line is cut")
            self._line.cut()
            await self._hands.until(lambda: not self._workstation.link.state.online, "offline")
        elif number == MENDED:
            await self._hands.picture(self._shell, "till-arabic-three-waiting", settle=1.0)
            self._say("  the line is back")
            self._line.mend()

    async def _known_barcodes(self) -> dict[str, str]:
        """Wait for the price list to reach the replica, and return code → barcode of one piece."""
        replica = self._workstation.replica
        wanted = len({code for sale in self._plan.sales for code in sale.basket})
        await self._hands.until(
            lambda: len(replica.by("catalog.products")) >= wanted and replica.by("inventory.stock"),
            "the price list reaches the till",
            seconds=60,
        )
        by_product = {
            row["product_id"]: row["barcode"]
            for row in replica.by("catalog.barcodes")
            if not row["pack_id"]
        }
        return {row["code"]: by_product[row["id"]] for row in replica.by("catalog.products")}

    async def _sell(self, till: Any, sale: Sale, codes: Mapping[str, str], number: int) -> Printed:
        for code, quantity in sale.basket.items():
            await self._scan(till, codes[code], quantity)
        before = till.selling.last
        if number == MIXED:
            await self._discount_and_card(till)
        await self._hands.press(till.scan, Qt.Key.Key_F12)
        if sale.cash:
            await self._hands.type(till.cash.field, sale.cash)
        if number in {0, CUT}:
            name = "till-arabic" if number == 0 else "till-arabic-offline"
            await self._hands.picture(self._shell, name, settle=1.0)
        await self._hands.press(till.cash.field, Qt.Key.Key_Return)
        await self._hands.until(lambda: till.selling.last is not before, "it is in the journal")
        ticket = till.selling.last
        await self._hands.until(
            lambda: any(ticket.number in paper.name for paper in self._receipts.iterdir()),
            "a receipt",
        )
        return printed(ticket)

    async def _discount_and_card(self, till: Any) -> None:
        """Take five per cent off the ticket, and half of it by card."""
        await self._hands.type(till.scan, "5%%", enter=True)
        await self._hands.until(lambda: till.selling.ticket.draft.discount_rate, "the discount")
        await self._hands.press(till.scan, Qt.Key.Key_F10)
        other = till.cash.other
        await self._hands.until(other.isVisible, "the card")
        await self._hands.type(other.amount.editor, self._plan.card)
        await self._hands.type(other.reference.editor, "004217", enter=True)
        await self._hands.until(lambda: till.cash.others, "the card is noted")
        await self._hands.picture(self._shell, "till-arabic-discount-card")

    async def _scan(self, till: Any, barcode: str, quantity: str) -> None:
        lines = till.model.rowCount()
        entry = barcode if quantity == "1" else f"{quantity}*{barcode}"
        await self._hands.type(till.scan, entry, enter=True)
        await self._hands.until(lambda: till.model.rowCount() > lines, f"{barcode} is on it")
