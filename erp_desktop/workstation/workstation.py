"""The workstation as pages reach it: its journal, its replica, its line to head office."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from erp_desktop.core import owner, wall_clock
from erp_desktop.core.commands import Answer
from erp_desktop.core.errors import OfflineError
from erp_desktop.workstation.author import Cost
from erp_desktop.workstation.clock import SeenClock
from erp_desktop.workstation.disk import RESERVE_BYTES, FolderLock, Reserve, Room, room_in
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.errors import (
    AlreadyEnrolledError,
    NotEnrolledError,
    StoreDamagedError,
)
from erp_desktop.workstation.journal import Journal, Payload, Recorded, Signer
from erp_desktop.workstation.keys import DeviceKey, KeyPlace, device_key
from erp_desktop.workstation.link import Link, LinkState
from erp_desktop.workstation.memory import Memory, write
from erp_desktop.workstation.offline import COST, SignIns
from erp_desktop.workstation.people import People
from erp_desktop.workstation.replica import Replica
from erp_desktop.workstation.schema import JOURNAL
from erp_desktop.workstation.sets import USERS, ReplicaSet, Row
from erp_desktop.workstation.store import Store, set_aside
from erp_desktop.workstation.sync.carrier import Carrier
from erp_desktop.workstation.sync.driver import Driver
from erp_desktop.workstation.sync.gate import Gate
from erp_desktop.workstation.sync.runner import Runner

_JOURNAL_FILE, _REPLICA_FILE = "journal.db", "replica.db"


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """What tests make smaller or slower."""

    reserve_bytes: int = RESERVE_BYTES
    cost: Cost = COST
    now: Callable[[], datetime] = field(default=_utc_now)


STANDARD = Options()


class Workstation:
    """One folder on this computer; only one program at a time has it open.

    Attributes:
        enrolment: What this computer is at its branch.
        journal: What its users did.
        replica: What head office lets it know.
        link: Its line to head office, for the chip.
        sign_ins: Who may work here, with and without the server.
        key_place: Where the key of its files is kept.
        sync: The thread between journal, replica and head office, once it was started.
    """

    def __init__(self, folder: Path, sets: Iterable[ReplicaSet], options: Options) -> None:
        """Open the files of `folder`; `open` and `enrol` are the ways in."""
        self.folder = folder
        self.sync: Runner | None = None
        self._reserve = Reserve(folder, options.reserve_bytes)
        self._lock = FolderLock(folder)
        try:
            key = device_key(folder)
            self._store = _open_journal(folder, key)
            self.enrolment = _enrolment(self._store)
            _follow(self.enrolment.company)
            self._compose(key, sets, options)
        except BaseException:
            self._lock.release()
            raise

    def _compose(self, key: DeviceKey, sets: Iterable[ReplicaSet], options: Options) -> None:
        enrolment = self.enrolment
        self.key_place: KeyPlace = key.place
        self.journal = Journal(
            self._store, enrolment.workstation_id, enrolment.prefix, now=options.now
        )
        self.replica = Replica(self.folder / _REPLICA_FILE, key.secret, (USERS, *sets))
        self.clock = SeenClock(self.journal.memory, self.journal.last_at)
        people = People(self._store, self._rights)
        self.sign_ins = SignIns(people, key.secret, self.clock, cost=options.cost, now=options.now)
        counts, read_at = self.journal.outgoing.counts(), self.replica.read_at
        self.link = Link(LinkState(waiting=counts.waiting, flagged=counts.flagged, data_at=read_at))
        self._reserve.fill()

    @classmethod
    def open(
        cls, folder: Path, sets: Iterable[ReplicaSet], options: Options = STANDARD
    ) -> "Workstation":
        """Open the workstation that this computer is.

        Raises:
            NotEnrolledError: It is none yet.
            StoreInUseError: The program is open already.
            StoreKeyMissingError: The key of its files is not where it was put.
            StoreDamagedError: The journal is damaged; it is kept under another name.
        """
        if not is_enrolled(folder):
            raise NotEnrolledError
        return cls(folder, sets, options)

    @classmethod
    def enrol(
        cls,
        folder: Path,
        enrolment: Enrolment,
        password: str,
        sets: Iterable[ReplicaSet],
        options: Options = STANDARD,
    ) -> "Workstation":
        """Make this computer a workstation, and open it.

        The password of its own login is kept in the encrypted journal, and nowhere else.

        Raises:
            AlreadyEnrolledError: It is one already.
        """
        folder.mkdir(parents=True, exist_ok=True)
        _write_enrolment(folder, enrolment, password)
        return cls.open(folder, sets, options)

    def record(
        self,
        name: str,
        payload: Payload,
        *,
        actor: Signer,
        at: datetime,
        series: str | None = None,
        effects: Sequence[Effect] = (),
    ) -> Recorded:
        """Keep a command in the journal; when this returns, the receipt may print.

        On a full disk the reserve is given up for it: a sale that is paid is always kept.

        Raises:
            DiskFullError: Even the reserve is used up; nothing was written.
        """
        recorded = self._reserve.giving_way(
            lambda: self.journal.record(
                name, payload, actor=actor, at=at, series=series, effects=effects
            )
        )
        if self.sync is not None:
            self.sync.nudge()
        return recorded

    def start_sync(self, gate: Gate) -> None:
        """Begin to carry the journal up and changes down, in a thread of its own."""
        carrier = Carrier(self.journal, self.replica, self.clock)
        self.sync = Runner(Driver(carrier, gate, self.link))
        self.sync.start()

    def request(self, name: str, payload: Payload, author: Signer) -> Answer:
        """Record a request and wait for head office's answer.

        Raises:
            OfflineError: There is no line; nothing was recorded.
            StillWaitingError: No answer yet; the request goes out by itself.
        """
        if self.sync is None or not self.link.state.online:
            raise OfflineError
        at = wall_clock.now()
        return self.sync.wait_for(self.record(name, payload, actor=author, at=at).id)

    def room(self) -> Room:
        """Return how much room the disk has; ask before each new sale."""
        return room_in(self.folder)

    @property
    def password(self) -> str:
        """Password of the workstation's own login."""
        return str(self.journal.memory.get("password"))

    def _rights(self, login: str) -> Row | None:
        """What the feed has said of a user since the last sign-in with the server."""
        found = self.replica.by(USERS.id, login=login)
        return found[0] if found else None

    def close(self) -> None:
        """End the sync, close the files and let others open them."""
        if self.sync is not None:
            self.sync.stop()
        self.replica.close()
        self._store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()


def is_enrolled(folder: Path) -> bool:
    """Whether this computer is a workstation."""
    return (folder / _JOURNAL_FILE).exists()


def set_aside_files(folder: Path) -> list[Path]:
    """Return damaged journals that are kept in `folder`, oldest first."""
    return sorted(folder.glob("journal.damaged-*.db"))


def _open_journal(folder: Path, key: DeviceKey) -> Store:
    path = folder / _JOURNAL_FILE
    try:
        return Store(path, key.secret, JOURNAL)
    except StoreDamagedError as error:
        kept = set_aside(path)
        raise StoreDamagedError(file=path.name, kept=str(kept)) from error


def _follow(company: Mapping[str, str]) -> None:
    """Go by the company's clock, and put its name on papers."""
    wall_clock.follow(company)
    owner.follow(company)


def _enrolment(store: Store) -> Enrolment:
    kept = Memory(store).get("enrolment")
    if kept is None:
        raise NotEnrolledError
    return Enrolment.from_json(kept)


def _write_enrolment(folder: Path, enrolment: Enrolment, password: str) -> None:
    lock = FolderLock(folder)
    try:
        store = _open_journal(folder, device_key(folder))
        with closing(store), store.transaction() as now:
            before = Memory(store).get("enrolment")
            if before is not None:
                raise AlreadyEnrolledError(name=before["name"])
            write(now, "enrolment", enrolment.as_json())
            write(now, "password", password)
    finally:
        lock.release()
