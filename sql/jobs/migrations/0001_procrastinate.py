"""The job queue: procrastinate's own schema, in a schema of ours."""

from procrastinate.schema import SchemaManager

from erp_desktop.server.migrations import run_text

revision = "jobs_0001"
down_revision = None
branch_labels = ("jobs",)
depends_on = None


def upgrade() -> None:
    """Install the schema that the pinned procrastinate carries."""
    run_text("jobs", f"set local search_path = jobs; {SchemaManager.get_schema()}")
