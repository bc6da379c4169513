"""A chain of hashes over the entries of each series."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0014"
down_revision = "accounting_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
