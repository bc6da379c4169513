"""Categories, packs, price lists, services and pictures."""

from erp_desktop.server.migrations import run_sql

revision = "catalog_0002"
down_revision = "catalog_0001"
branch_labels = None
depends_on = ("accounting_0003",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
