"""The files: encrypted, one program at a time, never silently lost."""

import os
import random
import resource
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from erp_desktop.workstation.author import Author
from erp_desktop.workstation.disk import Reserve, Room
from erp_desktop.workstation.errors import (
    AlreadyEnrolledError,
    DiskFullError,
    DiskLowError,
    NotEnrolledError,
    StoreDamagedError,
    StoreInUseError,
    StoreKeyMissingError,
    StoreTooNewError,
)
from erp_desktop.workstation.journal import Recorded
from erp_desktop.workstation.schema import JOURNAL
from erp_desktop.workstation.store import Store
from erp_desktop.workstation.workstation import Options, Workstation, is_enrolled, set_aside_files
from tests.workstation.deeds import ENROLMENT, SETS, OpenAgain, page, product, sell

KEY = bytes(range(32))


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        del self.kept[service, username]


def test_an_enrolled_workstation_knows_what_it_is(workstation: Workstation) -> None:
    assert workstation.enrolment == ENROLMENT
    assert workstation.password == "s3cret"
    assert workstation.link.state.waiting == 0


def test_a_computer_without_enrolment_says_so(tmp_path: Path) -> None:
    assert not is_enrolled(tmp_path)
    with pytest.raises(NotEnrolledError):
        Workstation.open(tmp_path, SETS)


def test_nobody_enrols_over_a_journal(folder: Path, options: Options) -> None:
    with pytest.raises(AlreadyEnrolledError, match="Caisse 1"):
        Workstation.enrol(folder, ENROLMENT, "other", SETS, options)


def test_a_second_program_is_refused(workstation: Workstation, options: Options) -> None:
    with pytest.raises(StoreInUseError, match="already open"):
        Workstation.open(workstation.folder, SETS, options)

    workstation.close()
    Workstation.open(workstation.folder, SETS, options).close()


def test_nothing_can_be_read_without_the_key(workstation: Workstation, amina: Author) -> None:
    sell(workstation, amina)
    workstation.replica.apply(page({"catalog.products": [product(1, name="Secretos")]}))
    workstation.close()

    for path in workstation.folder.glob("*.db*"):
        content = path.read_bytes()
        for word in (b"SQLite format", b"till.sell", b"s3cret", b"Secretos", b"amina"):
            assert word not in content


def test_without_a_keyring_the_key_is_a_private_file_and_we_say_so(
    workstation: Workstation,
) -> None:
    key = workstation.folder / "device.key"

    assert workstation.key_place.kind == "file"
    assert "device.key" in workstation.key_place.sentence()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_with_a_keyring_no_key_is_on_the_disk(tmp_path: Path, options: Options) -> None:
    ring = Ring()
    keyring.set_keyring(ring)

    workstation = Workstation.enrol(tmp_path, ENROLMENT, "s3cret", SETS, options)
    workstation.close()

    assert workstation.key_place.kind == "keyring"
    assert not (tmp_path / "device.key").exists()
    Workstation.open(tmp_path, SETS, options).close()
    ring.kept.clear()
    with pytest.raises(StoreKeyMissingError, match="Unlock"):
        Workstation.open(tmp_path, SETS, options)
    assert is_enrolled(tmp_path)  # nothing was set aside: the key may come back


def test_another_key_is_told_from_a_damaged_file(folder: Path, options: Options) -> None:
    (folder / "device.key").write_bytes(os.urandom(32))

    with pytest.raises(StoreKeyMissingError):
        Workstation.open(folder, SETS, options)

    assert set_aside_files(folder) == []


def test_flipped_bytes_in_the_journal_are_always_found(
    folder: Path, options: Options, amina: Author
) -> None:
    with Workstation.open(folder, SETS, options) as workstation:
        for _sale in range(60):
            sell(workstation, amina)
    sound = (folder / "journal.db").read_bytes()
    dice = random.Random(7)  # noqa: S311 - the same bytes every time

    for round_number in range(1, 41):
        content = bytearray(sound)
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        (folder / "journal.db").write_bytes(content)

        with pytest.raises(StoreDamagedError, match="administrator"):
            Workstation.open(folder, SETS, options)

        assert len(set_aside_files(folder)) == round_number
    assert not is_enrolled(folder)


def test_a_damaged_journal_is_kept_as_it_was(folder: Path, options: Options) -> None:
    path = folder / "journal.db"
    content = path.read_bytes()[:-100]
    path.write_bytes(content)

    with pytest.raises(StoreDamagedError) as refusal:
        Workstation.open(folder, SETS, options)

    (kept,) = set_aside_files(folder)
    assert kept.read_bytes() == content
    assert str(kept) in str(refusal.value)


def test_an_older_program_does_not_touch_a_newer_journal(folder: Path, options: Options) -> None:
    with Workstation.open(folder, SETS, options) as workstation:
        workstation._store._writer.execute("pragma user_version = 99")

    with pytest.raises(StoreTooNewError):
        Workstation.open(folder, SETS, options)
    assert is_enrolled(folder)


def test_all_of_a_transaction_or_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db", KEY, JOURNAL)

    def half() -> None:
        with store.transaction() as now:
            now.execute("insert into memory values ('a', '1')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    assert store.rows("select * from memory") == []
    store.close()


def test_reading_does_not_wait_for_writing(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db", KEY, JOURNAL)
    seen: list[int] = []

    def read() -> None:
        with store.reading() as now:
            seen.append(now.execute("select count(*) from memory").fetchone()[0])

    with store.transaction() as now:
        now.execute("insert into memory values ('a', '1')")
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(5)
    read()

    assert seen == [0, 1]
    store.close()


@contextmanager
def full_disk(beyond: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_a_sale_is_whole_or_not_there(
    folder: Path, options: Options, amina: Author
) -> None:
    workstation = Workstation.open(folder, SETS, options)
    sell(workstation, amina)
    (folder / "reserve.bin").unlink()
    log = folder / "journal.db-wal"
    sold: list[Recorded] = []

    def sell_on() -> None:
        for _sale in range(1000):
            sold.append(sell(workstation, amina))  # noqa: PERF401 - those before the last count

    with full_disk(log.stat().st_size + 60_000), pytest.raises(DiskFullError):
        sell_on()

    assert sold
    assert workstation.journal.entries(1)[0].seq == sold[-1].seq
    assert workstation.journal.verify() == ()
    assert sell(workstation, amina).seq == sold[-1].seq + 1
    workstation.close()
    with Workstation.open(folder, SETS, options) as again:
        assert again.journal.verify() == ()


def test_the_reserve_gives_way_to_a_paid_sale(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path, 1_000_000)
    reserve.fill()
    tries: list[bool] = []

    def sale() -> str:
        tries.append((tmp_path / "reserve.bin").exists())
        if tries == [True]:
            raise DiskFullError
        return "kept"

    assert reserve.giving_way(sale) == "kept"
    assert tries == [True, False]
    with pytest.raises(DiskFullError):
        reserve.giving_way(lambda: (_ for _ in ()).throw(DiskFullError()))


def test_the_reserve_takes_real_room_again_at_the_next_start(open_again: OpenAgain) -> None:
    workstation = open_again()
    (workstation.folder / "reserve.bin").unlink()

    open_again()

    assert (workstation.folder / "reserve.bin").stat().st_blocks * 512 >= 1_000_000


def test_before_a_sale_a_full_disk_is_refused_and_a_fuller_one_told() -> None:
    megabyte = 1024 * 1024
    assert not Room(201 * megabyte).is_low
    assert Room(199 * megabyte).is_low
    Room(51 * megabyte).require_for_a_sale()
    with pytest.raises(DiskLowError, match="49 MB"):
        Room(49 * megabyte).require_for_a_sale()


def test_the_room_of_the_real_disk_is_measured(workstation: Workstation) -> None:
    assert workstation.room().free > 0
