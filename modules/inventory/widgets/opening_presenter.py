"""The story of opening stock: enter or import what is there, look at it, book it once."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from erp_desktop.core.commands import Answer
from erp_desktop.core.i18n import _, count, current
from erp_desktop.imports.reading import read_table
from erp_desktop.ui.backend import Backend
from modules.catalog.api import products_by_codes
from modules.inventory.opening import OpeningLine, checked, read_lines
from modules.inventory.selectors import get_opening
from modules.inventory.services import OPEN_STOCK, opening_commands


class OpeningView(Protocol):
    """All the presenter needs of whoever shows opening stock."""

    def show_lines(self, lines: Sequence[OpeningLine]) -> None:
        """Show these lines instead of the ones before."""

    def show_booked(self, answer: Answer) -> None:
        """Offer to look at what was booked."""

    def say(self, message: str, tone: Any = "ok") -> None:
        """Tell the user something."""


class OpeningPresenter:
    """What the page does, told without a widget."""

    def __init__(self, view: OpeningView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self.lines: list[OpeningLine] = []

    @property
    def branch_id(self) -> UUID:
        """Whose stock it is: the workstation's branch, else the user's own."""
        workstation = self._backend.workstation
        if workstation is not None:
            found: UUID = workstation.enrolment.branch_id
            return found
        return self._backend.user.branch.id

    async def add(self, text: str, quantity: Decimal, unit_cost: Decimal) -> None:
        """Add a line; more of a product that has one already is added to it."""
        line = OpeningLine(text.strip(), quantity, unit_cost)
        (found,) = await self._check([line])
        same = self._place_of(found)
        if same is None:
            self.lines.insert(0, found)
        else:
            before = self.lines[same]
            total = (before.quantity or Decimal(0)) + quantity
            self.lines[same] = replace(before, quantity=total, unit_cost=unit_cost)
        self._view.show_lines(self.lines)

    async def import_file(self, path: Path) -> None:
        """Take the lines of a file, with everything that is wrong with them."""
        table = await self._backend.thread(read_table, path)
        await self.take(await self._backend.thread(read_lines, table))

    async def take(self, lines: Sequence[OpeningLine]) -> None:
        """Show these lines instead of the ones before, what is wrong first."""
        found = await self._check(lines)
        self.lines = sorted(found, key=lambda line: not line.wrong)
        self._view.show_lines(self.lines)
        wrong = sum(bool(line.wrong) for line in self.lines)
        if wrong:
            sentence = count("{n} line cannot be booked.", "{n} lines cannot be booked.", wrong)
            self._view.say(sentence, "warn")

    def remove(self, gone: Sequence[OpeningLine]) -> None:
        """Remove lines."""
        self.lines = [line for line in self.lines if line not in gone]
        self._view.show_lines(self.lines)

    def remove_wrong(self) -> None:
        """Remove every line that cannot be booked."""
        self.remove([line for line in self.lines if line.wrong])

    async def book(self) -> None:
        """Book every line that can be booked; those that cannot stay."""
        answers: list[Answer] = []
        currency = next((line.currency for line in self.lines), "")
        for command in opening_commands(self.branch_id, self.lines):
            answers.append(await self._backend.execute(OPEN_STOCK, command))
            booked = {line["product_id"] for line in command["lines"]}
            self.lines = [line for line in self.lines if _id_of(line) not in booked]
            self._view.show_lines(self.lines)
        if answers:
            self._view.show_booked(answers[-1])
            flagged = any(answer.flags for answer in answers)
            self._view.say(_sentence(answers, currency), "warn" if flagged else "ok")

    async def _check(self, lines: Sequence[OpeningLine]) -> list[OpeningLine]:
        texts = [line.text for line in lines]
        products = await self._backend.ask(products_by_codes, texts)
        ids = [product.id for product in products.values()]
        state = await self._backend.ask(get_opening, self.branch_id, ids)
        return checked(lines, products, state)

    def _place_of(self, line: OpeningLine) -> int | None:
        places = (n for n, each in enumerate(self.lines) if _id_of(each) == _id_of(line))
        return next(places, None) if line.product is not None else None


def _id_of(line: OpeningLine) -> str:
    return str(line.product.id) if line.product is not None else ""


def _sentence(answers: Sequence[Answer], currency: str) -> str:
    total = sum((Decimal(str(a.result.get("value", "0"))) for a in answers), Decimal(0))
    entries = ", ".join(str(a.result["entry"]) for a in answers if a.result.get("entry"))
    booked = _("Booked: {value}, entry {entry}.").format(
        value=current().money(total, currency), entry=current().isolate(entries or "—")
    )
    flags = {flag.as_error().sentence(): None for answer in answers for flag in answer.flags}
    return " ".join([booked, *flags])
