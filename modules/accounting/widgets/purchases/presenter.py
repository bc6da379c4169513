"""What the page of a purchase does, told without a widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.page import Page
from modules.accounting.purchases import (
    POST_PURCHASE,
    UNDO_PURCHASE,
    PurchaseDraft,
    purchase_figures,
)
from modules.accounting.selectors.purchases import (
    PurchaseSheet,
    get_purchase,
    last_lines,
    purchase_choices,
)
from modules.accounting.widgets.purchases.head import PurchaseHead
from modules.accounting.widgets.purchases.lines import Line, line_of
from modules.accounting.widgets.withholding.asking import (
    Certificate,
    ask_certificate,
    make_certificate,
)
from modules.parties.api import due_date, get_party_for_document, identifiers_of

_ZERO = Decimal(0)
# Under which name each country knows the number that a certificate shows.
_TAX_IDS = ("MF", "IF", "NIF")


@dataclass(frozen=True, slots=True)
class Habits:
    """What a supplier's purchases usually are: when one is due, and lines without amounts."""

    due_on: date | None
    lines: Sequence[Line]


class PurchasePresenter:
    """Opens, follows and posts one purchase."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._sheet: PurchaseSheet | None = None
        self._withheld: Certificate | None = None
        self.identity = uuid7()

    @property
    def sheet(self) -> PurchaseSheet:
        """What head office has told; nothing can be done before that."""
        assert self._sheet is not None  # noqa: S101 - the page is empty until then
        return self._sheet

    @property
    def is_told(self) -> bool:
        """Whether head office has answered yet."""
        return self._sheet is not None

    @property
    def currency(self) -> str:
        """The company's."""
        return self._sheet.choices.currency if self._sheet else "DZD"

    async def show(self, wanted: UUID | None) -> PurchaseSheet:
        """Ask for a purchase, or for what a new one may have."""
        self._sheet = await self._backend.ask(get_purchase, wanted, day=wall_clock.today())
        self.identity = wanted or uuid7()
        return self.sheet

    async def habits(self, party: LinkChoice, day: date | None) -> Habits:
        """Return what the purchases of a supplier usually are."""
        terms = await self._backend.ask(get_party_for_document, party.id)
        last = await self._backend.ask(last_lines, party.id)
        due = None
        if day is not None:
            due = due_date(day, days=terms.terms_days, end_of_month=terms.terms_end_of_month)
        lines = [line_of(each, last.accounts, self.currency, is_copy=True) for each in last.lines]
        return Habits(due, lines)

    async def date(self, day: date) -> None:
        """Take the taxes of another day."""
        if day != self.sheet.choices.day:
            choices = await self._backend.ask(purchase_choices, day)
            self._sheet = replace(self.sheet, choices=choices)

    async def post(self, head: PurchaseHead, lines: Sequence[Line]) -> str:
        """Post the purchase and return the sentence to say.

        Raises:
            UserError: The gate refused it.
        """
        draft = self._draft(head, lines)
        answer = await self._backend.execute(POST_PURCHASE, draft.as_json())
        number = current().isolate(str(answer.result["number"]))
        return _("Posted as {number}.").format(number=number)

    async def withhold(self, page: Page) -> str | None:
        """Ask for a certificate about the invoice and make it; None if there is none.

        Raises:
            UserError: The gate refused it.
        """
        row = self.sheet.row
        assert row is not None  # noqa: S101 - only what is posted is withheld of
        numbers = await self._backend.ask(identifiers_of, [row.party_id])
        draft = self._withheld or Certificate(
            wall_clock.today(),
            row.dated_on,
            party=LinkChoice(row.party_id, "", row.name, row.name_ar),
            party_tax_id=_tax_id(numbers.get(row.party_id, {})),
            document=row.number,
            total=row.total - row.stamp,
            vat=row.deductible + row.cost_tax,
        )
        # What was refused is proposed again.
        self._withheld = typed = await ask_certificate(page, self._backend, draft)
        if typed is None:
            return None
        sentence = await make_certificate(self._backend, typed, row.branch_id, row.entry_id)
        self._withheld = None
        return sentence

    async def undo(self) -> str:
        """Take the purchase back and return the sentence to say."""
        await self._backend.execute(UNDO_PURCHASE, {"id": str(self.identity)})
        return _("The purchase invoice is taken back.")

    def _draft(self, head: PurchaseHead, lines: Sequence[Line]) -> PurchaseDraft:
        choices = self.sheet.choices
        typed = tuple(line.as_draft() for line in lines if not line.is_empty)
        figures = purchase_figures(typed, choices.plans, choices.vat, choices.currency)
        stamp = head.stamp or _ZERO
        assert head.dated_on and head.booked_on  # noqa: PT018, S101 - both are required
        return PurchaseDraft(
            self.identity,
            UUID(head.branch),
            head.kind,
            head.party.id if head.party else None,
            head.number,
            head.dated_on,
            head.booked_on,
            head.due_on,
            head.label,
            stamp,
            head.total or figures.total + stamp,
            typed,
        )


def _tax_id(numbers: Mapping[str, str]) -> str:
    return next((numbers[code] for code in _TAX_IDS if numbers.get(code)), "")
