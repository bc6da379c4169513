"""The gate: what may be commanded, what was, and what somebody still has to look at."""

from erp_desktop.server.migrations import run_sql

revision = "core_0003"
down_revision = "core_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
