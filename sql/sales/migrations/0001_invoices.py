"""Invoices, credit notes, payments and what they settle."""

from erp_desktop.server.migrations import run_sql

revision = "sales_0001"
down_revision = None
branch_labels = ("sales",)
depends_on = ("accounting_0003", "inventory_0001", "parties_0001")


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
