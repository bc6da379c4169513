"""Brings a database to the state that `sql/` describes; safe to run twice and by two at once.

Per module, in the order of the revisions: its roles and schema, its migrations (once each, through
Alembic), then its objects (functions, views, triggers, policies, grants) whose text has changed.
Needs a superuser: `erp_checker` bypasses row-level security, `erp_useradmin` creates roles.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from erp_desktop import house
from erp_desktop.core.database import KEEPALIVES

# Any number that nobody else uses: one migration at a time per database.
_LOCK = 0x0E2D
_RUNS_AS = re.compile(r"^-- runs as: (\w+)$", re.MULTILINE)

Say = Callable[[str], None]


def migrate(conninfo: str, *, say: Say = print) -> None:
    """Apply every migration and every changed object to the database of `conninfo`."""
    with _locked_connection(conninfo) as connection:
        _execute(connection, (Path(__file__).parent / "roles.sql").read_text(encoding="utf-8"))
        _execute(connection, _REGISTRY)
        config = _config(connection)
        known = _known_objects(connection)
        modules = modules_in_order(config)
        for module in modules:
            _prepare_module(connection, module)
        for module in modules:
            _upgrade(connection, config, module)
            _apply_objects(connection, module, known, say)
        _execute(connection, "analyze")


@contextmanager
def _locked_connection(conninfo: str) -> Iterator[Connection]:
    import psycopg  # noqa: PLC0415 - only here

    def connect() -> Any:
        return psycopg.connect(conninfo, autocommit=False, prepare_threshold=None, **KEEPALIVES)

    engine = create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool)
    with engine.connect() as connection:
        # Held until the connection closes, whatever happens.
        _execute(connection, f"select pg_advisory_lock({_LOCK})")
        yield connection


def _execute(connection: Connection, statements: str) -> None:
    """Run and commit statements as they stand: no placeholders, so `%` and `:` mean themselves."""
    cursor = connection.connection.cursor()
    cursor.execute(statements)
    cursor.close()
    connection.commit()


_REGISTRY = """
do $$
begin
    if to_regrole('core_owner') is null then create role core_owner nologin; end if;
end $$;
create schema if not exists core authorization core_owner;
create table if not exists core.objects (
    path        text        primary key,
    digest      text        not null,
    applied_at  timestamptz not null default now()
);
create table if not exists core.alembic_version (
    version_num varchar(32) not null constraint alembic_version_pkc primary key
);
comment on table core.alembic_version is
    'no-audit: written by migrations only; no-rls: no client role can read it';
comment on table core.objects is
    'no-audit: written by migrations only; no-rls: no client role can read it';
comment on column core.objects.digest is 'SHA-256 of the file as it was applied.';
"""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "alembic_environment"))
    folders = sorted(str(path) for path in house.folder("sql").glob("*/migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(folders))
    config.attributes["connection"] = connection
    return config


def modules_in_order(config: Config) -> list[str]:
    """Return the folders of `sql/`, each after those that its revisions depend on."""
    script = ScriptDirectory.from_config(config)
    order: list[str] = []
    for revision in reversed(list(script.walk_revisions())):
        module = revision.revision.rpartition("_")[0]
        if module not in order:
            order.append(module)
    return order


def _prepare_module(connection: Connection, module: str) -> None:
    _execute(
        connection,
        f"""
        do $$
        begin
            if to_regrole('{module}_owner') is null then create role {module}_owner nologin; end if;
            if to_regrole('{module}_app') is null then create role {module}_app nologin; end if;
        end $$;
        grant erp_owner to {module}_owner;
        grant erp_base to {module}_app;
        grant {module}_app to erp_useradmin with admin option;
        create schema if not exists {module} authorization {module}_owner;
        grant usage on schema {module} to {module}_app;
        grant usage on schema core to erp_base;
        alter default privileges for role {module}_owner revoke execute on functions from public;
        """,
    )


def _upgrade(connection: Connection, config: Config, module: str) -> None:
    """Apply the module's new migrations; give up after a second rather than make tills wait."""
    _execute(connection, "set lock_timeout = '1s'")
    command.upgrade(config, f"{module}@head")
    connection.commit()
    _execute(connection, "reset lock_timeout")


def _known_objects(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("select path, digest from core.objects").all()
    connection.commit()
    return {str(row[0]): str(row[1]) for row in rows}


def _apply_objects(connection: Connection, module: str, known: dict[str, str], say: Say) -> None:
    for path in sorted((house.folder("sql") / module / "objects").glob("*.sql")):
        source = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(source.encode()).hexdigest()
        name = f"{module}/{path.name}"
        if known.get(name) == digest:
            continue
        say(f"{name}")
        _apply_object(connection, module, source)
        connection.exec_driver_sql(
            "insert into core.objects (path, digest) values (%(name)s, %(digest)s)"
            " on conflict (path) do update set digest = excluded.digest, applied_at = now()",
            {"name": name, "digest": digest},
        )
        connection.commit()


def _apply_object(connection: Connection, module: str, source: str) -> None:
    """Run one file as the module's owner, in the transaction that records it."""
    runs_as = _RUNS_AS.search(source)
    role = "" if runs_as and runs_as[1] == "superuser" else f"set local role {module}_owner; "
    cursor = connection.connection.cursor()
    cursor.execute(f"set local check_function_bodies = off; {role}{source}")
    cursor.execute("reset role")
    cursor.close()
