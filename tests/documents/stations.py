"""A workstation with nothing on it but its journal: it prints."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import keyring
from keyring.backends import fail

from erp_desktop.workstation.author import Cost
from erp_desktop.workstation.enrolment import Enrolment
from erp_desktop.workstation.workstation import Options, Workstation

COMPANY = {"name": "Atlas Distribution", "name_ar": "أطلس للتوزيع", "country": "DZ"}
_QUICK = Options(reserve_bytes=4096, cost=Cost(passes=1, memory=8, lanes=1))


@contextmanager
def open_station(folder: Path) -> Iterator[Workstation]:
    """Enrol and open a workstation; nobody's keyring is touched."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        enrolment = Enrolment(
            UUID(int=1), "Till", UUID(int=2), "ALG", "Alger", "الجزائر", "ALG-01", "ws", COMPANY
        )
        with Workstation.enrol(folder, enrolment, "secret", (), _QUICK) as station:
            yield station
    finally:
        keyring.set_keyring(before)
