"""Files that are whole or not there, under names that stay in their folder."""

import os
import re
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path

from erp_desktop.documents.errors import FileNameError

_LONGEST = 80
_LONGEST_BYTES = 180
# Windows opens the device whatever stands behind the first dot.
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that, whatever happens, `path` holds all of it or what it held before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the new name of a file durable, where the system lets a folder be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def safe_name(name: str, suffix: str = "") -> str:
    """Return a file name that every system takes: letters, digits, dots, hyphens, underscores."""
    plain = unicodedata.normalize("NFC", name)
    plain = re.sub(r"[^\w.-]+", "_", plain).strip("._- ")[:_LONGEST]
    while len(plain.encode()) > _LONGEST_BYTES:
        plain = plain[:-1]
    if plain.partition(".")[0].lower() in _DEVICES:
        plain = f"_{plain}"
    return (plain or "document") + suffix


def inside(folder: Path, name: str) -> Path:
    """Return the path of `name` in `folder`.

    Raises:
        FileNameError: The name leads somewhere else, or is none.
    """
    path = folder / name
    if "\x00" in name or Path(name).name != name or path.resolve().parent != folder.resolve():
        raise FileNameError(name=name)
    return path
