"""Fixed assets: categories, the register and its import; what posts goes through the gate.

await backend.execute(DEPRECIATE, {"on": "2026-12-31", "label": "…"})
await backend.execute(DISPOSE, {"asset_id": …, "on": …, "kind": "sale", "price": "…"})
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import N_
from erp_desktop.imports.kinds import Progress
from erp_desktop.imports.writing import ImportReport, write_chunks
from modules.accounting.depreciation import Method
from modules.accounting.permissions import Permission

DEPRECIATE, UNDO_DEPRECIATION = "accounting.depreciate_v1", "accounting.undo_depreciation_v1"
DISPOSE, UNDO_DISPOSAL = "accounting.dispose_v1", "accounting.undo_disposal_v1"
METHODS: tuple[tuple[Method, str], ...] = (
    ("linear", N_("Straight-line")),
    ("declining", N_("Declining")),
    ("two_shifts", N_("Accelerated, two shifts")),
    ("three_shifts", N_("Accelerated, three shifts")),
    ("none", N_("Not depreciated")),
)


@dataclass(frozen=True, slots=True)
class AssetCategoryDraft:
    """A kind of asset; accounts by code, empty where nothing is depreciated."""

    code: str = ""
    name: str = ""
    name_ar: str = ""
    asset: str = ""
    depreciation: str = ""
    charge: str = ""
    method: str = "linear"
    life_months: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class AssetDraft:
    """An asset as it is to be kept.

    Attributes:
        category: Code of the category.
        branch_id: Where it stands; as text.
        residual: What it is worth at the end, in the company's currency, as `cost`.
        life_months: 0 where it is not depreciated.
        taken_over: What another program had depreciated until `taken_over_on`.
        document: The supplier's invoice.
        metadata: What the company adds.
    """

    code: str = ""
    name: str = ""
    name_ar: str = ""
    category: str = ""
    branch_id: str = ""
    location: str = ""
    cost_centre: str = ""
    acquired_on: date | None = None
    in_service_on: date | None = None
    cost: Decimal | None = None
    residual: Decimal | None = None
    method: str = "linear"
    life_months: int = 0
    taken_over: Decimal | None = None
    taken_over_on: date | None = None
    document: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what PostgreSQL reads: amounts and days as text, what is empty left out."""
        values = {name: getattr(self, name) for name in AssetDraft.__dataclass_fields__}
        return {
            name: value if isinstance(value, int | Mapping) else str(value)
            for name, value in values.items()
            if value is not None and value != ""
        }


def save_asset(ctx: Context, asset_id: UUID, draft: AssetDraft, *, version: int | None) -> int:
    """Keep an asset and return its new version.

    Args:
        ctx: The transaction to write in.
        asset_id: Its id; a new one for a new asset.
        draft: How it is to be.
        version: What the user saw; None for a new asset.

    Raises:
        NotAllowedError: The user may not edit assets.
        OtherBranchError: The branch is none of the user's.
        AssetCodeTakenError: Another asset has the code.
        AssetCategoryUnknownError: There is no such category in use.
        AssetMethodUnlawfulError: The country has no such method on the day of service.
        AssetInBooksError: Its value follows from what was changed, and it is depreciated.
        AssetGoneError: It was sold or scrapped.
        StaleRecordError: Somebody changed it after the user read `version`.
        UserError: Amounts or days do not fit together.
    """
    ctx.require(Permission.EDIT_ASSETS)
    given = {**draft.as_json(), "id": str(asset_id)}
    return int(ctx.call("accounting.save_asset_v1", given, version))


def save_asset_category(
    ctx: Context, draft: AssetCategoryDraft, *, version: int | None = None
) -> int:
    """Keep a category and return its new version; its code stays as it was made.

    Raises:
        NotAllowedError: The user may not edit assets.
        AccountUnknownError: One of its accounts is not in the chart.
        AccountIsGroupError: One of them has accounts beneath it.
        AssetCategoryTakenError: There is one with the code.
        AssetLifeError: Method and life do not fit.
        StaleRecordError: Somebody changed it after the user read `version`.
    """
    ctx.require(Permission.EDIT_ASSETS)
    given = {name: getattr(draft, name) for name in AssetCategoryDraft.__dataclass_fields__}
    return int(ctx.call("accounting.save_asset_category_v1", given, version))


def import_assets(
    ctx: Context,
    drafts: Sequence[AssetDraft],
    *,
    may_change: bool,
    progress: Progress = lambda _done, _total, _doing: None,
) -> ImportReport:
    """Write a register that another program kept, all of it or none.

    Raises:
        NotAllowedError: The user may not edit assets.
        AssetCodeTakenError: A code exists already, and `may_change` is not set.
        CancelledError: The user cancelled; nothing is written.
        UserError: As `save_asset`.
    """
    ctx.require(Permission.EDIT_ASSETS)

    def write(some: Sequence[AssetDraft]) -> dict[str, int]:
        rows = [draft.as_json() for draft in some]
        told: dict[str, int] = ctx.call("accounting.import_assets_v1", rows, may_change)
        return told

    return write_chunks(drafts, write, progress, N_("Writing assets…"))
