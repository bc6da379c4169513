"""The products and customers of a file, as they have to be created before anything is booked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from modules.sales.history.codes import is_service
from modules.sales.history.countries import country_code
from modules.sales.history.documents import Document, Kind
from modules.sales.history.lines import Line

# The code of the customer who walked in: nobody knows who it was.
WALK_IN = "WALK-IN"


@dataclass(slots=True)
class ProductDraft:
    """A product of the file.

    Attributes:
        price: The last at which it was sold, as the file has it.
        names: How often it was sold under each name.
    """

    code: str
    price: Decimal = Decimal(0)
    names: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The name under which it was sold most; its code where it has none."""
        return max(self.names, key=self.names.__getitem__) if self.names else self.code

    @property
    def is_service(self) -> bool:
        """Whether no shelf holds it."""
        return is_service(self.code)


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer of the file.

    Attributes:
        country: ISO 3166 code; empty where the file says none that exists.
    """

    code: str
    country: str


@dataclass(slots=True)
class Masters:
    """All products and customers, by their codes."""

    products: dict[str, ProductDraft] = field(default_factory=dict)
    customers: dict[str, CustomerDraft] = field(default_factory=dict)


def masters_of(documents: Iterable[Document]) -> Masters:
    """Return the products and customers that documents name."""
    masters = Masters()
    notes: dict[str, Counter[str]] = {}
    for document in documents:
        if document.customer and document.customer not in masters.customers:
            country = country_code(document.lines[0].country)
            masters.customers[document.customer] = CustomerDraft(document.customer, country)
        for line in document.lines:
            _note(masters, notes, line, is_sale=document.kind is Kind.INVOICE)
    for code, product in masters.products.items():
        # What was never sold has notes such as "damaged" only: better those than nothing.
        product.names = product.names or notes.get(code, Counter())
    return masters


def _note(masters: Masters, notes: dict[str, Counter[str]], line: Line, *, is_sale: bool) -> None:
    product = masters.products.get(line.code)
    if product is None:
        product = masters.products[line.code] = ProductDraft(line.code)
    if line.price > 0 and (is_sale or not product.price):
        product.price = line.price
    if line.name:
        known = product.names if line.price > 0 else notes.setdefault(line.code, Counter())
        known[line.name] += 1
