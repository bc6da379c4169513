"""Which accounts play or have played a role, and what the checks of the books find."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0020"
down_revision = "accounting_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
