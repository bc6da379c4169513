"""Limits of what categories, packs and price lists are called, each by its name."""

from erp_desktop.server.migrations import run_sql

revision = "catalog_0003"
down_revision = "catalog_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
