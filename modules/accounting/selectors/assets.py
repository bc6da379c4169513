"""The register of fixed assets, what a month depreciates, and the board of a year."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual, in_language
from modules.accounting.permissions import Permission

_LIST = text("select * from accounting.asset_list_v1(:words, :with_gone)")
_CATEGORIES = text("""
    select c.code, c.version, c.name, c.name_ar, c.asset, c.depreciation, c.charge, c.method,
           c.life_months, c.is_active
      from accounting.asset_categories c order by c.name
""")
_KNOWN = text("select a.code from accounting.assets a where a.code = any (:codes)")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AssetCategoryRow(Bilingual):
    """A category of assets."""

    code: str
    version: int
    name: str
    name_ar: str
    asset: str
    depreciation: str
    charge: str
    method: str
    life_months: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class AssetRow(Bilingual):
    """An asset of the register; amounts in the company's currency."""

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    category: str
    category_name: str
    category_name_ar: str
    branch: str
    location: str
    acquired_on: date
    in_service_on: date
    cost: Decimal
    depreciated: Decimal
    method: str
    life_months: int
    disposed_on: date | None
    currency: str

    @property
    def left(self) -> Decimal:
        """What it is worth in the books."""
        return _ZERO if self.disposed_on else self.cost - self.depreciated

    def category_named(self, language: str) -> str:
        """Return the name of its category in a language."""
        return in_language(language, self.category_name, self.category_name_ar)


@dataclass(frozen=True, slots=True)
class PostedDepreciation:
    """What was posted of an asset until a day, and the number of the entry."""

    ends_on: date
    amount: Decimal
    entry: str


@dataclass(frozen=True, slots=True)
class AssetDetails:
    """An asset with what was posted of it.

    Attributes:
        told: Its columns, as PostgreSQL tells them.
        gone: Kind, price, day, entry and author of its sale or scrapping.
    """

    id: UUID
    version: int
    told: dict[str, Any]
    posted: tuple[PostedDepreciation, ...]
    gone: dict[str, Any] | None

    @property
    def is_in_books(self) -> bool:
        """Whether its value in the books is given already."""
        return bool(self.posted or self.gone)


@dataclass(frozen=True, slots=True)
class Choice(Bilingual):
    """Something that a field of an asset offers."""

    code: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class AssetSheet:
    """An asset, or none, with all that its form offers.

    Attributes:
        laws: Dated rules of depreciation: `code`, `valid_from`, `valid_to`, `value`.
    """

    asset: AssetDetails | None
    currency: str
    categories: tuple[AssetCategoryRow, ...]
    cost_centres: tuple[Choice, ...]
    taxes: tuple[Choice, ...]
    laws: tuple[dict[str, Any], ...]

    def law_on(self, code: str, day: date) -> dict[str, Any]:
        """Return the rule of that code on a day; empty if there is none."""
        iso = day.isoformat()
        for law in self.laws:
            is_on = law["valid_from"] <= iso and (not law["valid_to"] or iso <= law["valid_to"])
            if law["code"] == code and is_on:
                value: dict[str, Any] = law["value"]
                return value
        return {}


@dataclass(frozen=True, slots=True)
class DepreciationRow(Bilingual):
    """What an asset is to be depreciated by, or was."""

    branch: str
    code: str
    name: str
    name_ar: str
    category: str
    category_ar: str
    cost: Decimal
    depreciated: Decimal
    amount: Decimal
    account: str
    charge: str
    is_posted: bool
    currency: str

    @property
    def left(self) -> Decimal:
        """What it is worth in the books afterwards."""
        return self.cost - self.depreciated - self.amount


@dataclass(frozen=True, slots=True)
class ShownDepreciation:
    """A month as it is to be, or was, depreciated; `posted` says branch, author, moment, entry."""

    rows: tuple[DepreciationRow, ...]
    posted: tuple[tuple[str, str, datetime, tuple[str, ...]], ...]
    currency: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class BoardRow(Bilingual):
    """A category over some days; amounts in the company's currency."""

    category: str
    name: str
    name_ar: str
    account: str
    opening: Decimal
    added: Decimal
    gone: Decimal
    used_before: Decimal
    charged: Decimal
    used_gone: Decimal
    currency: str

    @property
    def closing(self) -> Decimal:
        """Cost on the last day."""
        return self.opening + self.added - self.gone

    @property
    def used(self) -> Decimal:
        """Depreciated on the last day."""
        return self.used_before + self.charged - self.used_gone

    @property
    def left(self) -> Decimal:
        """Worth on the last day."""
        return self.closing - self.used


BOARD_FIGURES = ("opening", "added", "gone", "used_before", "charged", "used_gone")


@dataclass(frozen=True, slots=True)
class AssetBoard:
    """The board of a year.

    Attributes:
        differing: Account, register and ledger where they do not agree.
    """

    rows: tuple[BoardRow, ...]
    differing: tuple[tuple[str, Decimal, Decimal], ...]
    currency: str

    @property
    def totals(self) -> BoardRow | None:
        """The sums of the categories."""
        if not self.rows:
            return None
        sums = {name: sum((getattr(r, name) for r in self.rows), _ZERO) for name in BOARD_FIGURES}
        return BoardRow("", "", "", "", **sums, currency=self.currency)


def list_assets(ctx: Context, words: str = "", *, with_gone: bool = False) -> list[AssetRow]:
    """Return the register by code.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(AssetRow, _LIST.bindparams(words=words, with_gone=with_gone))


def list_asset_categories(ctx: Context) -> list[AssetCategoryRow]:
    """Return the categories by name."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(AssetCategoryRow, _CATEGORIES)


def known_assets(
    ctx: Context, codes: list[str], _marks: Any
) -> tuple[frozenset[str], dict[str, str]]:
    """Return which of some codes there are, as imports ask."""
    found = ctx.connection.execute(_KNOWN.bindparams(codes=list(codes))).scalars()
    return frozenset(found), {}


def get_asset_sheet(ctx: Context, asset_id: UUID | None) -> AssetSheet:
    """Return an asset, or what the form of a new one offers.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is none, or it is of another branch.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.asset_sheet_v1", asset_id)
    if asset_id is not None and told["asset"] is None:
        raise NotFoundError
    categories = tuple(AssetCategoryRow(**each) for each in told["categories"])
    centres, taxes = (
        tuple(Choice(**each) for each in told[name]) for name in ("cost_centres", "taxes")
    )
    asset = _details(told["asset"]) if told["asset"] else None
    return AssetSheet(asset, told["currency"], categories, centres, taxes, tuple(told["laws"]))


def _details(told: dict[str, Any]) -> AssetDetails:
    posted = tuple(
        PostedDepreciation(
            date.fromisoformat(each["ends_on"]), Decimal(each["amount"]), each["entry"]
        )
        for each in told.pop("depreciations")
    )
    gone = told.pop("disposal")
    return AssetDetails(UUID(told["id"]), told["version"], told, posted, gone)


def get_depreciation(ctx: Context, day: date) -> ShownDepreciation:
    """Return what is to be posted at the end of a month, or was.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.depreciation_v1", day)
    figures = ("cost", "depreciated", "amount")
    rows = tuple(
        DepreciationRow(
            **{**row, **{name: Decimal(row[name]) for name in figures}}, currency=told["currency"]
        )
        for row in told["rows"]
    )
    posted = tuple(
        (each["branch"], each["by"], datetime.fromisoformat(each["at"]), tuple(each["entries"]))
        for each in told["posted"]
    )
    return ShownDepreciation(rows, posted, told["currency"], told["is_last"])


def get_asset_board(
    ctx: Context, first_day: date, last_day: date, *, branch_id: UUID | None = None
) -> AssetBoard:
    """Return the movements of assets and depreciation between two days, by category.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.asset_board_v1", first_day, last_day, branch_id)
    rows = tuple(
        BoardRow(
            **{**row, **{name: Decimal(row[name]) for name in BOARD_FIGURES}},
            currency=told["currency"],
        )
        for row in told["rows"]
    )
    accounts = (
        (each["code"], Decimal(each["register"]), Decimal(each["ledger"]))
        for each in told["accounts"]
    )
    differing = tuple(each for each in accounts if each[1] != each[2])
    return AssetBoard(rows, differing, told["currency"])
