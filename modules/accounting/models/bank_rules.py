"""What the program knows of bank movements: rules, and what people refused of them."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base


class BankRule(Base):
    """By which words a movement is known, and on which account it is booked."""

    __tablename__ = "bank_rules"
    __table_args__ = (
        UniqueConstraint("id", "branch_id", name="bank_rules_of_a_branch"),
        Index("bank_rules_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    bank_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.bank_accounts.id"))
    words: Mapped[list[str]] = mapped_column(ARRAY(Text))
    direction: Mapped[str]
    amount_from: Mapped[Decimal | None]
    amount_to: Mapped[Decimal | None]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"))
    tax_code: Mapped[str | None] = mapped_column(ForeignKey("accounting.taxes.code"))
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    cost_centre: Mapped[str | None] = mapped_column(ForeignKey("accounting.cost_centres.code"))
    label: Mapped[str]
    posts_itself: Mapped[bool]
    is_learned: Mapped[bool]
    is_active: Mapped[bool]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)


class BankRuleRefusal(Base):
    """A movement for which somebody refused what a rule proposed."""

    __tablename__ = "bank_rule_refusals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["rule_id", "branch_id"],
            ["accounting.bank_rules.id", "accounting.bank_rules.branch_id"],
            name="bank_rule_refusals_stay_in_their_branch",
        ),
        Index("bank_rule_refusals_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    rule_id: Mapped[UUID] = mapped_column(primary_key=True)
    movement_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounting.bank_movements.id"), primary_key=True
    )
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    refused_by: Mapped[str]
    refused_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
