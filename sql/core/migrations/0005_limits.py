"""What a user may do up to a limit, such as a discount of five per cent."""

from erp_desktop.server.migrations import run_sql

revision = "core_0005"
down_revision = "core_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL beside this file."""
    run_sql(__file__)
