"""Customers and suppliers, where they are and whom to call."""

from erp_desktop.server.migrations import run_sql

revision = "parties_0001"
down_revision = None
branch_labels = ("parties",)
depends_on = ("catalog_0002",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
