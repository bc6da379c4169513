"""One transaction: one user, one module, one day."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Executable, text

from erp_desktop.core.errors import NotAllowedError, NotFoundError

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch office that the user may see."""

    id: UUID
    code: str
    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in, as `core.hello_v1` describes them.

    Attributes:
        login: Name of the PostgreSQL login role.
        permissions: Codes such as `till.ticket.sell`; PostgreSQL checks them again.
        branches: Those the user may see; the first is the user's own.
        limits: How far the user may go alone, by name: `{"till.discount": "5"}`.
    """

    id: UUID
    login: str
    name: str
    name_ar: str
    language: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    branches: tuple[Branch, ...]
    limits: Mapping[str, str] = field(default_factory=dict)

    @property
    def branch(self) -> Branch:
        """The user's own branch."""
        return self.branches[0]

    def may(self, permission: str) -> bool:
        """Whether the user holds a permission."""
        return str(permission) in self.permissions

    def limit(self, name: str) -> Decimal:
        """Return how far the user may go alone; not at all where nobody said how far."""
        return Decimal(self.limits.get(name, "0"))


@dataclass(frozen=True)
class Context:
    """What a service or selector works with, always its first argument."""

    connection: Connection = field(repr=False)
    user: User
    module: str
    today: date

    def require(self, permission: str) -> None:
        """Go on only if the user holds `permission`; PostgreSQL asks again where it matters.

        Raises:
            NotAllowedError: The user lacks it.
        """
        if not self.user.may(permission):
            raise NotAllowedError(permission=str(permission))

    def may_be(self, module: str) -> bool:
        """Whether the user works with a module at all: its role is one of the user's."""
        query = text("select pg_has_role(session_user, :role, 'member')")
        return bool(self.connection.execute(query, {"role": f"{module}_app"}).scalar())

    @contextmanager
    def as_module(self, module: str) -> Iterator["Context"]:
        """Go on under the role of another module, in the same transaction and moment.

        What is asked meanwhile is asked as that module's own pages ask it, and no more. Afterwards
        the role is what it was; after an error of the server the transaction is over anyway.
        """
        if not module.isidentifier():
            raise ValueError(module)
        self._take_role(module)
        # Asked for now: a connection that broke meanwhile would refuse, and hide why it broke.
        raw: Any = self.connection.connection.dbapi_connection
        try:
            yield replace(self, module=module)
        finally:
            if raw.info.transaction_status == TransactionStatus.INTRANS:
                self._take_role(self.module)

    def _take_role(self, module: str) -> None:
        role = f"set local role {module}_app; set local search_path = {module}, pg_temp"
        self.connection.exec_driver_sql(role)

    def rows(self, kind: type[R], query: Executable) -> list[R]:
        """Return each row of `query` as a `kind`, by position."""
        return [kind(*row) for row in self.connection.execute(query)]

    def row(self, kind: type[R], query: Executable) -> R:
        """Return the one row of `query` as a `kind`.

        Raises:
            NotFoundError: There is none, or none that the user may see.
        """
        found = self.connection.execute(query).first()
        if found is None:
            raise NotFoundError
        return kind(*found)

    def call(self, function: str, /, *arguments: Any) -> Any:
        """Call a SQL function by its qualified name and return its one value.

        Lists and dictionaries travel as `jsonb`; everything else as psycopg adapts it.
        """
        names = [f"a{number}" for number in range(len(arguments))]
        values = {
            name: Jsonb(value) if isinstance(value, dict | list) else value
            for name, value in zip(names, arguments, strict=True)
        }
        places = ", ".join(f":{name}" for name in names)
        return self.connection.execute(text(f"select {function}({places})"), values).scalar()

    def table(self, function: str, kind: type[R], /, **arguments: Any) -> list[R]:
        """Call a set-returning SQL function with named arguments; each row becomes a `kind`."""
        places = ", ".join(f"{name} => :{name}" for name in arguments)
        values = {k: Jsonb(v) if isinstance(v, dict) else v for k, v in arguments.items()}
        query = text(f"select * from {function}({places})").bindparams(**values)
        return self.rows(kind, query)

    def verifier(self, login: str, password: str) -> str:
        """Return the SCRAM verifier of a password: the clear text never reaches the server."""
        raw: Any = self.connection.connection.dbapi_connection
        made = raw.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
        return str(made.decode())
