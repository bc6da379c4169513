"""One look for all lines of an entry, instead of a foreign key."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0004"
down_revision = "accounting_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
