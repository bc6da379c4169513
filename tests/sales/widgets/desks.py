"""A desk at which invoices are written: real pages, a real PostgreSQL, keys and nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.core.commands import uuid7
from erp_desktop.core.session import Session
from erp_desktop.ui.backend import Backend
from modules.sales.widgets.invoice_page import InvoicePage
from tests.houses import House, MakeProduct
from tests.sales.office import Office

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
REF, NAME, QUANTITY, UNIT, PRICE, DISCOUNT, TAX, AMOUNT = range(1, 9)
PATIENCE = 15_000
COFFEE, TEA = "COF-1", "TEA-1"


class CountingBackend(Backend):
    """A door that notes which questions and deeds go to head office: one transaction each."""

    def __init__(self, session: Session, threads: ThreadPoolExecutor) -> None:
        super().__init__(session.database, session.user, threads)
        self.asked: list[str] = []

    async def _run(self, work: Any, function: Any, body: Any, *, reads: bool) -> Any:
        self.asked.append(function.__name__)
        return await super()._run(work, function, body, reads=reads)


class Desk:
    """One user's hands: they open a page, type, press keys, and wait."""

    def __init__(self, qtbot: QtBot, backend: CountingBackend) -> None:
        self.qtbot = qtbot
        self.backend = backend
        self.opened: list[tuple[str, Any]] = []

    def open(self, factory: Callable[[Any], Any], argument: Any = None) -> Any:
        """Open a page as the shell does."""
        page = factory(self.backend)
        self.qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
        page.opens.connect(lambda name, about: self.opened.append((name, about)))
        if argument is not None:
            page.open(argument)
        page.resize(1300, 780)
        page.show()
        self.qtbot.waitExposed(page)
        self.until(lambda: getattr(page, "document", True) is not None)
        return page

    def until(self, seen: Callable[[], Any]) -> None:
        """Wait until something is seen."""
        self.qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE)

    def type(self, text: str, *pressed: Qt.Key) -> None:
        """Type wherever the focus is, then press keys."""
        each: Any
        for each in (*text, *pressed):
            QTest.keyClick(self.focus(), each)

    def press(self, page: Any, key: Qt.Key) -> None:
        """Press a key with Ctrl, wherever the focus is in a page, once it has done what it does."""
        self.until(lambda: is_idle(page))
        QTest.keyClick(page, key, CONTROL)

    def focus(self) -> QWidget:
        """Return what has the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def choose_customer(self, page: Any, code: str) -> None:
        """Type a customer's code into the head and take it; typing goes on in the lines."""
        page.fields.customer.setFocus()
        self.type(code, Key.Key_Return)
        self.until(lambda: page.presenter.writing.customer is not None)
        self.until(page.body.grid.hasFocus)

    def add_line(self, page: Any, code: str, quantity: str = "1") -> None:
        """Type a product and how many, and go on to the next line."""
        before = len(lines_of(page))
        page.body.grid.setFocus()
        page.body.grid.start()
        self.type(code, Key.Key_Return)
        self.until(lambda: len(lines_of(page)) > before)
        self.until(lambda: lines_of(page)[-1].goods is not None)
        self.type(quantity, Key.Key_Return)

    def answer(self, page: Any, words: str) -> str:
        """Press a button of the question that the page asks; return the question."""
        self.until(lambda: boxes(page))
        box = boxes(page)[-1]
        text = box.text()
        next(button for button in box.buttons() if button.text() == words).click()
        self.come_back(page)
        return text

    def button(self, page: Any, words: str) -> QPushButton:
        """Return a button of the header by its words, once it is shown and the page is idle."""
        self.until(lambda: is_idle(page))

        def shown() -> list[QPushButton]:
            found: list[QPushButton] = page.header.findChildren(QPushButton)
            return [each for each in found if each.text() == words and not each.isHidden()]

        self.until(shown)
        return shown()[0]

    def come_back(self, page: Any) -> None:
        """Be on the page again, once the window over it has gone: so does a real desktop."""
        page.window().activateWindow()
        self.until(page.window().isActiveWindow)

    def confirm_dialog(self, page: Any, **values: Any) -> None:
        """Fill in the window over the page and do its deed."""
        from erp_desktop.ui.form_dialog import FormDialog  # noqa: PLC0415 - Qt

        self.until(lambda: page.findChildren(FormDialog))
        dialog = page.findChildren(FormDialog)[-1]
        for name, value in values.items():
            dialog.form.fields[name].show_value(value)
        dialog.main.click()
        self.come_back(page)


def is_idle(page: Any) -> bool:
    """Whether a page has done what it does: until then it takes nothing else."""
    actions = getattr(page, "_actions", None)
    return actions is None or not page.is_busy(actions._do)


def boxes(page: Any) -> list[QMessageBox]:
    """Return the questions that stand over a page."""
    return [box for box in page.findChildren(QMessageBox) if box.isVisible()]


def lines_of(page: Any) -> Any:
    """Return the lines of a page."""
    return page.body.grid.lines.lines


def said(page: Any) -> str:
    """Return what a page says."""
    return str(page.notices.bar.text)


def totals_of(page: Any) -> list[str]:
    """Return captions and figures of the totals."""
    return [label.text() for label in page.body.totals.findChildren(QLabel)]


def head_of(page: Any) -> Any:
    """Return what head office has of the document."""
    return page.presenter.writing.sheet.head


def limit(house: House, login: str, name: str, percent: str) -> None:
    """Say how far a user may go alone."""
    house.run(
        f"update core.users set limits = limits || jsonb_build_object('{name}', '{percent}')"
        f" where login = '{login}'"
    )


def price_list(house: House, code: str, product: UUID, price: Decimal | str) -> None:
    """Keep a price list without taxes that has one price."""
    with house.connect() as connection:
        connection.execute(
            "insert into catalog.price_lists (code, name, name_ar, includes_tax)"
            " values (%s, %s, '', false)",
            [code, code],
        )
        connection.execute(
            "insert into catalog.prices (id, price_list, product_id, price, valid_from)"
            " values (%s, %s, %s, %s, '2020-01-01')",
            [uuid7(), code, product, price],
        )


def written(desk: Desk, office: Office, product: MakeProduct, **customer: Any) -> Any:
    """Write an invoice of three coffees for C1."""
    office.customer("C1", **customer)
    product(COFFEE, price="119.00", stock=10)
    page = desk.open(InvoicePage)
    desk.choose_customer(page, "C1")
    desk.add_line(page, COFFEE, "3")
    return page


def posted(desk: Desk, page: Any) -> Any:
    """Post what is written, by its key."""
    desk.press(page, Key.Key_Return)
    desk.until(lambda: head_of(page) is not None and head_of(page).state == "posted")
    return head_of(page)
