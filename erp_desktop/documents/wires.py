"""How bytes reach a printer: over the network, into a device file, through the system's raw queue.

Who sends must know whether nothing arrived, and it may be sent again, or some of it did: then only
somebody who looks at the printer knows what is on the paper.
"""

import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from erp_desktop.documents.errors import (
    NoPrinterError,
    PrintCutError,
    PrinterUnreachableError,
    PrintFailedError,
)
from erp_desktop.documents.printers import lp, run

Wire = Callable[[bytes, str], None]

_CONNECT_SECONDS, _SEND_SECONDS = 5.0, 20.0
_CHUNK = 4096
_TAKEN_WITHIN, _LOOK_AGAIN = 15.0, 0.01


def to_network(host: str, port: int, content: bytes, name: str) -> None:
    """Send to a printer that listens on the network, and wait until it has all of it.

    Raises:
        PrinterUnreachableError: It took nothing.
        PrintCutError: The line broke on the way.
    """
    try:
        line = socket.create_connection((host, port), timeout=_CONNECT_SECONDS)
    except (OSError, UnicodeError, OverflowError) as error:
        raise PrinterUnreachableError(name=name, place=f"{host}:{port}") from error
    with line:
        line.settimeout(_SEND_SECONDS)
        try:
            for start in range(0, len(content), _CHUNK):
                line.sendall(content[start : start + _CHUNK])
            _wait_until_taken(line)
            line.shutdown(socket.SHUT_WR)
            _hear_it_out(line)
        except OSError as error:
            raise PrintCutError(name=name) from error


def to_device(device: Path, content: bytes, name: str) -> None:
    """Write to a device file that is there.

    Raises:
        PrintFailedError: It cannot be opened.
        PrintCutError: It broke off on the way.
    """
    try:
        file = device.open("r+b", buffering=0)
    except OSError as error:
        raise PrintFailedError(name=name, reason=error.strerror or str(error)) from error
    with file:
        try:
            for start in range(0, len(content), _CHUNK):
                _write_all(file.write, content[start : start + _CHUNK])
        except OSError as error:
            raise PrintCutError(name=name) from error


def to_queue(printer: str, content: bytes, name: str) -> None:
    """Hand to a queue of CUPS that passes on what it gets.

    Raises:
        NoPrinterError: The system has no queue of this kind.
        PrintFailedError: It does not take the document.
    """
    if sys.platform == "win32":
        raise NoPrinterError
    destination = ["-d", printer] if printer else []
    run([lp(), *destination, "-o", "raw", "-t", name, "--", "-"], name, content)


def _write_all(write: Callable[[bytes], int | None], content: bytes) -> None:
    while content:
        content = content[write(content) or 0 :]


def _wait_until_taken(line: socket.socket) -> None:
    """Wait until the printer has acknowledged every byte: ours may still lie in this computer.

    Raises:
        OSError: The line broke, or nothing moves any more.
    """
    until = time.monotonic() + _TAKEN_WITHIN
    left = _untaken(line)
    while left:
        time.sleep(_LOOK_AGAIN)
        broken = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if broken:
            raise OSError(broken, "the line broke")
        now = _untaken(line)
        if now < left:
            until = time.monotonic() + _TAKEN_WITHIN
        elif time.monotonic() > until:
            raise TimeoutError
        left = now


def _untaken(line: socket.socket) -> int:
    """Return how many bytes the other side has not acknowledged; 0 where nobody can tell."""
    if sys.platform != "linux":
        return 0
    import fcntl  # noqa: PLC0415 - not on Windows
    import termios  # noqa: PLC0415 - same

    count = bytearray(4)
    fcntl.ioctl(line, termios.TIOCOUTQ, count)
    return int.from_bytes(count, sys.byteorder)


def _hear_it_out(line: socket.socket) -> None:
    """Notice a line that broke just now; a printer that says nothing is content.

    Raises:
        OSError: The line broke.
    """
    line.settimeout(0.05)
    with suppress(TimeoutError):
        while line.recv(256):
            pass
