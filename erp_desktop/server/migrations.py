"""What Alembic revisions under `sql/<module>/migrations` call."""

from pathlib import Path

from alembic import op


def run_sql(revision_file: str) -> None:
    """Run the `.sql` file beside a revision, as the owner of its module."""
    path = Path(revision_file)
    run_text(path.parts[-3], path.with_suffix(".sql").read_text(encoding="utf-8"))


def run_text(module: str, statements: str) -> None:
    """Run several statements as they stand, as the owner of `module`."""
    cursor = op.get_bind().connection.cursor()
    cursor.execute(f"set local role {module}_owner; {statements}")
    cursor.execute("reset role; reset search_path")
    cursor.close()
