"""The thread between the files and a head office that misbehaves."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from erp_desktop.core.commands import Answer, Envelope
from erp_desktop.core.errors import OfflineError
from erp_desktop.workstation.author import Author
from erp_desktop.workstation.errors import DiskFullError, StillWaitingError
from erp_desktop.workstation.link import LinkState
from erp_desktop.workstation.sync.carrier import Carrier
from erp_desktop.workstation.sync.driver import Driver
from erp_desktop.workstation.sync.gate import GateError
from erp_desktop.workstation.workstation import Workstation
from tests.workstation.deeds import page, product, sell


@dataclass
class HeadOffice:
    """A gate in memory that can be cut off."""

    commands: dict[str, Envelope] = field(default_factory=dict)
    requests: list[Mapping[str, Any]] = field(default_factory=list)
    fault: GateError | None = None
    epoch: int = 1
    rows: list[dict[str, Any]] = field(default_factory=list)
    poison: str = ""
    closed: bool = False

    def execute(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        """Take commands, once each."""
        self._check()
        if self.poison and any(self.poison in envelope.body for envelope in envelopes):
            raise GateError(fault="poison", reason="It chokes.")
        for envelope in envelopes:
            self.commands.setdefault(envelope.hash, envelope)
        return [Answer(_id(envelope), "applied", {}) for envelope in envelopes]

    def pull(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return all rows, each time."""
        self._check()
        self.requests.append(request)
        return page({"catalog.products": self.rows}, epoch=self.epoch)

    def close(self) -> None:
        """Note that the line was let go."""
        self.closed = True

    def _check(self) -> None:
        if self.fault is not None:
            raise self.fault


def _id(envelope: Envelope) -> UUID:
    return UUID(json.loads(envelope.body)["id"])


@pytest.fixture
def office(workstation: Workstation) -> Iterator[HeadOffice]:
    """Head office, on the line."""
    office = HeadOffice(rows=[product(1)])
    workstation.start_sync(office)
    yield office
    workstation.close()


def flush(workstation: Workstation) -> bool:
    assert workstation.sync is not None
    return workstation.sync.flush(5)


def test_what_was_sold_goes_up_and_what_changed_comes_down(
    workstation: Workstation, office: HeadOffice, amina: Author
) -> None:
    sold = [sell(workstation, amina) for _sale in range(120)]

    assert flush(workstation)

    assert len(office.commands) == 120
    assert workstation.journal.answer_of(sold[-1].id) is not None
    assert workstation.replica.get("catalog.products", "p1") is not None
    assert workstation.journal.pending("inventory.stock", "w1|p1") == 0
    state = workstation.link.state
    assert (state.online, state.waiting) == (True, 0)
    assert state.data_at is not None


def test_the_till_does_not_notice_that_the_line_is_cut(
    workstation: Workstation, office: HeadOffice, amina: Author
) -> None:
    office.fault = GateError("line")

    began = time.perf_counter()
    for _sale in range(20):
        sell(workstation, amina)
    took = time.perf_counter() - began

    assert took < 2
    assert not workstation.sync.flush(0.2)  # type: ignore[union-attr]
    office.fault = None
    assert flush(workstation)
    assert len(office.commands) == 20


def test_the_chip_is_told(workstation: Workstation, office: HeadOffice, amina: Author) -> None:
    told: list[LinkState] = []
    stop = workstation.link.listen(told.append)
    sell(workstation, amina)
    assert flush(workstation)
    stop()
    before = len(told)
    office.rows.append(product(2))
    assert flush(workstation)

    assert told[-1].online
    assert any(state.waiting for state in told) or told[-1].waiting == 0
    assert len(told) == before


def test_a_request_waits_for_its_answer(
    workstation: Workstation, office: HeadOffice, amina: Author
) -> None:
    assert flush(workstation)

    answer = workstation.request("sales.reserve_v1", {"product": "p1"}, amina)

    assert answer.state == "applied"
    assert len(office.commands) == 1


def test_a_request_without_a_line_is_not_even_recorded(
    workstation: Workstation, amina: Author
) -> None:
    with pytest.raises(OfflineError):
        workstation.request("sales.reserve_v1", {"product": "p1"}, amina)

    assert workstation.journal.entries() == []


def test_who_waits_too_long_is_told_that_it_goes_on(
    workstation: Workstation, office: HeadOffice, amina: Author
) -> None:
    assert flush(workstation)
    office.fault = GateError("line")
    sold = sell(workstation, amina)
    assert workstation.sync is not None

    with pytest.raises(StillWaitingError, match="goes out by itself"):
        workstation.sync.wait_for(sold.id, 0.1)


def test_a_poisoned_command_is_shown_and_the_others_go_on(
    workstation: Workstation, office: HeadOffice, amina: Author
) -> None:
    office.poison = "13.13"
    for total in ("1.00", "13.13", "2.00", "3.00"):
        sell(workstation, amina, total=total)

    assert not workstation.sync.flush(1)  # type: ignore[union-attr]

    assert len(office.commands) == 3
    (held,) = [entry for entry in workstation.journal.entries() if entry.trouble]
    assert (held.seq, held.trouble) == (2, "It chokes.")
    office.poison = ""
    assert flush(workstation)
    assert all(not entry.trouble for entry in workstation.journal.entries())


def test_a_restored_server_gets_everything_again(
    workstation: Workstation, office: HeadOffice, amina: Author
) -> None:
    for _sale in range(3):
        sell(workstation, amina)
    assert flush(workstation)
    office.commands.clear()
    office.epoch = 2

    assert flush(workstation)
    assert flush(workstation)

    assert len(office.commands) == 3
    assert workstation.journal.outgoing.server == {"system": "7", "timeline": 1, "epoch": 2}
    assert None in [request["position"] for request in office.requests[1:]]


def test_a_page_that_cannot_be_kept_does_not_stop_the_sales(
    workstation: Workstation, amina: Author, caplog: pytest.LogCaptureFixture
) -> None:
    office, seconds = HeadOffice(rows=[{"no": "key"}]), iter(range(10_000))
    carrier = Carrier(workstation.journal, workstation.replica, workstation.clock)
    driver = Driver(carrier, office, workstation.link, clock=lambda: float(next(seconds)))
    sell(workstation, amina)

    for _turn in range(20):
        driver.turn(urged=False)

    assert len(office.commands) == 1
    assert "stumbled" in workstation.link.state.trouble
    assert "KeyError" in caplog.text


def test_a_full_disk_under_the_sync_is_shown_and_got_over(
    workstation: Workstation, office: HeadOffice, amina: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_answers: Sequence[Answer]) -> None:
        raise DiskFullError

    with monkeypatch.context() as patch:
        patch.setattr(workstation.journal.outgoing, "settle", full)
        sell(workstation, amina)
        assert not workstation.sync.flush(0.5)  # type: ignore[union-attr]
        assert "full" in workstation.link.state.trouble

    assert flush(workstation)
    assert len(office.commands) == 1


def test_closing_ends_the_thread_and_lets_go_of_the_line(
    workstation: Workstation, office: HeadOffice
) -> None:
    workstation.close()

    assert office.closed
    assert all(thread.name != "sync" for thread in threading.enumerate())
