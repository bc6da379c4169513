"""Financial statements as tables of formulas."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0013"
down_revision = "accounting_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
