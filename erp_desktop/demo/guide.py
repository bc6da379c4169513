"""The guided day: real widgets through a day at Atlas Distribution, and a check of every figure."""

import asyncio
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from erp_desktop.app import Program, make_application
from erp_desktop.demo.check import Printed, check_day
from erp_desktop.demo.company import folder
from erp_desktop.demo.hands import Hands, NotSeenError
from erp_desktop.plugins.resolving import resolve
from erp_desktop.ui import language, loop, theme

# What ten customers buy: codes of the demo's price list with quantities, and the cash they give.
SALES: Sequence[tuple[Mapping[str, str], str]] = (
    ({"ATL-001": "2", "ATL-004": "1", "ATL-007": "10", "ATL-041": "3"}, "10000"),
    ({"ATL-020": "1", "ATL-011": "2"}, "1000"),
    ({"ATL-036": "1"}, "200"),
    ({"ATL-024": "2", "ATL-025": "1", "ATL-028": "4"}, "6000"),
    ({"ATL-031": "6"}, "1000"),
    ({"ATL-003": "1", "ATL-055": "1"}, ""),
    ({"ATL-043": "2", "ATL-045": "3", "ATL-048": "1"}, "3000"),
    ({"ATL-017": "2", "ATL-019": "3"}, "2000"),
    ({"ATL-058": "10", "ATL-059": "20", "ATL-060": "1"}, "5000"),
    ({"ATL-039": "1", "ATL-029": "5"}, ""),
)
# While the line is cut: the fifth, sixth and seventh sale.
CUT, MENDED = 4, 7


def guide(stage: Any, output: Path) -> int:
    """Live the day; return 0 when every figure is right.

    Args:
        stage: The running demo (`erp_desktop.demo.run.Stage`).
        output: Where pictures, receipts and summary go; emptied first.
    """
    if output.exists():
        shutil.rmtree(output)
    output.mkdir(parents=True)
    settings = replace(stage.settings, language="ar", idle_minutes=0)
    application = make_application(settings)
    day = Day(Program(settings), stage, Hands(output, _say), application)
    try:
        return int(loop.run(application, day.live()))
    except NotSeenError as missing:
        _say(f"The day stopped: {missing}")
        return 1


class Day:
    """One day, told as a story."""

    def __init__(self, program: Program, stage: Any, hands: Hands, application: Any) -> None:
        self._program = program
        self._stage = stage
        self._hands = hands
        self._application = application
        self._receipts = hands.output / "receipts"

    async def live(self) -> int:
        """Open, import, count, sell with and without a line, look at the books, check."""
        running = asyncio.create_task(self._program.main())
        try:
            await self._enrol()
            await self._import()
            await self._count()
            sold = await self._sell()
            await self._look_at_the_books()
            await self._look_around()
            return check_day(self._stage.demo, sold, self._hands.output, _say)
        finally:
            self._program.quit()
            await running

    @property
    def _shell(self) -> Any:
        return self._program.shell

    async def _sign_in(self, login: str, *, picture: str = "") -> None:
        window = self._program.login
        await self._hands.until(window.isVisible, "the sign-in window")
        window.resize(980, 640)
        await self._hands.type(window.name_field, login)
        await self._hands.type(window.password_field, self._stage.demo.users[login].password)
        if picture:
            await self._hands.picture(window, picture)
        await self._hands.press(window.password_field, Qt.Key.Key_Return)
        await self._hands.until(lambda: self._program.shell, f"{login} is signed in")
        self._hands.size(self._shell)
        await self._hands.until(lambda: self._shell.tabs.current, "a first page")

    async def _sign_out(self) -> None:
        self._shell.do("sign_out")
        await self._hands.until(lambda: self._program.shell is None, "the desk is left")

    async def _page(self, page_id: str) -> Any:
        page = self._shell.open_page(page_id)
        await asyncio.sleep(0.3)
        return page

    async def _enrol(self) -> None:
        """The manager makes this computer the first till of Algiers."""
        _say("The branch manager enrols this computer …")
        await self._sign_in("karim", picture="sign-in-arabic")
        backend = self._shell.backend
        await backend.enrol_here("Caisse 1", backend.user.branch.id)
        await self._sign_out()

    async def _import(self) -> None:
        """The buyer imports the price list, in French."""
        _say("The buyer imports the price list …")
        await self._sign_in("lila")
        page = self._shell.open_page("catalog.import", str(folder() / "products.csv"))
        await self._hands.advance(page)
        await self._hands.picture(self._shell, "import-checked-french")
        await self._hands.advance(page)
        await self._hands.picture(self._shell, "imported-french")
        await self._page("catalog.products")
        await self._hands.picture(self._shell, "products-french", settle=1.0)
        await self._sign_out()

    async def _count(self) -> None:
        """The clerk opens the stock from a counted list, in Arabic."""
        _say("The clerk opens the stock …")
        await self._sign_in("omar")
        page = await self._page("inventory.opening")
        page.import_file(folder() / "opening_stock.csv")
        await self._hands.ready(page)
        await self._hands.picture(self._shell, "opening-stock-arabic", settle=1.0)
        await self._hands.advance(page)
        await self._page("inventory.stock")
        await self._hands.picture(self._shell, "stock-arabic", settle=1.5)
        await self._sign_out()

    async def _sell(self) -> list[Printed]:
        """The cashier sells ten times; for three of them the line is cut."""
        _say("The cashier sells ten times …")
        await self._sign_in("amina")
        workstation = self._shell.backend.workstation
        self._receipts.mkdir()
        resolve("modules.till.paper:choose_folder")(workstation, self._receipts)
        barcodes = await self._known_barcodes(workstation)
        till = await self._page("till.sell")
        sold: list[Printed] = []
        for number, (basket, cash) in enumerate(SALES):
            if number == CUT:
                _say("  the line is cut")
                self._stage.line.cut()
                await self._hands.until(lambda: not workstation.link.state.online, "offline")
            if number == MENDED:
                _say("  the line is back")
                self._stage.line.mend()
            sold.append(await self._sell_one(till, basket, cash, barcodes, number))
        await self._hands.until(
            lambda: workstation.link.state.online and not workstation.link.state.waiting,
            "every sale is acknowledged",
            seconds=120,
        )
        await self._hands.picture(self._shell, "till-arabic-online-again", settle=1.5)
        await self._page("core.sync")
        await self._hands.picture(self._shell, "what-the-till-sent-arabic", settle=1.0)
        await self._sign_out()
        return sold

    async def _known_barcodes(self, workstation: Any) -> dict[str, str]:
        """Wait for the price list to reach the replica, and return code → barcode."""
        replica = workstation.replica
        await self._hands.until(
            lambda: (
                len(replica.by("catalog.products")) >= len({c for b, _ in SALES for c in b})
                and len(replica.by("inventory.stock")) > 0
            ),
            "the price list reaches the till",
            seconds=60,
        )
        by_product = {row["product_id"]: row["barcode"] for row in replica.by("catalog.barcodes")}
        return {row["code"]: by_product[row["id"]] for row in replica.by("catalog.products")}

    async def _sell_one(
        self, till: Any, basket: Mapping[str, str], cash: str, codes: Mapping[str, str], number: int
    ) -> Printed:
        for code, quantity in basket.items():
            await self._scan(till, codes[code], quantity)
        before = till.selling.last
        await self._hands.press(till.scan, Qt.Key.Key_F12)
        if cash:
            await self._hands.type(till.cash.field, cash)
        if number in {0, CUT}:
            name = "till-arabic" if number == 0 else "till-arabic-offline"
            await self._hands.picture(self._shell, name, settle=1.0)
        await self._hands.press(till.cash.field, Qt.Key.Key_Return)
        await self._hands.until(
            lambda: till.selling.last is not before, "the sale is in the journal"
        )
        ticket = till.selling.last
        paper = self._receipts
        await self._hands.until(
            lambda: any(ticket.number in path.name for path in paper.iterdir()), "a receipt"
        )
        return Printed(ticket.number, ticket.total)

    async def _scan(self, till: Any, barcode: str, quantity: str) -> None:
        lines = len(till.selling.draft.lines)
        entry = barcode if quantity == "1" else f"{quantity}*{barcode}"
        await self._hands.type(till.scan, entry, enter=True)
        await self._hands.until(
            lambda: len(till.selling.draft.lines) > lines, f"{barcode} is on it"
        )

    async def _look_at_the_books(self) -> None:
        """The accountant reads the trial balance, in French."""
        _say("The accountant looks at the books …")
        await self._sign_in("salima")
        await self._page("accounting.trial_balance")
        await self._hands.picture(self._shell, "trial-balance-french", settle=2.0)
        await self._page("accounting.entries")
        await self._hands.picture(self._shell, "entries-french", settle=1.5)
        await self._sign_out()

    async def _look_around(self) -> None:
        """The administrator looks around: dark, and in English."""
        await self._sign_in("admin")
        await self._page("admin.users")
        await self._hands.picture(self._shell, "users-french", settle=1.5)
        palette = self._shell.open_palette()
        await self._hands.picture(self._shell, "search-and-commands-french", settle=0.8)
        palette.close()
        language.use("en", "DZ")
        theme.use(theme.Look("dark", theme.look().density))
        await self._hands.picture(self._shell, "users-english-dark", settle=1.0)
        theme.use(theme.Look("light", theme.look().density))
        QApplication.processEvents()


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
