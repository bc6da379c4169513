"""Units of measure, and how many products are counted in each."""

from dataclasses import dataclass

from sqlalchemy import func, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.catalog.models import Product, Unit
from modules.catalog.permissions import Permission


@dataclass(frozen=True, slots=True)
class UnitRow(Bilingual):
    """A unit and how many products are counted or measured in it."""

    code: str
    name: str
    name_ar: str
    products: int


def list_units(ctx: Context) -> list[UnitRow]:
    """Return every unit by code."""
    ctx.require(Permission.VIEW_PRODUCTS)
    used = select(func.count()).where(Product.unit == Unit.code).scalar_subquery()
    return ctx.rows(UnitRow, select(Unit.code, Unit.name, Unit.name_ar, used).order_by(Unit.code))
