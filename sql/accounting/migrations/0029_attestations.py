"""Attestations that suspend a tax, and what documents used of them."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0029"
down_revision = "accounting_0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
