"""A five-line sale through the gate against the same rows written by one bare function.

The bare function writes into copies of the tables (columns, indexes, checks, but no triggers, no
foreign keys, no row-level security) what the gate writes: command, ticket, lines, payment,
movements, stock, entry with its lines, number, event. Both sides run interleaved in one process,
one commit each. Also counts the round trips of the gate: 1.
"""

import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from erp_desktop.core.commands import GENESIS, Command, Envelope, chain, uuid7
from erp_desktop.core.session import sign_in
from erp_desktop.server import embedded
from erp_desktop.server.company import BranchDraft, CompanyDraft, found
from erp_desktop.server.migrate import migrate
from tests.benchmarks.harness import Contest, Result, compare, report

PASSWORD = "Correct-Horse-7"
BRANCH = BranchDraft("ALG", "Alger")
SALES = 400
WARM_UP = 50
LINES = 5

# What erp_desktop/workstation/sync/gate.py sends in front.
_ROLE = "set local role core_app; set local search_path = core, pg_temp"
_CASH = {"method": "cash", "amount": "600.00", "tendered": "1000.00", "change": "400.00"}
_BARE = Path(__file__).with_name("bare_sale.sql")


class Bench:
    """A founded company with one till, and both ways to sell."""

    def __init__(self, server: embedded.Embedded) -> None:
        self._server = server
        with psycopg.connect(server.dsn(), autocommit=True) as admin:
            admin.execute("create database bench")
        migrate(server.dsn("bench"), say=lambda _name: None)
        self._found()
        self.admin = psycopg.connect(server.dsn("bench"), autocommit=True)
        self.admin.execute("set synchronous_commit = on")
        self.products = self._stock_products()
        self.admin.execute(_BARE.read_text(encoding="utf-8"))
        self.admin.execute("vacuum analyze")
        self.device = psycopg.connect(server.dsn("bench", self._login, PASSWORD), autocommit=True)
        self.seq, self.hash = 0, GENESIS
        self._session = uuid7()
        self.through_the_gate(self._seal("till.open_session_v1", self._opening()))
        self._known = self._keys()

    def close(self) -> None:
        """Close both connections."""
        self.admin.close()
        self.device.close()

    def _found(self) -> None:
        draft = CompanyDraft(
            "Bench", "", "DZ", datetime.now(UTC).year, (BRANCH,), "boss", "Boss", PASSWORD
        )
        found(self._server.dsn("bench"), draft)
        session = sign_in(self._server.dsn("bench", "boss", PASSWORD))
        self._workstation = uuid7()
        with session.database.begin(session.user, "core") as ctx:
            cashier = {"id": str(uuid7()), "login": "amina", "name": "Amina", "language": "ar"}
            places = {"roles": ["cashier"], "branches": [str(BRANCH.id)]}
            ctx.call("core.save_user_v1", cashier | places, ctx.verifier("amina", PASSWORD))
            till = {"id": str(self._workstation), "branch_id": str(BRANCH.id), "name": "Till"}
            made = ctx.call("core.enrol_workstation_v1", till, ctx.verifier("x", PASSWORD))
        session.database.close()
        self._login, self._prefix = made["login"], made["prefix"]

    def _stock_products(self) -> list[UUID]:
        rows = self.admin.execute(
            "insert into catalog.products (id, code, name, unit, tax_code, price)"
            " select gen_random_uuid(), 'P' || n, 'Product ' || n, 'PCE', 'TVA19', 119"
            " from generate_series(1, 500) n returning id"
        ).fetchall()
        self.admin.execute(
            "insert into inventory.stock (warehouse_id, product_id, branch_id, on_hand, value)"
            " select w.id, p.id, w.branch_id, 1000000, 70000000"
            " from inventory.warehouses w, catalog.products p"
        )
        return [row[0] for row in rows]

    def _keys(self) -> tuple[Any, ...]:
        row = self.admin.execute(
            "select (select id from inventory.warehouses),"
            " (select id from accounting.periods"
            "   where core.local_date(now()) between starts_on and ends_on),"
            " (select array_agg(id) from (select id from accounting.accounts limit 7) a)"
        ).fetchone()
        return tuple(row or ())

    def basket(self, number: int) -> list[UUID]:
        """Return five products, others each time."""
        return [self.products[(number * LINES + n) % len(self.products)] for n in range(LINES)]

    def envelope(self, number: int) -> str:
        """Return one sealed sale as the workstation sends it."""
        lines = [
            {
                "id": str(uuid7()),
                "product_id": str(product),
                "quantity": "1",
                "unit_price": "119",
                "discount": "0",
                "tax_code": "TVA19",
                "taxes": [{"code": "TVA19", "rate": "0.19", "after": []}],
                "amount": "119.00",
                "net": "100.00",
            }
            for product in self.basket(number)
        ]
        payload = {
            "ticket_id": str(uuid7()),
            "number": f"{self._prefix}-{number:06d}",
            "session_id": str(self._session),
            "currency": "DZD",
            "lines": lines,
            "discount": "0",
            "total": "595.00",
            "stamp": "6.00",
            "rounding": "-1.00",
            "payments": [_CASH],
        }
        return self._seal("till.sell_v1", payload)

    def _opening(self) -> dict[str, Any]:
        number = f"{self._prefix}-S000001"
        head = {"session_id": str(self._session), "number": number, "currency": "DZD"}
        return head | {"float": "5000", "counts": {"1000": 5}}

    def _seal(self, name: str, payload: dict[str, Any]) -> str:
        self.seq += 1
        command = Command(name, payload, "amina", datetime.now(UTC))
        body = command.body(workstation=self._workstation, seq=self.seq)
        sealed = Envelope(body, self.hash, chain(self.hash, body), "00" * 64)
        self.hash = sealed.hash
        return json.dumps([sealed.as_json()])

    def through_the_gate(self, batch: str) -> None:
        """Sell as the workstation does: one message, one implicit transaction, one commit."""
        literal = psycopg.sql.quote(batch)
        answer = self.device.execute(f"{_ROLE}; select core.execute_v1({literal})")
        while answer.nextset():
            pass
        row = answer.fetchone()
        if row is None or row[0][0]["state"] != "applied":
            raise AssertionError(row)

    def bare(self, number: int, body: str) -> None:
        """Write the same rows without any check."""
        warehouse, period, accounts = self._known
        self.admin.execute(
            "select bare.sell(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                uuid7(),
                uuid7(),
                self._workstation,
                BRANCH.id,
                warehouse,
                period,
                accounts,
                self.basket(number),
                number,
                body,
            ],
        )


def measure() -> list[Result]:
    """Sell on both sides by turns; the limit is three times."""
    with embedded.temporary() as server, closing(Bench(server)) as bench:
        batches = [bench.envelope(number) for number in range(1, SALES + WARM_UP + 1)]
        contest = Contest(
            ours=lambda round_: bench.through_the_gate(batches[round_]),
            bare=lambda round_: bench.bare(round_ + 1, batches[round_]),
        )
        name = "five-line sale through the gate, 1 round trip"
        return [compare(name, contest, rounds=SALES, limit=3, warm_up=WARM_UP)]


if __name__ == "__main__":
    sys.exit(report(measure()))
