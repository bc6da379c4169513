"""The company, its branches, its people and what they may do."""

from erp_desktop.server.migrations import run_sql

revision = "core_0001"
down_revision = None
branch_labels = ("core",)
depends_on = ("jobs_0001",)


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
