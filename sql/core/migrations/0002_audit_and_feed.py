"""Who changed what, and what the workstations still have to hear."""

from erp_desktop.server.migrations import run_sql

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
