"""What products on a document cost: asked once, and kept until somebody else buys."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import current
from erp_desktop.ui.backend import Backend
from modules.sales.errors import ProductUnknownError
from modules.sales.selectors import ProductOffer, offers
from modules.sales.widgets.goods import Goods
from modules.sales.widgets.lines import Line
from modules.sales.widgets.writing import Writing


class Pricing:
    """The goods of one document.

    Attributes:
        goods: By product: its prices for the customer and day, its packs and taxes.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.goods: dict[UUID, Goods] = {}

    def misses(self, lines: Sequence[Line]) -> list[UUID]:
        """Return the products that are not known yet."""
        return sorted(_products(lines) - self.goods.keys())

    async def learn(self, writing: Writing, lines: Sequence[Line]) -> None:
        """Ask for the products that are not known yet."""
        missing = self.misses(lines)
        if missing:
            self.goods |= _known(await self._ask(writing, missing), writing)

    async def scanned(self, writing: Writing, text: str) -> ProductOffer:
        """Return the product of a code or barcode.

        Raises:
            ProductUnknownError: There is none that is sold.
        """
        found = await self._ask(writing, [text])
        offer = next(iter(found), None)
        if offer is None or not offer.is_active:
            raise ProductUnknownError(text=current().isolate(text))
        self.goods |= _known([offer], writing)
        return offer

    async def ask_again(self, writing: Writing, lines: Sequence[Line]) -> dict[UUID, Goods]:
        """Return what the products of lines cost now; nothing is taken yet."""
        wanted = sorted(_products(lines))
        return _known(await self._ask(writing, wanted), writing) if wanted else {}

    def differ(self, lines: Sequence[Line], fresh: Mapping[UUID, Goods]) -> bool:
        """Whether a line that has the price of a list would have another."""
        listed = [line for line in lines if line.product and not line.is_own_price]
        return any(_price(line, fresh) != _price(line, self.goods) for line in listed)

    async def _ask(self, writing: Writing, wanted: Iterable[UUID | str]) -> list[ProductOffer]:
        return await self._backend.ask(
            offers,
            list(wanted),
            price_list=writing.price_list,
            day=writing.base.dated_on,
            branch_id=writing.base.branch_id,
        )


def _products(lines: Iterable[Line]) -> set[UUID]:
    return {line.product.id for line in lines if line.product}


def _known(found: Iterable[ProductOffer], writing: Writing) -> dict[UUID, Goods]:
    return {each.id: Goods(each, writing.choices) for each in found}


def _price(line: Line, goods: Mapping[UUID, Goods]) -> Decimal | None:
    known = goods.get(line.product.id) if line.product else None
    if known is None:
        return None
    return known.price(line.quantity, line.tax_code, line.pack_id, includes_tax=True)
