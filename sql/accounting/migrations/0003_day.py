"""Taxes on taxes, dated values of the law, and who owes what."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0003"
down_revision = "accounting_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
