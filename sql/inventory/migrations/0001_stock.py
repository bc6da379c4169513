"""Warehouses, movements that are only ever added, and what is on hand by them."""

from erp_desktop.server.migrations import run_sql

revision = "inventory_0001"
down_revision = None
branch_labels = ("inventory",)
depends_on = ("catalog_0001",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
