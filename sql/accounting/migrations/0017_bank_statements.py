"""Bank statements: their movements, and which lines of the ledger they are."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0017"
down_revision = "accounting_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
