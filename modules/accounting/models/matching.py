"""Which lines of an account settle each other."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "accounting"}
_PARTY_KEY = "coalesce(party_id, '00000000-0000-0000-0000-000000000000')"


class Match(Base):
    """A debit and a credit that settle each other; taken back, it stays as history."""

    __tablename__ = "matches"
    __table_args__ = (
        Index("matches_debit_entry", "debit_entry", "debit_line"),
        Index("matches_credit_entry", "credit_entry", "credit_line"),
        Index(
            "matches_document_id",
            "document_id",
            postgresql_where=text("document_id is not null"),
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID]
    branch_id: Mapped[UUID]
    credit_branch_id: Mapped[UUID]
    account_id: Mapped[UUID]
    party_id: Mapped[UUID | None]
    party_key: Mapped[UUID] = mapped_column(Computed(_PARTY_KEY))
    debit_entry: Mapped[UUID]
    debit_line: Mapped[int] = mapped_column(Integer())
    credit_entry: Mapped[UUID]
    credit_line: Mapped[int] = mapped_column(Integer())
    amount: Mapped[Decimal]
    reason: Mapped[str]
    reference: Mapped[str]
    document_id: Mapped[UUID | None]
    matched_on: Mapped[date]
    matched_at: Mapped[datetime] = mapped_column(MOMENT)
    matched_by: Mapped[str]
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
    letter: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
    undone_by: Mapped[str | None]


class MatchedLine(Base):
    """What of a line is matched, and its letter."""

    __tablename__ = "matched_lines"
    __table_args__ = (
        Index(
            "matched_lines_letter_no",
            "account_id",
            "party_key",
            "letter_no",
            postgresql_where=text("letter_no is not null"),
        ),
        _SCHEMA,
    )

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID]
    account_id: Mapped[UUID]
    party_key: Mapped[UUID]
    whole: Mapped[Decimal]
    matched: Mapped[Decimal]
    letter_no: Mapped[int | None] = mapped_column(Integer())
    letter: Mapped[str | None]


class MatchLetter(Base):
    """The last letter of an account and party."""

    __tablename__ = "match_letters"
    __table_args__ = _SCHEMA

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    party_key: Mapped[UUID] = mapped_column(primary_key=True)
    last_no: Mapped[int] = mapped_column(Integer())


class MatchingSettings(Base):
    """What may be written off; there is one row."""

    __tablename__ = "matching_settings"
    __table_args__ = _SCHEMA

    only_one: Mapped[bool] = mapped_column(primary_key=True)
    version: Mapped[int]
    tolerance: Mapped[Decimal]
