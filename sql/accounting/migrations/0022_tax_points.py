"""When the tax on sales is due: with the invoice, or as it is paid."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0022"
down_revision = "accounting_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
