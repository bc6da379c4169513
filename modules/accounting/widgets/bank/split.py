"""One movement of the bank on several accounts: an amount, the fee that was kept, its tax."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import NUMBER, AmountCell, LineColumn, LinkCell
from erp_desktop.ui.document_page import Action, Document, DocumentPage, Reckoned, Total
from erp_desktop.ui.forms import DateField, TextField
from erp_desktop.ui.tables import RIGHT
from modules.accounting.reconciling import MovementPart, book_movements
from modules.accounting.selectors.reconciling import BankDesk, OutstandingRow, get_bank_desk
from modules.accounting.selectors.vat import list_vat
from modules.accounting.widgets.line_columns import (
    ACCOUNT,
    ACCOUNT_NAME,
    COST_CENTRE,
    LABEL,
    PARTNER,
)

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SplitHead:
    """Of the entry: when, and what it says."""

    on: date | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A part of the movement; positive is received, as at the bank.

    Attributes:
        tax: Included in the amount, and deducted.
    """

    account: LinkChoice | None = None
    label: str = ""
    party: LinkChoice | None = None
    tax: LinkChoice | None = None
    centre: LinkChoice | None = None
    amount: Decimal | None = None
    currency: str = "DZD"

    def as_part(self) -> MovementPart:
        """Return what is booked."""
        return MovementPart(
            self.account.code if self.account else "",
            self.amount or _ZERO,
            tax=self.tax.code if self.tax else "",
            party_id=self.party.id if self.party else None,
            cost_centre=str(self.centre.id) if self.centre else "",
            label=self.label,
        )


async def taxes(backend: Any, text: str) -> Sequence[LinkChoice]:
    """Offer the value added taxes of today."""
    found = await backend.ask(list_vat)
    wanted = fold(text.strip())
    return [
        LinkChoice(tax.code, tax.code, tax.name, tax.name_ar)
        for tax in found
        if wanted in fold(f"{tax.code} {tax.name} {tax.name_ar}")
    ]


def _put_amount(line: SplitLine, amount: Decimal | None) -> SplitLine:
    rounded = round_money(amount, CURRENCIES[line.currency]) if amount else None
    return replace(line, amount=rounded)


COLUMNS: tuple[LineColumn[SplitLine], ...] = (
    NUMBER,
    ACCOUNT,
    ACCOUNT_NAME,
    LABEL,
    replace(PARTNER, width=150),
    COST_CENTRE,
    LineColumn(
        N_("Tax in it"),
        lambda line: current().isolate(line.tax.code) if line.tax else "",
        width=120,
        value=lambda line: line.tax,
        cell=LinkCell(taxes),
        put=lambda line, tax: replace(line, tax=tax),
        is_passed=True,
    ),
    LineColumn(
        N_("Amount"),
        lambda line: current().amount(line.amount, line.currency) if line.amount else "",
        RIGHT,
        width=130,
        value=lambda line: line.amount,
        cell=AmountCell(),
        put=_put_amount,
    ),
)


class BankSplitPage(DocumentPage[SplitHead, SplitLine]):
    """Opened with `{"bank", "movements"}`; booked once the lines come to the movement."""

    title: ClassVar[str] = N_("Split a movement")
    new_title: ClassVar[str] = N_("Split a movement")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    placeholder: ClassVar[str] = N_("Type an account…")
    keeps_drafts: ClassVar[bool] = False

    def __init__(self, backend: Backend) -> None:
        self._wanted: Mapping[str, Any] = {}
        self.desk: BankDesk | None = None
        self.marked: Sequence[OutstandingRow] = ()
        fields = (
            DateField("on", N_("Date"), required=True),
            TextField("label", N_("Label"), required=True, span=3),
        )
        super().__init__(backend, fields)

    @override
    def on_first_show(self) -> None:
        self.start_latest(self.load)

    @override
    def open(self, argument: Any) -> None:
        self._wanted = argument or {}
        if self.document is not None:
            self.start_latest(self.load)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "wanted": dict(self._wanted)}

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        self._wanted = state.get("wanted") or {}

    @property
    def total(self) -> Decimal:
        """What the lines must come to."""
        return sum((row.amount for row in self.marked), _ZERO)

    @property
    def currency(self) -> str:
        """The bank account's."""
        return self.desk.head.currency if self.desk else "DZD"

    async def load(self) -> None:
        """Ask for the movements that are to be split, and show them."""
        desk = await self.backend.ask(get_bank_desk, str(self._wanted.get("bank") or ""))
        wanted = set(self._wanted.get("movements") or ())
        self.desk = desk
        self.marked = [row for row in desk.bank if str(row.movement_id) in wanted]
        if not self.marked:
            self.say(_("These movements are booked already. Mark others."), "warn")
        head = SplitHead(
            max((row.dated_on for row in self.marked), default=None),
            self.marked[0].label if self.marked else "",
        )
        key = f"accounting.bank_split/{'/'.join(sorted(wanted)) or 'new'}"
        self.show_document(Document(key, head, (), is_editable=bool(self.marked)))
        if self.marked:
            self.offer(Action(N_("Book"), self._book, "check"))
            self.body.grid.start()
        else:
            self.offer()

    @override
    def new_line(self) -> SplitLine:
        lines = self.body.grid.lines.lines if hasattr(self, "body") else ()
        return SplitLine(amount=self.total - _sum(lines) or None, currency=self.currency)

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[SplitLine]) -> Reckoned[SplitLine]:
        booked, words = _sum(lines), current()
        totals = [
            Total(_("Movement"), words.amount(self.total, self.currency)),
            Total(_("Lines"), words.amount(booked, self.currency)),
        ]
        if booked != self.total:
            left = words.money(self.total - booked, self.currency)
            totals.append(Total(_("Missing"), left, is_due=True))
        return Reckoned(lines, totals)

    @override
    async def save(self, head: SplitHead, lines: Sequence[SplitLine]) -> str:
        assert self.desk is not None  # noqa: S101 - shown before it is booked
        assert head.on is not None  # noqa: S101 - the field is required
        movements = [row.movement_id for row in self.marked if row.movement_id]
        parts = [line.as_part() for line in lines]
        request = book_movements(self.desk.head.id, movements, parts, on=head.on, label=head.label)
        answer = await self.backend.execute(*request)
        return _("Booked as {number}.").format(number=current().isolate(answer.result["number"]))

    async def _book(self) -> None:
        if await self.save_typed():
            self.forget_draft()
            self.opens.emit("accounting.bank_reconciliation", self._wanted.get("bank"))
            self.closes.emit()


def _sum(lines: Sequence[SplitLine]) -> Decimal:
    return sum((line.amount or _ZERO for line in lines), _ZERO)
