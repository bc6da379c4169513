"""What happened, who wants to hear of it, and what people are told."""

from erp_desktop.server.migrations import run_sql

revision = "core_0004"
down_revision = "core_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
