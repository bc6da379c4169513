"""Cash sessions, customers, discounts, refunds, and every way to pay."""

from erp_desktop.server.migrations import run_sql

revision = "till_0002"
down_revision = "till_0001"
branch_labels = None
depends_on = ("parties_0001",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
