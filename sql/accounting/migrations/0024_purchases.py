"""Purchase invoices, and the tax that is deducted as they are paid."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0024"
down_revision = "accounting_0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
