"""Withholding tax: what we keep back of suppliers, and what customers keep back of us."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0023"
down_revision = "accounting_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
