"""What the cashier types into the scan field: a code, how many of it, or a discount."""

from decimal import Decimal

from erp_desktop.ui.entry import parse_amount, western
from modules.till.errors import DiscountImpossibleError


def split_entry(text: str) -> tuple[Decimal | None, str]:
    """Split `3*6130000012345` into how many and what; a product's own `*` stays with it."""
    plain = western(text).strip()
    left, star, right = plain.partition("*")
    if star and left.strip():
        try:
            return parse_amount(left), right.strip()
        except ValueError:
            return None, plain
    return None, plain


def split_discount(text: str) -> tuple[Decimal, bool] | None:
    """Read `5%` as five per cent off the line, `5%%` off the whole ticket; none if it is neither.

    Raises:
        DiscountImpossibleError: What stands before the sign is no number.
    """
    plain = western(text).strip().replace("٪", "%")
    if not plain.endswith("%"):
        return None
    try:
        return parse_amount(plain.rstrip("%") or "0"), plain.endswith("%%")
    except ValueError:
        raise DiscountImpossibleError from None
