"""Units of measure: what a company adds to those that everybody has."""

from dataclasses import asdict, dataclass

from erp_desktop.core.context import Context
from modules.catalog.permissions import Permission


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit as it is to be kept; `name` is what papers print in French and English."""

    code: str = ""
    name: str = ""
    name_ar: str = ""


def save_unit(ctx: Context, draft: UnitDraft, *, is_new: bool) -> None:
    """Keep a unit; the code of one that is kept does not change.

    Raises:
        NotAllowedError: The user may not edit products.
        UnitCodeTakenError: There is one with the code.
        UnitCodeUnplainError: The code is not made of 1 to 6 capital letters and digits.
        UnitNameMissingError: It has no name.
        NotFoundError: There is none with the code.
    """
    ctx.require(Permission.EDIT_PRODUCTS)
    ctx.call("catalog.save_unit_v1", asdict(draft), is_new)
