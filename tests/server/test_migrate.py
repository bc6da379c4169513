"""Migrations: safe to run twice, by two at once, and when something in the middle fails."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from erp_desktop import house as place
from erp_desktop.core.commands import uuid7
from erp_desktop.server import embedded
from erp_desktop.server.migrate import migrate

pytestmark = pytest.mark.database

SHAPE = """
    select n.nspname, c.relname, c.relkind::text, c.relacl::text, c.relrowsecurity::text,
           array(select a.attname || format_type(a.atttypid, a.atttypmod) || a.attnotnull
                   from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
                  order by a.attnum)::text,
           array(select pg_get_constraintdef(k.oid) from pg_constraint k
                  where k.conrelid = c.oid order by 1)::text,
           array(select pg_get_triggerdef(g.oid) from pg_trigger g
                  where g.tgrelid = c.oid and not g.tgisinternal order by 1)::text,
           array(select y.polname || pg_get_expr(y.polqual, y.polrelid) from pg_policy y
                  where y.polrelid = c.oid order by 1)::text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_|^information_schema$' and c.relkind in ('r', 'v', 'i', 'S', 'p')
    union all
    select n.nspname, p.oid::regprocedure::text, p.prokind::text, p.proacl::text, p.prosecdef::text,
           p.proconfig::text, p.prosrc, p.proowner::regrole::text, null
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname !~ '^pg_|^information_schema$'
     order by 1, 2, 3
"""


class Ground:
    """An empty database to build on, and a copy of `sql/` that a test may change."""

    def __init__(self, server: embedded.Embedded, sql: Path) -> None:
        self._server = server
        self.name = f"ground_{uuid7().hex[-12:]}"
        self.sql = sql
        self.admin(f"create database {self.name}")

    def admin(self, statement: str) -> None:
        """Run something beside the database."""
        with psycopg.connect(self._server.dsn(), autocommit=True) as connection:
            connection.execute(statement)

    def migrate(self) -> list[str]:
        """Migrate; return the objects that were applied."""
        applied: list[str] = []
        migrate(self._server.dsn(self.name), say=applied.append)
        return applied

    def rows(self, query: str) -> list[Any]:
        """Return rows, as the superuser sees them."""
        with psycopg.connect(self._server.dsn(self.name)) as connection:
            return connection.execute(query).fetchall()

    def forget(self) -> None:
        """Forget which objects were applied."""
        with psycopg.connect(self._server.dsn(self.name)) as connection:
            connection.execute("delete from core.objects")

    def add(self, name: str, text: str) -> None:
        """Add a file of objects to `sql/`."""
        (self.sql / name).write_text(text, encoding="utf-8")


@pytest.fixture
def ground(
    server: embedded.Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ground]:
    """An empty database, and `sql/` of one's own."""
    sql = tmp_path / "sql"
    shutil.copytree(place.folder("sql"), sql)
    real = place.folder
    monkeypatch.setattr(place, "folder", lambda name: sql if name == "sql" else real(name))
    made = Ground(server, sql)
    yield made
    made.admin(f"drop database {made.name} with (force)")


def test_a_second_time_changes_nothing(ground: Ground) -> None:
    assert ground.migrate()
    shape = ground.rows(SHAPE)

    assert ground.migrate() == []
    assert ground.rows(SHAPE) == shape


def test_two_at_once_build_one_database(ground: Ground) -> None:
    with ThreadPoolExecutor(2) as pool:
        applied = list(pool.map(lambda _turn: ground.migrate(), range(2)))

    assert min(map(len, applied)) == 0
    assert ground.rows("select count(*) from core.company") == [(0,)]


def test_every_object_can_be_applied_again(ground: Ground) -> None:
    """A change of text applies a whole file again, over what is there."""
    first = ground.migrate()
    shape = ground.rows(SHAPE)
    ground.forget()

    assert ground.migrate() == first
    assert ground.rows(SHAPE) == shape


def test_a_changed_text_is_applied_and_the_others_are_not(ground: Ground) -> None:
    ground.migrate()
    path = ground.sql / "core" / "objects" / "70_hello.sql"
    path.write_text(path.read_text(encoding="utf-8") + "\n-- changed\n", encoding="utf-8")

    assert ground.migrate() == ["core/70_hello.sql"]


def test_what_fails_leaves_nothing_half_applied(ground: Ground) -> None:
    ground.migrate()
    ground.add("core/objects/95_half.sql", "create table core.half (x int); select 1 / 0;")

    with pytest.raises(psycopg.errors.DivisionByZero):
        ground.migrate()

    assert ground.rows("select to_regclass('core.half')") == [(None,)]
    assert ground.rows("select count(*) from core.objects where path ~ 'half'") == [(0,)]
    ground.add("core/objects/95_half.sql", "select 1;")
    assert ground.migrate() == ["core/95_half.sql"]


def test_objects_run_as_the_owner_of_their_module(ground: Ground) -> None:
    ground.add(
        "till/objects/90_who.sql", "create table till.who as select current_user::text as w;"
    )
    ground.migrate()

    assert ground.rows("select w from till.who") == [("till_owner",)]
    assert ground.rows("select tableowner from pg_tables where tablename = 'who'") == [
        ("till_owner",)
    ]


def test_an_owner_cannot_build_in_another_schema(ground: Ground) -> None:
    ground.add("till/objects/90_stray.sql", "create table inventory.stray (x int);")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ground.migrate()


def test_a_fresh_database_may_be_used_by_nobody(ground: Ground) -> None:
    ground.migrate()

    assert ground.rows(
        "select has_database_privilege('public', current_database(), 'temporary'),"
        " has_database_privilege('public', current_database(), 'create')"
    ) == [(False, False)]
