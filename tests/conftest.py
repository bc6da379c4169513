"""A real PostgreSQL once per run, a company in it, and people who work there."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb
from PySide6.QtWidgets import QApplication

from erp_desktop.core.commands import uuid7
from erp_desktop.core.context import Context
from erp_desktop.core.session import Session, sign_in
from erp_desktop.plugins.roles import module_of
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, Founded, found
from erp_desktop.server.migrate import migrate
from erp_desktop.ui import language, memory, theme
from tests.fakes import qt_loop
from tests.houses import (
    ALGIERS,
    ORAN,
    PASSWORD,
    YEAR,
    Ask,
    Device,
    House,
    MakeProduct,
    SignIn,
    Till,
    open_session,
)

_ROOM = 4 << 30


@pytest.fixture(scope="session")
def server() -> Iterator[embedded.Embedded]:
    """A PostgreSQL of the version that `ERP_TEST_PG` names."""
    version = int(os.environ.get("ERP_TEST_PG", "18"))
    with embedded.temporary(version=version, under=_memory()) as running:
        yield running


def _memory() -> Path | None:
    """Return a folder in memory with room for a server: a copy of a database takes a tenth there.

    A container may have none, or a small one; then the data lies on the disk.
    """
    folder = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder of its own in it
    has_room = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _ROOM
    return folder if has_room else None


USERS = {
    # login: roles, branches, sees all
    "amina": (["cashier"], [ALGIERS], False),
    "bilal": (["cashier"], [ORAN], False),
    "karim": (["clerk"], [ALGIERS], False),
    "salim": (["accountant"], [ALGIERS], True),
    "nadia": (["manager"], [ALGIERS], False),
    "yacine": (["buyer"], [ALGIERS], False),
}


@pytest.fixture(scope="session")
def template(server: embedded.Embedded) -> Founded:
    """A database that is founded once and copied by whoever wants one of their own."""
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create database template_erp")
    migrate(server.dsn("template_erp"), say=lambda _name: None)
    draft = CompanyDraft(
        name="Atlas Distribution",
        name_ar="أطلس للتوزيع",
        country="DZ",
        year=YEAR,
        branches=(ALGIERS, ORAN),
        admin_login="root_admin",
        admin_name="Admin",
        admin_password=PASSWORD,
        identifiers={"RC": "16/00-0123456B22", "NIF": "000016001234567"},
    )
    founded = found(server.dsn("template_erp"), draft)
    session = sign_in(server.dsn("template_erp", "root_admin", PASSWORD))
    with session.database.begin(session.user, "core") as ctx:
        for login, (roles, branches, everywhere) in USERS.items():
            _hire(ctx, login, roles, branches, everywhere=everywhere)
    session.database.close()
    return founded


def _hire(
    ctx: Context, login: str, roles: list[str], branches: list[BranchDraft], *, everywhere: bool
) -> None:
    user = {
        "id": str(uuid7()),
        "login": login,
        "name": login.title(),
        "language": "fr",
        "roles": roles,
        "branches": [str(branch.id) for branch in branches],
        "sees_all_branches": everywhere,
    }
    ctx.call("core.save_user_v1", user, ctx.verifier(login, PASSWORD))


@pytest.fixture
def house(server: embedded.Embedded, template: Founded) -> Iterator[House]:
    """A copy of the founded database, for tests that commit."""
    name = f"erp_{uuid7().hex[-12:]}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        # Copied through the log, each would write thirteen megabytes there.
        connection.execute(f"create database {name} template template_erp strategy file_copy")
        connection.execute(f"revoke temporary, create on database {name} from public")
        before = _logins(connection)
        yield House(server, name, template)
        connection.execute(f"drop database {name} with (force)")
        for login in _logins(connection) - before:
            connection.execute(f"drop role {login}")


def _logins(connection: Any) -> set[str]:
    """Roles belong to the whole server: those that a test makes must go with its database."""
    return {row[0] for row in connection.execute("select rolname from pg_roles")}


@pytest.fixture(scope="session")
def shared_house(server: embedded.Embedded, template: Founded) -> House:
    """The founded database itself, for tests that undo what they do."""
    return House(server, "template_erp", template)


@pytest.fixture
def signed_in(house: House) -> Iterator[SignIn]:
    """Sign people in to the database of this test: `signed_in("amina")`."""
    sessions: list[Session] = []

    def enter(login: str) -> Session:
        session = sign_in(house.dsn(login))
        sessions.append(session)
        return session

    yield enter
    for session in sessions:
        session.database.close()


@pytest.fixture
def asker() -> str:
    """Who asks when a test does not say it."""
    return "nadia"


@pytest.fixture
def ask(signed_in: SignIn, asker: str) -> Ask:
    """Call a selector or service: `ask(list_products, wanted, as_user="amina")`."""
    sessions: dict[str, Session] = {}

    def call(function: Callable[..., Any], *args: Any, as_user: str = asker, **kw: Any) -> Any:
        if as_user not in sessions:
            sessions[as_user] = signed_in(as_user)
        session = sessions[as_user]
        with session.database.begin(session.user, module_of(function)) as ctx:
            return function(ctx, *args, **kw)

    return call


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Any]:
    """A desk at which pages can be opened: a loop for asyncio and Qt, English, empty memory."""
    if not qapp.styleSheet():
        theme.start(qapp, theme.Look("light"))
    memory.use(memory.Memory())
    language.use("en")
    with qt_loop(qapp) as running:
        yield running
        language.use("en")


@pytest.fixture
def device(signed_in: SignIn) -> Device:
    """A till of the branch in Algiers."""
    return enrol(signed_in("root_admin"), ALGIERS)


def enrol(session: Session, branch: BranchDraft) -> Device:
    """Enrol a workstation of a branch."""
    workstation = uuid7()
    with session.database.begin(session.user, "core") as ctx:
        draft = {"id": str(workstation), "branch_id": str(branch.id), "name": "Till"}
        # The login is known only afterwards; a SCRAM verifier does not depend on it.
        made = ctx.call("core.enrol_workstation_v1", draft, ctx.verifier("device", PASSWORD))
    return Device(workstation, made["login"], made["prefix"])


@pytest.fixture
def till(house: House, device: Device) -> Iterator[Till]:
    """A till of the branch in Algiers, at the gate, with an open cash session."""
    open_session(house, device)
    with house.connect(device.login) as connection:
        yield Till(connection, device)


@pytest.fixture
def product(house: House) -> MakeProduct:
    """Put a product on the shelf: `product("COF-1", price="119.00", stock=10, cost="70")`."""

    def make(code: str, *, price: str = "119.00", stock: int = 0, cost: str = "70.00") -> UUID:
        made = uuid7()
        with house.connect() as connection:
            connection.execute(
                "insert into catalog.products"
                " (id, code, name, unit, tax_code, price, reorder_point)"
                " values (%s, %s, %s, 'PCE', 'TVA19', %s, 2)",
                [made, code, code.title(), price],
            )
            if stock:
                _fill_shelf(connection, made, stock, cost)
        return made

    return make


def _fill_shelf(connection: Any, product: UUID, stock: int, cost: str) -> None:
    """Put stock into every warehouse, as the superuser: no row-level security, no ledger."""
    connection.execute(
        "insert into inventory.stock (warehouse_id, product_id, branch_id, on_hand, value)"
        " select w.id, %s, w.branch_id, %s, %s * %s::numeric from inventory.warehouses w",
        [product, stock, stock, cost],
    )
    connection.execute(
        "insert into inventory.movements"
        " (branch_id, warehouse_id, product_id, kind, quantity, value, moved_at, document)"
        " select w.branch_id, w.id, %s, 'opening', %s, %s * %s::numeric, now(), %s"
        " from inventory.warehouses w",
        [product, stock, stock, cost, Jsonb({})],
    )
