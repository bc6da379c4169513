"""Entries by hand: drafts, templates, cost centres, reversals; locks, and the end of a year."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0005"
down_revision = "accounting_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
