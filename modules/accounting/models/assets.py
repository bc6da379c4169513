"""Fixed assets, what was depreciated of them, and what went."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "accounting"}
_STANDS = text("undone_at is null")


class AssetCategory(Base):
    """A kind of asset: its accounts, and what its assets have unless they say otherwise."""

    __tablename__ = "asset_categories"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_ar: Mapped[str]
    asset: Mapped[str]
    depreciation: Mapped[str]
    charge: Mapped[str]
    method: Mapped[str]
    life_months: Mapped[int] = mapped_column(Integer())
    is_active: Mapped[bool]


class Asset(Base):
    """A thing that serves for years."""

    __tablename__ = "assets"
    __table_args__ = (
        UniqueConstraint("code", name="assets_code_is_taken"),
        Index("assets_branch_id", "branch_id"),
        Index("assets_metadata", "metadata", postgresql_using="gin"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    category: Mapped[str] = mapped_column(ForeignKey("accounting.asset_categories.code"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    location: Mapped[str]
    cost_centre: Mapped[str | None] = mapped_column(ForeignKey("accounting.cost_centres.code"))
    acquired_on: Mapped[date]
    in_service_on: Mapped[date]
    cost: Mapped[Decimal]
    residual: Mapped[Decimal]
    method: Mapped[str]
    life_months: Mapped[int] = mapped_column(Integer())
    coefficient: Mapped[Decimal]
    starts_on: Mapped[date]
    taken_over: Mapped[Decimal]
    taken_over_on: Mapped[date | None]
    document: Mapped[str]
    entry_id: Mapped[UUID | None]
    disposed_on: Mapped[date | None]
    extra: Mapped[dict[str, Any]] = mapped_column("metadata")


class DepreciationRun(Base):
    """What a branch posted at the end of a month."""

    __tablename__ = "depreciation_runs"
    __table_args__ = (
        Index(
            "depreciation_runs_month",
            "branch_id",
            "ends_on",
            unique=True,
            postgresql_where=_STANDS,
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID]
    ends_on: Mapped[date]
    entry_id: Mapped[UUID]
    posted_by: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(MOMENT)
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Depreciation(Base):
    """What was depreciated of an asset until a day."""

    __tablename__ = "depreciations"
    __table_args__ = (
        Index("depreciations_day", "asset_id", "ends_on", unique=True, postgresql_where=_STANDS),
        Index("depreciations_run_id", "run_id"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    asset_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.assets.id"))
    branch_id: Mapped[UUID]
    ends_on: Mapped[date]
    amount: Mapped[Decimal]
    entry_id: Mapped[UUID]
    run_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.depreciation_runs.id"))
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Disposal(Base):
    """An asset that was sold or scrapped."""

    __tablename__ = "disposals"
    __table_args__ = (
        Index("disposals_asset_id", "asset_id", unique=True, postgresql_where=_STANDS),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    asset_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.assets.id"))
    branch_id: Mapped[UUID]
    disposed_on: Mapped[date]
    kind: Mapped[str]
    price: Mapped[Decimal]
    tax: Mapped[Decimal]
    depreciated: Mapped[Decimal]
    party_id: Mapped[UUID | None]
    entry_id: Mapped[UUID]
    posted_by: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(MOMENT)
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
