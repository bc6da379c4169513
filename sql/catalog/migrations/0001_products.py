"""Products, their barcodes and units."""

from erp_desktop.server.migrations import run_sql

revision = "catalog_0001"
down_revision = None
branch_labels = ("catalog",)
depends_on = ("accounting_0002",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
