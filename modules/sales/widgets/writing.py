"""A document while it is written: from what is typed to its draft and figures, and back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from modules.accounting.api import TaxPlan
from modules.parties.api import due_date
from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft, Kind
from modules.sales.errors import DiscountAboveLimitError
from modules.sales.figures import InvoiceFigures, InvoiceLineFigures, reckon_invoice
from modules.sales.selectors import (
    CustomerTerms,
    InvoiceChoices,
    InvoiceSheet,
    SheetLine,
    draft_of,
)
from modules.sales.widgets.attesting import id_of, plans_of, proposed
from modules.sales.widgets.goods import Goods
from modules.sales.widgets.head import Head
from modules.sales.widgets.lines import Line

_ZERO, _PERCENT = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Writing:
    """What head office has told of a document, and what is kept of it already.

    Attributes:
        sheet: As it was opened.
        base: Its identity: id, version, kind, original.
        choices: The law of its day, and what can be chosen.
        customer: Who buys, as far as it is known.
    """

    sheet: InvoiceSheet
    base: InvoiceDraft
    choices: InvoiceChoices
    customer: CustomerTerms | None

    @classmethod
    def of(cls, sheet: InvoiceSheet, identity: UUID, kind: Kind, branch_id: UUID) -> "Writing":
        """Begin with a sheet; identity, kind and branch are those of a document that is new."""
        if sheet.head is not None:
            base = draft_of(sheet)
        else:
            original = sheet.original.id if sheet.original else None
            choices = sheet.choices
            base = InvoiceDraft(
                identity,
                kind,
                choices.today,
                choices.currency,
                branch_id=branch_id,
                original_id=original,
            )
        return cls(sheet, base, sheet.choices, sheet.customer)

    @property
    def is_editable(self) -> bool:
        """Whether it can still be written."""
        return self.sheet.head is None or self.sheet.head.state == "draft"

    @property
    def price_list(self) -> str | None:
        """Whose prices hold: the customer's."""
        return self.customer.price_list if self.customer else self.base.price_list

    def saved(self, version: int) -> "Writing":
        """Return it once a version of it is kept."""
        return replace(self, base=replace(self.base, version=version))

    def due(self, day: date | None, terms: str) -> date | None:
        """Return when what is bought on a day must be paid on these terms."""
        found = next((each for each in self.choices.terms if each.code == terms), None)
        if day is None or found is None:
            return day
        return due_date(day, days=found.days, end_of_month=found.end_of_month)

    def head(self) -> Head:
        """Return what is shown above the lines when it is opened."""
        base, terms = self.base, self.customer
        shown = Head(
            customer=choice_of(terms) if terms else None,
            dated_on=base.dated_on,
            terms=base.terms or "",
            due_on=base.due_on,
            language=base.language,
            payment_method=base.payment_method,
            reference=base.reference,
            includes_tax=base.includes_tax,
            discount=abs(base.discount) or None,
            note=base.note,
            attestation=str(base.attestation_id or ""),
        )
        if self.sheet.head is not None:
            return shown
        if self.sheet.original is not None:
            language = terms.document_language if terms else shown.language
            includes_tax = self.sheet.original.includes_tax
            return replace(shown, language=language, includes_tax=includes_tax)
        return self.for_customer(shown) if terms else replace(shown, due_on=base.dated_on)

    def for_customer(self, head: Head) -> Head:
        """Return the head on the terms of the customer."""
        customer = self.customer
        if customer is None:
            return head
        terms = customer.terms or ""
        method = "account" if customer.credit_limit is not None else "cash"
        return replace(
            head,
            terms=terms,
            due_on=self.due(head.dated_on, terms),
            language=customer.document_language,
            includes_tax=customer.lists_tax,
            payment_method=method,
            attestation=proposed(self, head.dated_on),
        )

    def lines(self) -> tuple[Line, ...]:
        """Return the lines as they are shown when it is opened."""
        sheet, currency = self.sheet, self.base.currency
        if sheet.head is None and sheet.original is not None:
            return tuple(_returning(each, currency) for each in sheet.original.lines)
        lefts = {each.id: each.left for each in sheet.originals}
        return tuple(_shown(each, currency, lefts) for each in sheet.lines)

    def draft(self, head: Mapping[str, Any], lines: Iterable[Line]) -> InvoiceDraft:
        """Return what is typed as a draft; what is not asked for, or not read yet, stays."""
        base, way = self.base, self.base.direction
        head = {**vars(self.head()), **head}
        customer: LinkChoice | None = head["customer"]
        return replace(
            base,
            customer_id=customer.id if customer else None,
            dated_on=head["dated_on"] or base.dated_on,
            due_on=head["due_on"],
            terms=head["terms"] or None,
            language=head["language"] or base.language,
            payment_method=head["payment_method"] or base.payment_method,
            reference=head["reference"],
            includes_tax=bool(head["includes_tax"]),
            price_list=self.price_list,
            discount=round_money(head["discount"] or _ZERO, CURRENCIES[base.currency]) * way,
            note=head["note"],
            attestation_id=id_of(head["attestation"]),
            lines=tuple(_drafted(line, way) for line in lines if _counts(line)),
        )

    def reckon(
        self, head: Mapping[str, Any], lines: Sequence[Line], goods: Mapping[UUID, Goods]
    ) -> tuple[list[Line], InvoiceFigures | None]:
        """Price and reckon what is typed; without figures where a tax has no rate."""
        includes_tax = bool(head.get("includes_tax"))
        plans = plans_of(self, id_of(head.get("attestation")))
        priced = [_priced(line, goods, plans, includes_tax=includes_tax) for line in lines]
        try:
            figures = self.figures(self.draft(head, priced))
        except UserError:
            return priced, None
        told = iter(figures.lines)
        way = self.base.direction
        return [_told(line, next(told) if _counts(line) else None, way) for line in priced], figures

    def figures(self, draft: InvoiceDraft) -> InvoiceFigures:
        """Return what a draft amounts to.

        Raises:
            TaxRateMissingError: A tax of a line has no rate on the day.
            MoreThanSoldError: More would come back of a line than was sold.
        """
        plans = plans_of(self, draft.attestation_id)
        return reckon_invoice(draft, plans, self.choices.stamps, self.sheet.originals)


def choice_of(customer: CustomerTerms) -> LinkChoice:
    """Return a customer as the head's field shows them."""
    return LinkChoice(customer.id, customer.code, customer.name, customer.name_ar)


def check_discounts(draft: InvoiceDraft, figures: InvoiceFigures, limit: Decimal) -> None:
    """Let a user give so much away alone, on each line with its share of the document's discount.

    Rounding leaves a few centimes on a line, which of a small amount are more than its rate says.

    Raises:
        DiscountAboveLimitError: It is more than `limit` per cent.
    """
    if draft.original_id is not None:
        return
    slack = CURRENCIES[draft.currency].unit * (1 + len(draft.lines))
    pairs = [(abs(each.figures.gross), abs(each.figures.discount)) for each in figures.lines]
    above = [
        given / gross
        for gross, given in pairs
        if gross and given > gross * limit / _PERCENT + slack
    ]
    if above:
        words = current()
        percent = words.number(round(max(above) * _PERCENT, 1))
        raise DiscountAboveLimitError(given=percent, limit=words.number(limit))


def _counts(line: Line) -> bool:
    """Whether a line is of the document: of an invoice's lines, those that come back."""
    return line.product is not None and (line.most is None or line.quantity != 0)


def _drafted(line: Line, way: int) -> InvoiceLineDraft:
    product = cast("LinkChoice", line.product)
    own = {product.name, product.name_ar}
    return InvoiceLineDraft(
        id=line.id,
        product_id=product.id,
        quantity=line.quantity * way,
        unit_price=line.unit_price,
        tax_code=line.tax_code,
        # The product's own name is said in the language of the paper.
        description="" if line.description in own else line.description,
        pack_id=line.pack_id,
        discount_rate=line.discount_rate,
        goods_back=line.goods_back,
        original_line_id=line.original_line_id,
    )


def _priced(
    line: Line, goods: Mapping[UUID, Goods], plans: Mapping[str, TaxPlan], *, includes_tax: bool
) -> Line:
    """Return a line with what head office says of its product."""
    product = line.product
    known = goods.get(product.id) if product else None
    if product is None or known is None:
        return line
    tax_code = line.tax_code or known.offer.tax_code
    plan = plans.get(tax_code)
    price = line.unit_price
    if not line.is_own_price and line.original_line_id is None:
        price = known.price(
            line.quantity, tax_code, line.pack_id, includes_tax=includes_tax, plan=plan
        )
    return replace(
        line,
        product=replace(product, record=known),
        tax_code=tax_code,
        tax_rate=plan.taxes[-1].rate if plan and plan.taxes else None,
        unit_price=price,
    )


def _told(line: Line, told: InvoiceLineFigures | None, way: int) -> Line:
    if told is None:
        return replace(line, amount=_ZERO)
    taxes = told.plan.taxes
    rate = taxes[-1].rate if taxes else None
    return replace(line, amount=told.figures.amount * way, tax_rate=rate)


def _shown(line: SheetLine, currency: str, lefts: Mapping[Any, Decimal]) -> Line:
    taxes = line.plan.taxes
    return Line(
        id=line.id,
        product=LinkChoice(line.product_id, line.code, line.name, line.name_ar),
        pack_id=line.pack_id,
        description=line.description or line.named(current().language),
        quantity=abs(line.quantity),
        unit_price=line.unit_price,
        discount_rate=line.discount_rate,
        tax_code=line.plan.code,
        is_own_price=True,
        goods_back=line.goods_back,
        original_line_id=line.original_line_id,
        most=lefts.get(line.original_line_id),
        currency=currency,
        unit=line.pack or line.unit,
        unit_ar=line.pack_ar,
        tax_rate=taxes[-1].rate if taxes else None,
        amount=abs(line.amount),
    )


def _returning(line: SheetLine, currency: str) -> Line:
    """Return a line of the invoice, of which nothing comes back yet."""
    shown = _shown(line, currency, {})
    return replace(
        shown,
        id=uuid7(),
        quantity=_ZERO,
        amount=_ZERO,
        goods_back=True,
        original_line_id=line.id,
        most=line.quantity - line.returned,
    )
