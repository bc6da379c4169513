"""Keeping price lists and what stands in them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from modules.catalog.permissions import Permission
from modules.catalog.selectors import PriceListRow, PriceRow


@dataclass(frozen=True, slots=True)
class PriceListDraft:
    """A price list as it is to be kept."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    includes_tax: bool = True
    is_active: bool = True

    @classmethod
    def of(cls, price_list: PriceListRow) -> "PriceListDraft":
        """Return a price list as it is kept now."""
        return cls(**{name: getattr(price_list, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class CopyDraft:
    """How prices are copied into a list.

    Attributes:
        source: The list to copy; none for the products' own prices.
        percent: What is added to each; negative is taken off.
        step: The multiple to which each is rounded, half up.
    """

    valid_from: date
    source: str | None = None
    percent: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PricesReport:
    """How many prices were written, and how many former ones ended because of them."""

    saved: int
    ended: int


def save_price_list(ctx: Context, draft: PriceListDraft, *, version: int | None = None) -> int:
    """Keep a price list, and return its new version; without `version` it is a new one.

    Raises:
        NotAllowedError: The user may not edit products.
        StaleRecordError: Somebody changed it after the user read `version`.
        PriceListCodeTakenError: Another list has the code.
        PriceListNameMissingError: The code is no code, or the name is missing.
        ListHasPricesError: Whether taxes are included cannot change any more.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    return int(ctx.call("catalog.save_price_list_v1", {**asdict(draft), "version": version}))


def save_prices(
    ctx: Context,
    price_list: str,
    prices: Sequence[PriceRow],
    *,
    removed: Sequence[UUID] = (),
    ends_former: bool = True,
) -> PricesReport:
    """Write prices of one list, by their ids, and take others away.

    Args:
        ctx: The transaction to write in.
        price_list: Its code.
        prices: How they are to be.
        removed: Those to take away.
        ends_former: Let a price that is valid when a new one begins end the day before.

    Raises:
        NotAllowedError: The user may not edit products.
        PricesOverlapError: The list would have two prices for one day.
        PriceImpossibleError: A price or a quantity is no amount.
        PriceDaysError: A price ends before it begins.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    rows = [_row(price) for price in prices]
    gone = [str(each) for each in removed]
    return PricesReport(**ctx.call("catalog.save_prices_v1", price_list, rows, gone, ends_former))


def copy_prices(ctx: Context, target: str, draft: CopyDraft) -> PricesReport:
    """Copy prices into a list: of another list, or the products' own.

    Raises:
        NotAllowedError: The user may not edit products.
        ListsDifferError: One of the lists includes taxes, the other does not.
        CopyImpossibleError: Nothing would be left of the prices, or they cannot be rounded so.
        PricesOverlapError: The list has other prices later on.
        PriceDaysError: The prices would end before they begin.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    answer = ctx.call(
        "catalog.copy_prices_v1",
        draft.source,
        target,
        draft.percent,
        draft.step,
        draft.valid_from,
        draft.valid_to,
    )
    return PricesReport(**answer)


def _row(price: PriceRow) -> dict[str, Any]:
    return {
        "id": str(price.id),
        "product_id": str(price.product_id),
        "pack_id": str(price.pack_id) if price.pack_id else None,
        "min_quantity": str(price.min_quantity),
        "price": str(price.price),
        "valid_from": price.valid_from.isoformat(),
        "valid_to": price.valid_to.isoformat() if price.valid_to else None,
    }
