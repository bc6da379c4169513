"""Questions inventory can answer. Nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    cast,
    column,
    func,
    literal,
    null,
    select,
    table,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from erp_desktop.core.search import terms
from modules.inventory.models import Movement
from modules.inventory.permissions import Permission

PAGE_SIZE = 200

Order = Literal["code", "name", "on_hand", "value"]


@dataclass(frozen=True, slots=True)
class StockRow(Bilingual):
    """What one warehouse has of one product.

    Attributes:
        is_short: Less than nothing: a fact took more than the books had.
        is_low: At its reorder point, or below.
    """

    product_id: UUID
    warehouse_id: UUID
    branch_id: UUID
    branch: str
    code: str
    name: str
    name_ar: str
    unit: str
    on_hand: Decimal
    value: Decimal
    is_short: bool
    is_low: bool
    reorder_point: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class MovementRow(Bilingual):
    """Goods that came or went.

    Attributes:
        on_hand: What the warehouse had afterwards; known only in the list of one product.
    """

    id: UUID
    product_id: UUID
    warehouse_id: UUID
    branch_id: UUID
    branch: str
    code: str
    name: str
    name_ar: str
    kind: str
    quantity: Decimal
    value: Decimal
    document: str
    command_id: UUID | None
    moved_at: datetime
    recorded_at: datetime
    currency: str
    on_hand: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OpeningState:
    """What opening stock must know: the currency, and which products are opened already."""

    currency: str
    opened: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class StockFilter:
    """Which stock is asked for; what is empty or False does not matter."""

    text: str = ""
    branch: str = ""
    is_low: bool = False
    is_short: bool = False
    is_there: bool = False
    is_out: bool = False
    order: Order = "code"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class MovementFilter:
    """Which movements are asked for: of a product, or of a command."""

    product_id: UUID | None = None
    command_id: UUID | None = None
    kind: str = ""


STOCK_LIST = view("inventory.stock_list", StockRow).c
_WORDS: ColumnElement[Any] = column("words", TSVECTOR)
_MOVEMENT_COLUMNS = [name for name in MovementRow.__dataclass_fields__ if name != "on_hand"]
_MOVEMENTS = view("inventory.movement_list", MovementRow)


def list_stock(
    ctx: Context, wanted: StockFilter, *, after: StockRow | None = None
) -> list[StockRow]:
    """Return one page of stock, of the branches that the user may see.

    Args:
        ctx: The transaction to read in.
        wanted: Which.
        after: Continue below this row, the last of the page before.
    """
    ctx.require(Permission.VIEW_STOCK)
    keys = (wanted.order, "product_id", "warehouse_id")
    place = [STOCK_LIST[key] for key in keys]
    query = select(*STOCK_LIST).where(*_conditions(wanted)).limit(PAGE_SIZE)
    if after is not None:
        last = tuple_(*(literal(getattr(after, key)) for key in keys))
        query = query.where(tuple_(*place) < last if wanted.descending else tuple_(*place) > last)
    ordered = [each.desc() if wanted.descending else each.asc() for each in place]
    return ctx.rows(StockRow, query.order_by(*ordered))


def list_movements(
    ctx: Context, wanted: MovementFilter, *, after: MovementRow | None = None
) -> list[MovementRow]:
    """Return one page of movements, newest first; of one product with what was left by each.

    Args:
        ctx: The transaction to read in.
        wanted: Which.
        after: Continue below this row, the last of the page before.
    """
    ctx.require(Permission.VIEW_STOCK)
    rows = _movements(wanted).subquery()
    query = select(*rows.c).limit(PAGE_SIZE)
    place = tuple_(rows.c.recorded_at, rows.c.id)
    if after is not None:
        query = query.where(place < tuple_(literal(after.recorded_at), literal(after.id)))
    return ctx.rows(MovementRow, query.order_by(rows.c.recorded_at.desc(), rows.c.id.desc()))


def get_opening(ctx: Context, branch_id: UUID, product_ids: Sequence[UUID]) -> OpeningState:
    """Return which of these products a branch has opening stock of already."""
    ctx.require(Permission.VIEW_STOCK)
    opened = select(Movement.product_id).where(
        Movement.branch_id == branch_id,
        Movement.kind == "opening",
        Movement.product_id.in_(product_ids),
    )
    company = table("company", column("currency"), schema="core")
    query = select(company.c.currency, func.array(opened.scalar_subquery()))
    currency, found = ctx.connection.execute(query).one()
    return OpeningState(currency, frozenset(found))


def _conditions(wanted: StockFilter) -> list[ColumnElement[bool]]:
    words = " & ".join(f"'{word}':*" for word in terms(wanted.text))
    pairs: list[tuple[object, ColumnElement[bool]]] = [
        (words, _WORDS.bool_op("@@")(cast(words, TSQUERY))),
        (wanted.branch, STOCK_LIST.branch == wanted.branch.upper()),
        (wanted.is_low, STOCK_LIST.is_low),
        (wanted.is_short, STOCK_LIST.is_short),
        (wanted.is_there, STOCK_LIST.on_hand > 0),
        (wanted.is_out, STOCK_LIST.on_hand <= 0),
    ]
    return [condition for asked, condition in pairs if asked]


def _movements(wanted: MovementFilter) -> Select[Any]:
    """The sum runs over the movements of one product only: an index has them in this order."""
    rows = _MOVEMENTS.c
    left: ColumnElement[Any] = null()
    if wanted.product_id is not None:
        left = func.sum(rows.quantity).over(
            partition_by=rows.warehouse_id, order_by=(rows.recorded_at, rows.id)
        )
    query = select(*(rows[name] for name in _MOVEMENT_COLUMNS), left.label("on_hand"))
    if wanted.product_id is not None:
        query = query.where(rows.product_id == wanted.product_id)
    if wanted.command_id is not None:
        query = query.where(rows.command_id == wanted.command_id)
    return query.where(rows.kind == wanted.kind) if wanted.kind else query
