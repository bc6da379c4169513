"""What documents say of taxes, and the returns that declare it."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0010"
down_revision = "accounting_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
