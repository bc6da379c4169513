"""The accountant's part of the guided day: an invoice in two languages, money, a part back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.demo.hands import Hands
from erp_desktop.demo.plan import Invoicing
from erp_desktop.documents.outlets import Outlet, choose_outlet
from erp_desktop.plugins.resolving import resolve

_DISCOUNT, _BACK = 6, 4


@dataclass(frozen=True, slots=True)
class Invoiced:
    """What the customer holds in his hands.

    Attributes:
        to_pay: What the invoice asks for, with stamp duty.
        paid: What was received for it.
        credit: What the credit note gives back; negative.
        stamp: The duty of both.
    """

    number: str
    to_pay: Decimal
    paid: Decimal
    credit: Decimal
    stamp: Decimal


class Accountant:
    """Writes by keys alone, at the speed of a person."""

    def __init__(self, shell: Any, hands: Hands, plan: Invoicing) -> None:
        self._shell = shell
        self._hands = hands
        self._plan = plan
        self._papers = hands.output / "papers"

    async def work(self) -> Invoiced:
        """Write, post and print an invoice, receive a part of it, and take a part back."""
        page = await self._write()
        invoice = await self._post(page)
        await self._hands.picture(self._shell, "invoice-posted-french", settle=1.0)
        await self._print(page, invoice.number)
        await self._receive(page)
        credit = await self._give_back(page)
        return Invoiced(
            invoice.number,
            invoice.to_pay,
            Decimal(self._plan.paid),
            credit.to_pay,
            invoice.stamp + credit.stamp,
        )

    async def _write(self) -> Any:
        page = await self._open("sales.invoice")
        page.fields.customer.setFocus()
        await self._hands.write(self._plan.customer, Qt.Key.Key_Return)
        await self._hands.until(lambda: page.presenter.told().customer, "the customer")
        for code, quantity in self._plan.lines.items():
            await self._add(page, code, quantity)
        grid = page.body.grid
        grid.setCurrentIndex(grid.lines.index(0, _DISCOUNT))
        await self._hands.write(self._plan.discount, Qt.Key.Key_Return)
        await self._hands.picture(self._shell, "invoice-written-french", settle=1.0)
        return page

    async def _add(self, page: Any, code: str, quantity: str) -> None:
        grid = page.body.grid
        known = len(grid.lines.lines)
        grid.setFocus()
        grid.start()
        await self._hands.write(code, Qt.Key.Key_Return)
        await self._hands.until(lambda: len(grid.lines.lines) > known, f"a line of {code}")
        await self._hands.until(lambda: grid.lines.lines[-1].goods, f"the price of {code}")
        await self._hands.write(quantity, Qt.Key.Key_Return)

    async def _post(self, page: Any) -> Any:
        await self._hands.press(page, Qt.Key.Key_Return, control=True)
        return await self._hands.until(lambda: _posted(page), "the number of the document")

    async def _print(self, page: Any, number: str) -> None:
        """Print it in the language of the customer, who reads both."""
        choose_outlet(self._shell.backend.workstation, "a4", Outlet("folder", str(self._papers)))
        await self._hands.press(page, Qt.Key.Key_P, control=True)
        await self._hands.until(lambda: list(self._papers.glob("*.pdf")), f"the paper of {number}")

    async def _receive(self, invoice: Any) -> None:
        """Receive a part of it by transfer."""
        base = invoice.presenter.told().base
        page = await self._begin("payment", customer=base.customer_id, invoice=base.id)
        page.body.form.type_values({"method": "transfer"})
        page.amount.setFocus()
        page.amount.editor.selectAll()
        await self._hands.write(self._plan.paid)
        await self._hands.press(page, Qt.Key.Key_Return, control=True)
        await self._hands.until(lambda: not page.document.is_editable, "the payment")
        await self._hands.picture(self._shell, "payment-french", settle=1.0)

    async def _give_back(self, invoice: Any) -> Any:
        """Take one of the first line back."""
        page = await self._begin("credit_note", original=invoice.presenter.told().base.id)
        grid = page.body.grid
        grid.setFocus()
        grid.setCurrentIndex(grid.lines.index(0, _BACK))
        await self._hands.write("1", Qt.Key.Key_Return)
        credit = await self._post(page)
        await self._hands.picture(self._shell, "credit-note-french", settle=1.0)
        return credit

    async def _begin(self, kind: str, **about: Any) -> Any:
        """Begin a document about others, as the buttons of their pages do."""
        argument = resolve("modules.sales.widgets.new_documents:new_argument")(kind, **about)
        page = await self._open(f"sales.{kind}", argument)
        await self._hands.until(lambda: page.body.grid.lines.lines, f"the lines of a {kind}")
        return page

    async def _open(self, page_id: str, argument: Any = None) -> Any:
        page = self._shell.open_page(page_id, argument)
        await self._hands.until(lambda: page.document, f"the page {page_id}")
        return page


def _posted(page: Any) -> Any:
    head = page.presenter.told().sheet.head
    return head if head and head.state == "posted" else None
