"""Bank accounts: where the company keeps its money."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0009"
down_revision = "accounting_0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
