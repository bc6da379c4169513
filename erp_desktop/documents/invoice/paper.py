"""What stands on an invoice: plain values, filled in by whoever sells."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

PaperKind = Literal["invoice", "credit_note", "proforma"]
PaperLanguage = Literal["ar", "fr", "en", "ar+fr"]

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Worded:
    """A text in Latin letters and in Arabic; the Arabic may be missing."""

    text: str
    text_ar: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which the law knows somebody, such as an ICE."""

    name: Worded
    value: str


@dataclass(frozen=True, slots=True)
class PaperParty:
    """Who sells or buys.

    Attributes:
        contact: Telephone, e-mail: what is the same in every language.
    """

    name: Worded
    address: Worded = Worded("")
    contact: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line.

    Attributes:
        discount: In hundredths of the price, such as 5 for 5 %.
        tax_rate: Such as 0.19; nothing where the line is exempt.
        amount: What it comes to, after its discount.
    """

    code: str
    name: Worded
    quantity: Decimal
    unit: Worded
    unit_price: Decimal
    tax_rate: Decimal | None
    amount: Decimal
    discount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class PaperTax:
    """One tax at one rate; those of one name are summed up in the totals."""

    name: Worded
    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """A document that asks for money, or gives it back.

    Every text of a customer is drawn as it stands and never read as markup.

    Attributes:
        language: Of the labels; `ar+fr` is French at the left, Arabic at the right.
        country: Whose ways of writing numbers and dates hold.
        net: The lines together after the discount, without taxes.
        discount: On the whole document, in money.
        stamp: Stamp duty, on top of the total.
        to_pay: Total with taxes and stamp.
        includes_tax: Whether prices and amounts of the lines include taxes.
        due_on: When it is to be paid.
        terms: Such as “30 jours fin de mois”.
        payment: How it is paid, such as “Virement bancaire”.
        original: Number and day of the invoice that a credit note takes back.
        reference: The customer's own, such as a purchase order.
        mentions: Sentences that the law wants.
        qr: What a telephone reads; number, day, total and seller if it is empty.
        logo: A PNG or JPEG file.
    """

    kind: PaperKind
    language: PaperLanguage
    country: str
    currency: str
    number: str
    issued_on: date
    seller: PaperParty
    customer: PaperParty
    lines: tuple[PaperLine, ...]
    taxes: tuple[PaperTax, ...]
    net: Decimal
    to_pay: Decimal
    discount: Decimal = ZERO
    stamp: Decimal = ZERO
    includes_tax: bool = False
    due_on: date | None = None
    terms: Worded = Worded("")
    payment: Worded = Worded("")
    original: tuple[str, date] | None = None
    reference: str = ""
    mentions: tuple[Worded, ...] = ()
    qr: str = ""
    logo: bytes | None = None
    is_duplicate: bool = False

    @property
    def total(self) -> Decimal:
        """With taxes, without the stamp."""
        return self.net + sum((tax.amount for tax in self.taxes), ZERO)
