"""Where paper comes out: a folder, or the printers of the operating system."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from erp_desktop.core.i18n import _
from erp_desktop.documents.errors import NoPrinterError, PrintFailedError
from erp_desktop.documents.files import inside, safe_name, write_whole

_PATIENCE_SECONDS = 30


class Printer(Protocol):
    """What takes a finished document."""

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:
        """Put a PDF on paper, called `name`, and open the cash drawer if one hangs on it.

        Raises:
            UserError: It was not taken.
        """


class FilePrinter:
    """A folder that takes documents instead of paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:  # noqa: ARG002
        """Write the PDF into the folder, beside those of the same name.

        Raises:
            PrintFailedError: The folder cannot be written.
        """
        try:
            write_whole(self._free(safe_name(name)), path.read_bytes())
        except OSError as error:
            raise PrintFailedError(name=name, reason=error.strerror or str(error)) from error

    def _free(self, stem: str) -> Path:
        path, number = inside(self._folder, f"{stem}.pdf"), 1
        while path.exists():
            number += 1
            path = inside(self._folder, f"{stem}-{number}.pdf")
        return path


class SystemPrinter:
    """A printer of the operating system: CUPS, or whatever Windows prints PDF files with."""

    def __init__(self, printer: str = "") -> None:
        """Choose a printer by the system's name for it; empty is the default printer."""
        self._printer = printer

    def print(self, path: Path, *, name: str, opens_drawer: bool = False) -> None:  # noqa: ARG002
        """Hand the PDF to the system's own queue.

        Raises:
            NoPrinterError: The system has no queue.
            PrintFailedError: It does not take the document.
        """
        if sys.platform == "win32":
            _print_on_windows(path, name)
        else:
            run([lp(), *self._options(name), "--", str(path)], name)

    def _options(self, name: str) -> list[str]:
        destination = ["-d", self._printer] if self._printer else []
        return [*destination, "-t", name]


def has_system_queue() -> bool:
    """Whether this computer has the printing system of Unix."""
    return shutil.which("lp") is not None


def system_printers() -> list[str]:
    """Return the names that the system has for its printers; none where it cannot be asked."""
    program = shutil.which("lpstat")
    if program is None:
        return []
    try:
        told = subprocess.run(  # noqa: S603 - a list, never a shell
            [program, "-e"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return told.stdout.split()


def lp() -> str:
    """Return the program that hands a document to the system's queue.

    Raises:
        NoPrinterError: There is none.
    """
    found = shutil.which("lp")
    if found is None:
        raise NoPrinterError
    return found


def run(command: list[str], name: str, content: bytes | None = None) -> None:
    """Run a program that prints, `content` being what it reads.

    Raises:
        PrintFailedError: It does not answer, or says why not.
    """
    try:
        done = subprocess.run(  # noqa: S603 - a list, never a shell
            command, input=content, capture_output=True, timeout=_PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrintFailedError(name=name, reason=_("the printer does not answer")) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise PrintFailedError(name=name, reason=reason[-1] if reason else str(done.returncode))


def _print_on_windows(path: Path, name: str) -> None:
    start = getattr(os, "startfile")  # noqa: B009 - known on Windows only
    try:
        start(path, "print")
    except OSError as error:
        raise PrintFailedError(name=name, reason=error.strerror or str(error)) from error
