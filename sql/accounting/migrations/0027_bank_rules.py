"""What the program learned of bank movements: rules, and what was refused of them."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0027"
down_revision = "accounting_0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
