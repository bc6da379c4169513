"""Lines that say when they are due, and by whom."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0006"
down_revision = "accounting_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
