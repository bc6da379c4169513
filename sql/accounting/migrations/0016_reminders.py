"""Reminders in three levels: their texts, who is not reminded, and what was sent."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0016"
down_revision = "accounting_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
