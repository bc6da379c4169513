"""Transfer orders: how suppliers are paid by bank, and what each order pays."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0025"
down_revision = "accounting_0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
