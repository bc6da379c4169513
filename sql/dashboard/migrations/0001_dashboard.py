"""The dashboard owns no table: it reads what the other modules publish."""

from erp_desktop.server.migrations import run_sql

revision = "dashboard_0001"
down_revision = None
branch_labels = ("dashboard",)
depends_on = ("till_0003", "inventory_0001", "accounting_0003")


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
