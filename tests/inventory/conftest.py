"""Goods that move without a till."""

import json
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.houses import ALGIERS, House


class Mover:
    """Moves goods in Algiers as the other modules' functions do."""

    def __init__(self, house: House, login: str = "nadia") -> None:
        self.house = house
        self._connection = house.connect(login)

    def issue(self, *lines: tuple[UUID, str], is_fact: bool = True) -> Any:
        """Take goods out."""
        given = [{"product_id": str(p), "quantity": quantity} for p, quantity in lines]
        return self._call("issue_v1", {"kind": "sale", "is_fact": is_fact, "lines": given})

    def receive(self, *lines: tuple[UUID, str, str]) -> Any:
        """Bring goods in."""
        given = [{"product_id": str(p), "quantity": q, "unit_cost": c} for p, q, c in lines]
        return self._call("receive_v1", {"kind": "receipt", "lines": given})

    def _call(self, function: str, move: dict[str, Any]) -> Any:
        document = {
            "branch_id": str(ALGIERS.id),
            "document": {},
            "at": "2026-03-01T10:00:00Z",
            **move,
        }
        with self._connection.transaction():
            self._connection.execute("set local role inventory_app")
            query = f"select inventory.{function}(%s::jsonb)"
            return self._connection.execute(query, [json.dumps(document)]).fetchone()[0]

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


@pytest.fixture
def mover(house: House) -> Any:
    """Goods may be moved by hand in this database only."""
    allow_moving(house)
    made = Mover(house)
    yield made
    made.close()


def allow_moving(house: House) -> None:
    """Grant what no user ever has, so that a test can reach the functions beneath the gate."""
    house.run(
        "grant execute on function inventory.issue_v1(jsonb), inventory.receive_v1(jsonb)"
        " to inventory_app"
    )


def refusal_code(error: psycopg.Error) -> str:
    """Return the code of what PostgreSQL refused."""
    return error.diag.message_primary or ""
