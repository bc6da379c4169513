"""Budgets: amounts by account, month and branch."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0021"
down_revision = "accounting_0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
