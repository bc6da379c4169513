"""The drawer's part of the guided day: the float, a return, cash to the bank, the count."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.demo.check import Printed, printed
from erp_desktop.demo.hands import Hands
from erp_desktop.demo.plan import DayPlan


class DrawerKeeper:
    """Opens, gives back, pays in and closes, all with the keyboard."""

    def __init__(self, shell: Any, till: Any, hands: Hands, plan: DayPlan) -> None:
        self._shell = shell
        self._till = till
        self._hands = hands
        self._plan = plan

    async def open(self) -> None:
        """Count the float before the first sale."""
        await self._hands.press(self._till.scan, Qt.Key.Key_F12)
        window = await self._window("OpeningDialog")
        for value, field in zip(window.grid.pieces, window.grid.fields, strict=True):
            if value in self._plan.float:
                await self._hands.type(field, self._plan.float[value])
        await self._hands.picture(window, "float-arabic")
        await self._hands.press(window.main, Qt.Key.Key_Return)
        await self._hands.until(lambda: self._till.selling.session, "the session is open")

    async def take_back(self, number: str) -> Printed:
        """Give back one piece of the first line of a ticket."""
        await self._hands.press(self._till.scan, Qt.Key.Key_F8)
        window = await self._window("ReturnDialog")
        await self._hands.type(window.number, number, enter=True)
        await self._hands.until(window.model.rowCount, "the ticket is found")
        await self._hands.press(window.table, Qt.Key.Key_Right)
        await self._hands.picture(window, "return-arabic")
        before = self._till.selling.last
        await self._hands.press(window.table, Qt.Key.Key_Return, control=True)
        await self._hands.until(lambda: self._till.selling.last is not before, "money goes back")
        ticket = self._till.selling.last
        return printed(ticket)

    async def pay_in(self) -> None:
        """Take cash to the bank."""
        window = await self._deed(0, "CashDialog")
        await self._hands.type(window.amount.editor, self._plan.to_the_bank)
        window.reason.show_value("bank")
        await self._hands.picture(window, "cash-out-arabic")
        await self._hands.press(window.main, Qt.Key.Key_Return)
        moves = self._till.windows.drawer.state
        await self._hands.until(lambda: not window.isVisible(), "the cash is noted")
        await self._wait_for_moves(moves)

    async def close(self) -> Decimal:
        """Count the drawer, something short, and return what stays in it."""
        window = await self._deed(2, "ClosingDialog")
        expected = window._state.expected  # noqa: SLF001 - the demo counts what is there
        left: Decimal = expected["cash"] - self._plan.missing
        rest = left
        for value, field in zip(window.grid.pieces, window.grid.fields, strict=True):
            number, rest = divmod(rest, value)
            if number:
                await self._hands.type(field, str(int(number)))
        await self._hands.type(window.card.editor, str(expected["card"]))
        await self._hands.type(window.left.editor, str(left))
        await self._hands.type(window.note.editor, self._plan.note)
        await self._hands.picture(window, "count-arabic")
        await self._hands.press(window.main, Qt.Key.Key_Return)
        await self._hands.until(lambda: self._till.selling.session is None, "the session is closed")
        return left

    async def _wait_for_moves(self, state: Callable[[], Any]) -> None:
        for _time in range(100):
            if (await state()).moves:
                return
            await self._hands.pause()

    async def _deed(self, place: int, name: str) -> Any:
        """Choose one of the drawer's deeds."""
        await self._hands.press(self._till.scan, Qt.Key.Key_F9)
        picker = await self._window("PickerDialog")
        for _step in range(place):
            await self._hands.press(picker, Qt.Key.Key_Down)
        await self._hands.press(picker, Qt.Key.Key_Return)
        return await self._window(name)

    async def _window(self, name: str) -> Any:
        def shown() -> Any:
            window = self._till.windows.shown
            is_it = window is not None and type(window).__name__ == name
            return window if is_it and window.isVisible() else None

        return await self._hands.until(shown, name)
