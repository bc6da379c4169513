"""The tables of sales."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base

_WORDS = """array_to_tsvector(array_remove(regexp_split_to_array(core.fold(search), '…'), ''))"""
_ZERO = "0"
_NOW = sql("now()")


def _where(*columns: str, name: str, condition: str) -> Index:
    return Index(name, *columns, postgresql_where=sql(condition))


class Invoice(Base):
    """An invoice or credit note: a draft, posted for good, or discarded.

    Attributes:
        paper: What the paper said when it was posted: seller, customer, terms, goods and law.
    """

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("number", name="invoices_number_is_unique"),
        Index("invoices_dated_on", "dated_on", "id"),
        _where(
            "customer_id",
            "dated_on",
            name="invoices_customer_id",
            condition="customer_id is not null",
        ),
        _where("original_id", name="invoices_original_id", condition="original_id is not null"),
        _where("branch_id", name="invoices_drafts", condition="state = 'draft'"),
        _where("import_id", name="invoices_import_id", condition="import_id is not null"),
        _where(
            "attestation_id",
            name="invoices_attestation_id",
            condition="attestation_id is not null",
        ),
        Index("invoices_words", "words", postgresql_using="gin"),
        Index("invoices_metadata", "metadata", postgresql_using="gin"),
        {"schema": "sales"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(server_default="1")
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="draft")
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    number: Mapped[str | None]
    dated_on: Mapped[date]
    due_on: Mapped[date | None]
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("parties.parties.id"))
    original_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales.invoices.id"))
    currency: Mapped[str]
    includes_tax: Mapped[bool]
    price_list: Mapped[str | None] = mapped_column(
        ForeignKey("catalog.price_lists.code", name="invoices_price_list_is_known")
    )
    terms: Mapped[str | None] = mapped_column(
        ForeignKey("parties.terms.code", name="invoices_terms_are_known")
    )
    payment_method: Mapped[str]
    reference: Mapped[str]
    language: Mapped[str]
    note: Mapped[str]
    discount: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    net: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    tax: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    total: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    stamp: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    to_pay: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    cost: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    taxes: Mapped[list[Any]] = mapped_column(JSONB(), server_default="[]")
    paper: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    posted_at: Mapped[datetime | None] = mapped_column(MOMENT)
    posted_by: Mapped[str | None]
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
    entry_id: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
    printed: Mapped[int] = mapped_column(Integer())
    attestation_id: Mapped[UUID | None]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", server_default="{}")
    search: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True))
    changed_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)


class InvoiceLine(Base):
    """One product on an invoice; on a credit note quantities and amounts are negative."""

    __tablename__ = "invoice_lines"
    __table_args__ = (
        UniqueConstraint("invoice_id", "line_no", name="invoice_lines_stand_in_order"),
        Index("invoice_lines_product_id", "product_id"),
        _where(
            "original_line_id",
            name="invoice_lines_original_line_id",
            condition="original_line_id is not null",
        ),
        {"schema": "sales"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("sales.invoices.id"))
    branch_id: Mapped[UUID]
    line_no: Mapped[int] = mapped_column(Integer())
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"))
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.packs.id"))
    factor: Mapped[Decimal] = mapped_column(MONEY, server_default="1")
    description: Mapped[str] = mapped_column(server_default="")
    quantity: Mapped[Decimal] = mapped_column(MONEY)
    unit_price: Mapped[Decimal] = mapped_column(MONEY)
    discount_rate: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    discount: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    tax_code: Mapped[str]
    taxes: Mapped[list[Any]] = mapped_column(JSONB(), server_default="[]")
    amount: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    net: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    cost: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    goods_back: Mapped[bool]
    original_line_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales.invoice_lines.id"))
    suspended_tax: Mapped[str] = mapped_column(server_default="")


class Series(Base):
    """The last number of a kind of document in a branch and year, and its day."""

    __tablename__ = "series"
    __table_args__ = ({"schema": "sales"},)

    kind: Mapped[str] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer(), primary_key=True)
    last_number: Mapped[int] = mapped_column(server_default=_ZERO)
    last_on: Mapped[date]


class Payment(Base):
    """What a customer paid, or was paid back (negative); the stamp duty of cash is on top."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("number", name="payments_number_is_unique"),
        Index("payments_dated_on", "dated_on", "id"),
        _where(
            "customer_id",
            "dated_on",
            name="payments_customer_id",
            condition="customer_id is not null",
        ),
        _where("import_id", name="payments_import_id", condition="import_id is not null"),
        Index("payments_words", "words", postgresql_using="gin"),
        {"schema": "sales"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    number: Mapped[str]
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("parties.parties.id"))
    dated_on: Mapped[date]
    method: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    stamp: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    reference: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    currency: Mapped[str]
    received_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)
    workstation_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.workstations.id"))
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
    entry_id: Mapped[UUID | None]
    import_id: Mapped[UUID | None]
    search: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True))


class WriteOff(Base):
    """A debt that is given up."""

    __tablename__ = "write_offs"
    __table_args__ = (Index("write_offs_invoice_id", "invoice_id"), {"schema": "sales"})

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("sales.invoices.id"))
    dated_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    reason: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)
    made_by: Mapped[str]
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
    entry_id: Mapped[UUID | None]


class Allocation(Base):
    """What settles what; never changed, taken back by another that `undoes` it."""

    __tablename__ = "allocations"
    __table_args__ = (
        UniqueConstraint("undoes", name="allocations_are_undone_once"),
        *(
            _where(each, name=f"allocations_{each}", condition=f"{each} is not null")
            for each in ("invoice_id", "payment_id", "credit_note_id", "repayment_id")
        ),
        {"schema": "sales"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales.payments.id"))
    credit_note_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales.invoices.id"))
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales.invoices.id"))
    repayment_id: Mapped[UUID | None] = mapped_column(ForeignKey("sales.payments.id"))
    amount: Mapped[Decimal] = mapped_column(MONEY)
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("sales.allocations.id"))
    made_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)
    made_by: Mapped[str]
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))


class OpenItem(Base):
    """What is still open of a posted document or payment."""

    __tablename__ = "open_items"
    __table_args__ = (
        _where("customer_id", "due_on", name="open_items_customer_id", condition="open > 0"),
        _where("due_on", name="open_items_due_on", condition="open > 0"),
        {"schema": "sales"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("parties.parties.id"))
    dated_on: Mapped[date]
    due_on: Mapped[date]
    whole: Mapped[Decimal] = mapped_column(MONEY)
    open: Mapped[Decimal] = mapped_column(MONEY)


class Import(Base):
    """A history that was imported, or is on its way: a file, and how far it is."""

    __tablename__ = "imports"
    __table_args__ = ({"schema": "sales"},)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    file: Mapped[str]
    sha256: Mapped[str]
    options: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(server_default="running")
    rows: Mapped[int] = mapped_column(Integer())
    value: Mapped[Decimal] = mapped_column(MONEY)
    documents: Mapped[int] = mapped_column(Integer())
    done: Mapped[int] = mapped_column(Integer(), server_default=_ZERO)
    booked_rows: Mapped[int] = mapped_column(Integer(), server_default=_ZERO)
    booked_value: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    booked_amount: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    rejected_rows: Mapped[int] = mapped_column(Integer(), server_default=_ZERO)
    rejected_value: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    started_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)
    started_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)
    finished_at: Mapped[datetime | None] = mapped_column(MOMENT)


class ImportDocument(Base):
    """A document of a history, with what it became or why it became nothing."""

    __tablename__ = "import_documents"
    __table_args__ = (
        UniqueConstraint("import_id", "place", name="import_documents_come_once"),
        {"schema": "sales"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("sales.imports.id"))
    branch_id: Mapped[UUID]
    place: Mapped[int] = mapped_column(Integer())
    kind: Mapped[str]
    number: Mapped[str]
    dated_on: Mapped[date]
    rows: Mapped[int] = mapped_column(Integer())
    value: Mapped[Decimal] = mapped_column(MONEY)
    amount: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
    entry_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(server_default="")
    details: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


class ImportRejection(Base):
    """A row of a history that is on no document."""

    __tablename__ = "import_rejections"
    __table_args__ = ({"schema": "sales"},)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("sales.imports.id"), primary_key=True)
    row: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID]
    number: Mapped[str]
    code: Mapped[str]
    reason: Mapped[str]
    value: Mapped[Decimal] = mapped_column(MONEY, server_default=_ZERO)
