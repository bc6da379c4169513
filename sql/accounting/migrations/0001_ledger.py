"""The chart, the journals, the periods, and entries that balance and never change."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0001"
down_revision = None
branch_labels = ("accounting",)
depends_on = ("core_0004",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
