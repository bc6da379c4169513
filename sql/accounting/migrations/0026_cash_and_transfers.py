"""Money on its way between tills, banks and branches; petty cash."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0026"
down_revision = "accounting_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
