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

    def print(self, path: Path, *, name: str) -> None:
        """Put a PDF on paper, called `name`.

        Raises:
            UserError: It was not taken.
        """


class FilePrinter:
    """A folder that takes documents instead of paper."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def print(self, path: Path, *, name: str) -> None:
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

    def print(self, path: Path, *, name: str) -> None:
        """Hand the PDF to the system's own queue.

        Raises:
            NoPrinterError: The system has no queue.
            PrintFailedError: It does not take the document.
        """
        if sys.platform == "win32":
            _print_on_windows(path, name)
        else:
            _run([_lp(), *self._options(name), "--", str(path)], name)

    def _options(self, name: str) -> list[str]:
        destination = ["-d", self._printer] if self._printer else []
        return [*destination, "-t", name]


def _lp() -> str:
    found = shutil.which("lp")
    if found is None:
        raise NoPrinterError
    return found


def _run(command: list[str], name: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - a list, never a shell
            command, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrintFailedError(name=name, reason=_("the printer does not answer")) from error
    if done.returncode:
        reason = done.stderr.strip().splitlines()
        raise PrintFailedError(name=name, reason=reason[-1] if reason else str(done.returncode))


def _print_on_windows(path: Path, name: str) -> None:
    start = getattr(os, "startfile")  # noqa: B009 - known on Windows only
    try:
        start(path, "print")
    except OSError as error:
        raise PrintFailedError(name=name, reason=error.strerror or str(error)) from error
