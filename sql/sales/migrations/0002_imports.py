"""Histories of a shop that were imported, document by document."""

from erp_desktop.server.migrations import run_sql

revision = "sales_0002"
down_revision = "sales_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
