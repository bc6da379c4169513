"""Fixed assets: register, depreciation and what went."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0012"
down_revision = "accounting_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
