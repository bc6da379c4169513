"""The computers of the branches: seen, heard of, shut out."""

from collections.abc import Sequence

import psycopg
import pytest

from erp_desktop.core.administration.selectors import WorkstationRow, list_workstations
from erp_desktop.core.administration.services import disable_workstation
from erp_desktop.core.commands import uuid7
from erp_desktop.core.errors import NotAllowedError, NotFoundError
from tests.conftest import enrol
from tests.houses import ALGIERS, ORAN, Ask, Device, House, MakeProduct, SignIn, Till


def prefixes(rows: Sequence[WorkstationRow]) -> list[str]:
    return [row.prefix for row in rows]


def test_a_workstation_is_heard_of_when_it_sends(
    ask: Ask, till: Till, product: MakeProduct
) -> None:
    (before,) = ask(list_workstations)
    till.send(till.sale(product("COF-1", stock=10), number=1))
    (after,) = ask(list_workstations)

    assert (before.last_seen_at, before.last_seq) == (None, 0)
    assert (after.prefix, after.branch, after.last_seq) == ("ALG-01", "ALG", 1)
    assert after.last_seen_at is not None
    assert after.branch_named("ar") == "الجزائر الوسطى"


def test_what_is_disabled_stays_out(ask: Ask, house: House, device: Device) -> None:
    ask(disable_workstation, device.id)

    with pytest.raises(psycopg.OperationalError):
        house.connect(device.login)
    assert prefixes(ask(list_workstations, is_active=False)) == ["ALG-01"]
    assert ask(list_workstations, is_active=True) == []


def test_workstations_are_found_and_paged(ask: Ask, signed_in: SignIn) -> None:
    for branch in (ALGIERS, ALGIERS, ORAN):
        enrol(signed_in("root_admin"), branch)
    rows = ask(list_workstations)

    assert prefixes(rows) == ["ALG-01", "ALG-02", "ORN-01"]
    assert prefixes(ask(list_workstations, search="orn")) == ["ORN-01"]
    assert ask(list_workstations, search="%") == []
    assert ask(list_workstations, after=rows[0]) == rows[1:]
    assert prefixes(ask(list_workstations, as_user="nadia")) == ["ALG-01", "ALG-02"]


def test_only_who_enrols_sees_and_disables(ask: Ask, signed_in: SignIn) -> None:
    oran = enrol(signed_in("root_admin"), ORAN)

    with pytest.raises(NotAllowedError):
        ask(list_workstations, as_user="amina")
    with pytest.raises(NotAllowedError):
        ask(disable_workstation, oran.id, as_user="amina")
    with pytest.raises(NotFoundError):
        ask(disable_workstation, oran.id, as_user="nadia")
    with pytest.raises(NotFoundError):
        ask(disable_workstation, uuid7())
