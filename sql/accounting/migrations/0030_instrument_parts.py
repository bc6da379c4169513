"""Cheques and bills that are paid in part, where each stands, and late charges that are booked."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0030"
down_revision = "accounting_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
