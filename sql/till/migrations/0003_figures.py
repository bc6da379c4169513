"""What each ticket's taxes amounted to, and what a pack held when it was sold."""

from erp_desktop.server.migrations import run_sql

revision = "till_0003"
down_revision = "till_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
