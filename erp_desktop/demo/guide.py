"""The guided day: real widgets through a day of a trading company, and a check of every figure."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Slot, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from erp_desktop.app import Program, make_application
from erp_desktop.demo.accountant import Accountant, Invoiced
from erp_desktop.demo.cashier import Cashier
from erp_desktop.demo.check import Printed, Told, check_day
from erp_desktop.demo.company import welcome_customers
from erp_desktop.demo.hands import NotSeenError
from erp_desktop.demo.manager import Manager
from erp_desktop.demo.month import Month, keep_month
from erp_desktop.demo.office_hands import OfficeHands
from erp_desktop.demo.past import Past, remember_past
from erp_desktop.demo.plan import read_day
from erp_desktop.ui import language, loop, theme

_OF_NO_DISPLAY = "This plugin does not support"


def guide(stage: Any, output: Path, *, takes_pictures: bool = True) -> int:
    """Live the day; return 0 when every figure is right.

    Args:
        stage: The running demo (`erp_desktop.demo.run.Stage`).
        output: Where pictures, receipts and summary go; emptied first.
        takes_pictures: Without, nobody waits for windows to settle.
    """
    if output.exists():
        shutil.rmtree(output)
    output.mkdir(parents=True)
    settings = replace(stage.settings, language="ar", idle_minutes=0)
    before = qInstallMessageHandler(_tell)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    application = make_application(settings)
    viewer = _Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")  # type: ignore[arg-type]
    hands = OfficeHands(output, _say, takes_pictures=takes_pictures)
    day = Day(Program(settings), stage, hands, application)
    try:
        return int(loop.run(application, day.live()))
    except NotSeenError as missing:
        _say(f"The day stopped: {missing}")
        return 1
    finally:
        QDesktopServices.unsetUrlHandler("file")
        qInstallMessageHandler(before)


class Day:
    """One day, told as a story."""

    def __init__(self, program: Program, stage: Any, hands: OfficeHands, application: Any) -> None:
        self._program = program
        self._stage = stage
        self._hands = hands
        self._application = application
        self._drawer = Decimal(0)
        self._past: Past | None = None

    async def live(self) -> int:
        """Open, import, count, sell with and without a line, look at the books, check."""
        running = asyncio.create_task(self._program.main())
        try:
            await self._enrol()
            await self._import()
            await self._count()
            sold = await self._sell()
            invoiced = await self._look_at_the_books()
            month = await self._keep_the_month(invoiced)
            shown = await self._look_at_the_day(sold)
            await self._look_around()
            return check_day(
                self._stage.demo,
                Told(sold, self._drawer, invoiced, shown, month),
                self._hands.output,
                _say,
            )
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
        """The manager makes this computer the first till of the branch."""
        _say("The branch manager enrols this computer …")
        await self._sign_in("karim", picture="sign-in-arabic")
        backend = self._shell.backend
        await backend.enrol_here("Caisse 1", backend.user.branch.id)
        welcome_customers(self._stage.demo)
        self._past = remember_past(self._stage.demo)
        await self._sign_out()

    async def _import(self) -> None:
        """The buyer imports the price list, in French."""
        _say("The buyer imports the price list …")
        await self._sign_in("lila")
        page = self._shell.open_page(
            "catalog.import", str(self._stage.demo.folder / "products.csv")
        )
        await self._hands.advance(page)
        await self._hands.picture(self._shell, "import-checked-french")
        await self._hands.advance(page)
        await self._hands.picture(self._shell, "imported-french")
        products = await self._page("catalog.products")
        await self._hands.until(products.model.rowCount, "the products")
        products.table.select_row(3)
        await self._hands.picture(self._shell, "products-french", settle=1.0)
        await self._sign_out()

    async def _count(self) -> None:
        """The clerk opens the stock from a counted list, in Arabic."""
        _say("The clerk opens the stock …")
        await self._sign_in("omar")
        page = await self._page("inventory.opening")
        page.import_file(self._stage.demo.folder / "opening_stock.csv")
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
        plan = read_day(self._stage.demo.folder)
        cashier = Cashier(self._shell, self._stage.line, self._hands, plan, _say)
        sold = await cashier.work()
        self._drawer = cashier.left
        await self._page("core.sync")
        await self._hands.picture(self._shell, "what-the-till-sent-arabic", settle=1.0)
        await self._sign_out()
        return sold

    async def _look_at_the_books(self) -> Invoiced:
        """The accountant writes an invoice and reads the trial balance, in French."""
        _say("The accountant writes an invoice and looks at the books …")
        await self._sign_in("salima")
        plan = read_day(self._stage.demo.folder).invoicing
        invoiced = await Accountant(self._shell, self._hands, plan).work()
        await self._page("accounting.trial_balance")
        await self._hands.picture(self._shell, "trial-balance-french", settle=2.0)
        await self._page("till.sessions")
        await self._hands.picture(self._shell, "cash-sessions-french", settle=1.5)
        await self._page("accounting.entries")
        await self._hands.picture(self._shell, "entries-french", settle=1.5)
        return invoiced

    async def _keep_the_month(self, invoiced: Invoiced) -> Month:
        """The accountant pays a supplier, reconciles the bank and reads the books."""
        _say("The accountant keeps the month …")
        assert self._past is not None  # noqa: S101 - remembered first
        demo, paid = self._stage.demo, invoiced.paid
        month = await keep_month(self._shell, self._hands, demo, past=self._past, received=paid)
        await self._sign_out()
        return month

    async def _look_at_the_day(self, sold: Sequence[Printed]) -> str:
        """The manager sees how the day went, in French and in Arabic; return the sales shown."""
        _say("The branch manager looks at the day …")
        await self._sign_in("karim")
        manager = Manager(self._shell, self._hands, self._stage.demo.country)
        shown = await manager.look(len(sold))
        await self._sign_out()
        return shown

    async def _look_around(self) -> None:
        """The administrator looks around: dark, and in English."""
        await self._sign_in("admin")
        await self._page("admin.users")
        await _look_around(self._shell, self._hands, self._stage.demo.country)


async def _look_around(shell: Any, hands: OfficeHands, country: str) -> None:
    await hands.picture(shell, "users-french", settle=1.5)
    palette = shell.open_palette()
    await hands.picture(palette, "search-and-commands-french", settle=0.8)
    palette.close()
    language.use("en", country)
    theme.use(theme.Look("dark", theme.look().density))
    await hands.picture(shell, "users-english-dark", settle=1.0)
    theme.use(theme.Look("light", theme.look().density))
    QApplication.processEvents()


class _Viewer(QObject):
    """Opens nothing: papers of the day are looked at when it is over."""

    @Slot(QUrl)
    def show(self, _paper: QUrl) -> None:
        """Leave a paper where it is."""


def _tell(_kind: Any, _context: Any, message: str) -> None:
    """Pass on what Qt says, but for what it cannot do to a window where there is no display."""
    if _OF_NO_DISPLAY not in message:
        sys.stderr.write(f"{message}\n")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
