"""Attestations on invoices: which one, and which tax it suspends."""

from erp_desktop.server.migrations import run_sql

revision = "sales_0003"
down_revision = "sales_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
