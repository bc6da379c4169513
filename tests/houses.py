"""What tests of the database share: a founded house, its people, a till's side of the gate."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg

from erp_desktop.core.commands import GENESIS, Answer, Command, Envelope, chain, uuid7
from erp_desktop.core.session import Session
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, Founded

PASSWORD = "Correct-Horse-7"
ALGIERS = BranchDraft("ALG", "Alger Centre", "الجزائر الوسطى")
ORAN = BranchDraft("ORN", "Oran", "وهران")
YEAR = 2026


@dataclass(frozen=True)
class House:
    """A migrated database with a company, its superuser and its people."""

    server: embedded.Embedded
    database: str
    founded: Founded

    def dsn(self, login: str | None = None, password: str = PASSWORD) -> str:
        """Return the connection string of a login; without one, the superuser's."""
        if login is None:
            return self.server.dsn(self.database)
        return self.server.dsn(self.database, login, password)

    def connect(self, login: str | None = None, password: str = PASSWORD) -> Any:
        """Connect as psql would, each statement for itself."""
        return psycopg.connect(self.dsn(login, password), autocommit=True)

    def value(self, query: str) -> Any:
        """Return one value, as the superuser sees it."""
        with self.connect() as connection:
            return connection.execute(query).fetchone()[0]

    def run(self, statement: str) -> None:
        """Change something behind everybody's back, as the superuser."""
        with self.connect() as connection:
            connection.execute(statement)


@dataclass(frozen=True)
class Device:
    """An enrolled workstation as the gate knows it.

    Attributes:
        session: The cash session that `open_session` opens on it.
    """

    id: UUID
    login: str
    prefix: str
    password: str = PASSWORD
    session: UUID = field(default_factory=uuid7)


def open_session(house: House, device: Device) -> None:
    """Open a cash session on a workstation, as the superuser: no command, no float, no ledger."""
    with house.connect() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "insert into till.sessions (id, branch_id, workstation_id, number, opened_at,"
            " opened_by, currency, float, command_id)"
            " select %s, w.branch_id, w.id, w.prefix || '-S000001', '2026-01-01', 'amina', 'DZD',"
            " 0, gen_random_uuid() from core.workstations w where w.id = %s",
            [device.session, device.id],
        )


SignIn = Callable[[str], Session]
MakeProduct = Callable[..., UUID]
Ask = Callable[..., Any]


class Till:
    """A workstation's side of the gate, as bare as can be."""

    def __init__(self, connection: Any, device: Device) -> None:
        self._connection = connection
        self._device = device
        self.seq = 0
        self.hash = GENESIS

    def sale(
        self, product: UUID, *, number: int, quantity: int = 1, actor: str = "amina"
    ) -> Envelope:
        """Seal the sale of one product at 119.00, paid by card: no stamp duty, no rounding."""
        total = f"{119 * quantity}.00"
        payload = {
            "ticket_id": str(uuid7()),
            "number": f"{self._device.prefix}-{number:06d}",
            "session_id": str(self._device.session),
            "currency": "DZD",
            "lines": [
                {
                    "id": str(uuid7()),
                    "product_id": str(product),
                    "quantity": str(quantity),
                    "unit_price": "119.00",
                    "discount": "0",
                    "tax_code": "TVA19",
                    "taxes": [{"code": "TVA19", "rate": "0.19", "after": []}],
                    "amount": total,
                    "net": f"{100 * quantity}.00",
                }
            ],
            "discount": "0",
            "total": total,
            "stamp": "0",
            "rounding": "0",
            "payments": [{"method": "card", "amount": total, "reference": "000042"}],
        }
        return self.seal(Command("till.sell_v1", payload, actor, datetime.now(UTC)))

    def seal(self, command: Command) -> Envelope:
        """Number and chain a command."""
        self.seq += 1
        body = command.body(workstation=self._device.id, seq=self.seq)
        envelope = Envelope(body, self.hash, chain(self.hash, body))
        self.hash = envelope.hash
        return envelope

    def send(self, *envelopes: Envelope) -> list[Answer]:
        """Send a batch through the gate."""
        batch = json.dumps([envelope.as_json() for envelope in envelopes])
        with self._connection.transaction():
            self._connection.execute("set local role core_app")
            row = self._connection.execute("select core.execute_v1(%s::jsonb)", [batch]).fetchone()
        return [Answer.from_json(answer) for answer in row[0]]
