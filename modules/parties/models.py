"""The tables of parties."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base, Xid8

_WORDS = """array_to_tsvector(array_remove(regexp_split_to_array(
core.fold(code || ' ' || name || …), '…'), ''))"""
_PHONE_KEY = r"\"right\"(regexp_replace(core.fold(phone), '\D'::text, ''::text, 'g'::text), 8)"
_YES, _NO = sql("true"), sql("false")


class Region(Base):
    """A wilaya, a province or a governorate."""

    __tablename__ = "regions"
    __table_args__ = ({"schema": "parties"},)

    country: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(server_default="")


class Terms(Base):
    """When what is bought must be paid."""

    __tablename__ = "terms"
    __table_args__ = ({"schema": "parties"},)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(server_default="")
    days: Mapped[int] = mapped_column(Integer())
    end_of_month: Mapped[bool] = mapped_column(server_default=_NO)
    is_active: Mapped[bool] = mapped_column(server_default=_YES)


class Party(Base):
    """Somebody we sell to or buy from; `merged_into` is the party that it turned out to be."""

    __tablename__ = "parties"
    __table_args__ = (
        UniqueConstraint("code", name="parties_code_is_taken"),
        Index("parties_metadata", "metadata", postgresql_using="gin"),
        Index("parties_identifiers", "identifiers", postgresql_using="gin"),
        Index("parties_changed_xid", "changed_xid"),
        Index("parties_words", "words", postgresql_using="gin"),
        Index("parties_name", "name", "id"),
        Index("parties_phone_key", "phone_key"),
        Index(
            "parties_merged_into", "merged_into", postgresql_where=sql("merged_into is not null")
        ),
        {"schema": "parties"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(server_default="1")
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(server_default="")
    is_customer: Mapped[bool] = mapped_column(server_default=_YES)
    is_supplier: Mapped[bool] = mapped_column(server_default=_NO)
    is_company: Mapped[bool] = mapped_column(server_default=_NO)
    country: Mapped[str]
    identifiers: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    document_language: Mapped[str] = mapped_column(server_default="fr")
    terms: Mapped[str | None] = mapped_column(
        ForeignKey("parties.terms.code", name="parties_terms_are_known")
    )
    price_list: Mapped[str | None] = mapped_column(
        ForeignKey("catalog.price_lists.code", name="parties_price_list_is_known")
    )
    credit_limit: Mapped[Decimal | None] = mapped_column(MONEY)
    note: Mapped[str] = mapped_column(server_default="")
    is_active: Mapped[bool] = mapped_column(server_default=_YES)
    deleted_at: Mapped[datetime | None] = mapped_column(MOMENT)
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("parties.parties.id"))
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", server_default="{}")
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True))
    name_key: Mapped[str] = mapped_column(Computed("core.fold(name)", persisted=True))
    phone_key: Mapped[str] = mapped_column(Computed(_PHONE_KEY, persisted=True))
    changed_xid: Mapped[int] = mapped_column(Xid8, server_default=sql("pg_current_xact_id()"))


class TaxNumber(Base):
    """A tax identifier, without spaces and signs, and the one active party that has it."""

    __tablename__ = "tax_numbers"
    __table_args__ = (Index("tax_numbers_party_id", "party_id"), {"schema": "parties"})

    code: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("parties.parties.id"))


class Address(Base):
    """Where a party is, gets its bills, or takes its goods."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("addresses_party_id", "party_id"),
        ForeignKeyConstraint(
            ["country", "region"],
            ["parties.regions.country", "parties.regions.code"],
            name="addresses_region_is_known",
        ),
        {"schema": "parties"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("parties.parties.id"))
    kind: Mapped[str]
    street: Mapped[str] = mapped_column(server_default="")
    street_ar: Mapped[str] = mapped_column(server_default="")
    city: Mapped[str] = mapped_column(server_default="")
    city_ar: Mapped[str] = mapped_column(server_default="")
    postal_code: Mapped[str] = mapped_column(server_default="")
    country: Mapped[str]
    region: Mapped[str | None]


class Contact(Base):
    """A person to call."""

    __tablename__ = "contacts"
    __table_args__ = (Index("contacts_party_id", "party_id"), {"schema": "parties"})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("parties.parties.id"))
    name: Mapped[str]
    position: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
