"""Tickets: what was sold at a till, for how much, and how it was paid."""

from erp_desktop.server.migrations import run_sql

revision = "till_0001"
down_revision = None
branch_labels = ("till",)
depends_on = ("inventory_0001",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
