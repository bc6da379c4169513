"""Where this workstation's paper comes out, and the queue in which it waits for it.

Each kind of document has an outlet of its own, chosen on the page “Printers” and remembered with
the journal. Nobody is asked when something is printed.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from erp_desktop.core.i18n import N_, Words, _
from erp_desktop.documents.errors import NoOutletError, PlaceMissingError
from erp_desktop.documents.escpos import DevicePrinter, EscposPrinter, NetworkPrinter, QueuePrinter
from erp_desktop.documents.printers import FilePrinter, Printer, SystemPrinter, has_system_queue
from erp_desktop.documents.receipt import Receipt, render_receipt
from erp_desktop.documents.spool import Job, Spool
from erp_desktop.workstation.workstation import Workstation

Kind = Literal["receipt", "a4", "label"]
Way = Literal["none", "folder", "system", "queue", "device", "network"]

KINDS: tuple[Kind, ...] = ("receipt", "a4", "label")
PORT = 9100

# What a place is called, and what it must look like; the rest may be empty.
PLACE_TITLES: dict[Way, str] = {
    "folder": N_("Folder"),
    "system": N_("Name of the printer"),
    "queue": N_("Name of the printer"),
    "device": N_("Device file"),
    "network": N_("Address"),
}
_ANYWHERE = re.compile(".*", re.DOTALL)
_PLACES: dict[Way, re.Pattern[str]] = {
    "folder": re.compile(r"\S.*"),
    "device": re.compile(r"\S.*"),
    "network": re.compile(r"[\w.-]+(?::\d{1,5})?"),
}
_REMEMBERED = "documents.outlets"
_spools: dict[Path, Spool] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where documents of one kind come out.

    Attributes:
        way: Nowhere; as PDF in a folder; through a printer of the operating system; as ESC/POS
            through its raw queue, to a device file, or over the network.
        place: The folder, the system's name for the printer, the device file, or `host:port`.
        width_mm: Of the roll, for receipts.
        has_drawer: Whether a cash drawer hangs on it, which opens by a pulse.
    """

    way: Way
    place: str = ""
    width_mm: int = 80
    has_drawer: bool = False


def outlet_of(workstation: Workstation, kind: Kind) -> Outlet:
    """Return what was chosen; else the system's default printer, or a folder where it has none."""
    chosen = _remembered(workstation).get(kind)
    if chosen is not None:
        return Outlet(**chosen)
    if has_system_queue():
        return Outlet("system")
    return Outlet("folder", str(workstation.folder / f"{kind}s"))


def choose_outlet(workstation: Workstation, kind: Kind, outlet: Outlet) -> None:
    """Let documents of a kind come out there, from now on.

    Raises:
        PlaceMissingError: Nobody could find that place.
    """
    if not _PLACES.get(outlet.way, _ANYWHERE).fullmatch(outlet.place):
        raise PlaceMissingError(field=_(PLACE_TITLES[outlet.way]))
    choices = _remembered(workstation) | {kind: asdict(outlet)}
    workstation.journal.memory.put(_REMEMBERED, choices)
    spool_of(workstation).use(_printers(workstation))


def print_receipt(
    workstation: Workstation,
    receipt: Receipt,
    words: Words,
    *,
    at: datetime,
    opens_drawer: bool = False,
) -> Job | None:
    """Queue a receipt and print what waits; return the job of it if it could not be printed.

    The sale is in the journal already: whatever happens here, it stands.

    Raises:
        FontsMissingError: This computer has no font for Latin or Arabic letters.
    """
    outlet = outlet_of(workstation, "receipt")
    if outlet.way == "none":
        return None
    content = render_receipt(receipt, words, width_mm=outlet.width_mm)
    spool = spool_of(workstation)
    pulse = opens_drawer and outlet.has_drawer
    return _printed(
        spool, spool.add(receipt.title, content, kind="receipt", at=at, opens_drawer=pulse)
    )


def print_document(
    workstation: Workstation, name: str, content: bytes, *, kind: Kind, at: datetime
) -> Job | None:
    """Queue a PDF and print what waits; return its job if it could not be printed.

    Raises:
        NoOutletError: Documents of this kind are not printed here.
    """
    if outlet_of(workstation, kind).way == "none":
        raise NoOutletError(name=name)
    spool = spool_of(workstation)
    return _printed(spool, spool.add(name, content, kind=kind, at=at))


def kick_drawer(workstation: Workstation) -> bool:
    """Open the cash drawer; return whether there is one.

    Raises:
        PrintFailedError: The printer on which it hangs does not answer.
    """
    outlet = outlet_of(workstation, "receipt")
    printer = _printer(workstation, "receipt")
    if not outlet.has_drawer or not isinstance(printer, EscposPrinter):
        return False
    printer.kick_drawer()
    return True


def spool_of(workstation: Workstation) -> Spool:
    """Return the queue of this workstation, opened once."""
    with _lock:
        folder = workstation.folder / "spool"
        if folder not in _spools:
            _spools[folder] = Spool(folder, _printers(workstation))
        return _spools[folder]


def _printed(spool: Spool, job: Job) -> Job | None:
    spool.print_waiting(job.kind)
    ended = spool.job(job.id)
    return None if ended is None or ended.state == "printed" else ended


def _remembered(workstation: Workstation) -> dict[str, Any]:
    return dict(workstation.journal.memory.get(_REMEMBERED) or {})


def _printers(workstation: Workstation) -> dict[str, Printer]:
    def found() -> Iterator[tuple[str, Printer]]:
        for kind in KINDS:
            printer = _printer(workstation, kind)
            if printer is not None:
                yield kind, printer

    return dict(found())


def _printer(workstation: Workstation, kind: Kind) -> Printer | None:
    outlet = outlet_of(workstation, kind)
    match outlet.way:
        case "folder":
            return FilePrinter(Path(outlet.place))
        case "system":
            return SystemPrinter(outlet.place)
        case "queue":
            return QueuePrinter(outlet.place, width_mm=outlet.width_mm)
        case "device":
            return DevicePrinter(Path(outlet.place), width_mm=outlet.width_mm)
        case "network":
            return _network(outlet)
        case "none":
            return None


def _network(outlet: Outlet) -> Printer:
    host, _colon, port = outlet.place.partition(":")
    return NetworkPrinter(host, int(port or PORT), width_mm=outlet.width_mm)
