"""Which lines of an account settle each other, by letters."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0007"
down_revision = "accounting_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
