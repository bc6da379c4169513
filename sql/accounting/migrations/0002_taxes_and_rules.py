"""Dated taxes, and the rules by which documents become entries: data of the country pack."""

from erp_desktop.server.migrations import run_sql

revision = "accounting_0002"
down_revision = "accounting_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
