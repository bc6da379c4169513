"""The key that opens the store, and where it lives.

A raw 256-bit key in the operating system's keyring. Where there is none (a headless Linux has only
keyring's `fail` backend), a file that only this user can read; the choice is made once, written
beside the store, and shown to the administrator.
"""

import base64
import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

import keyring
from keyring.errors import KeyringError

from erp_desktop.core.i18n import N_, _
from erp_desktop.workstation.errors import StoreKeyMissingError

KEY_BYTES = 32
_SERVICE = "erp-desktop"
_SENTENCES = {
    "keyring": N_("The store's key is in this computer's keyring."),
    "file": N_("There is no keyring: the store's key is in the file {file}. Guard this computer."),
}


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where the store's key is kept.

    Attributes:
        kind: The keyring, or a file that only its owner can read.
        name: The entry in the keyring, or the file's name.
    """

    kind: Literal["keyring", "file"]
    name: str

    def sentence(self) -> str:
        """Say to the administrator where the key is."""
        return _(_SENTENCES[self.kind]).format(file=self.name)


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """The workstation's secret and its place; it opens the store and is mixed into passwords."""

    secret: bytes
    place: KeyPlace


def device_key(folder: Path) -> DeviceKey:
    """Return the key of the store in `folder`, made when it is first asked for.

    Raises:
        StoreKeyMissingError: The key that the store was written with cannot be found.
    """
    note = folder / "key.json"
    if not note.exists():
        return _make(folder, note)
    kept = json.loads(note.read_text())
    place = KeyPlace(kept["kind"], kept["name"])
    secret = _fetch(folder, place)
    if secret is None or _fingerprint(secret) != kept["fingerprint"]:
        raise StoreKeyMissingError(place=place.sentence())
    return DeviceKey(secret, place)


def _make(folder: Path, note: Path) -> DeviceKey:
    """Choose the place, put a new key there, and only then note the choice."""
    secret = os.urandom(KEY_BYTES)
    place = _into_keyring(secret) or _into_file(folder, secret)
    words = {"kind": place.kind, "name": place.name, "fingerprint": _fingerprint(secret)}
    _write_private(note, json.dumps(words).encode())
    return DeviceKey(secret, place)


def _into_keyring(secret: bytes) -> KeyPlace | None:
    name, text = f"store-{uuid4()}", base64.b64encode(secret).decode()
    with contextlib.suppress(KeyringError, RuntimeError):
        keyring.set_password(_SERVICE, name, text)
        if keyring.get_password(_SERVICE, name) == text:
            return KeyPlace("keyring", name)
    return None


def _into_file(folder: Path, secret: bytes) -> KeyPlace:
    place = KeyPlace("file", "device.key")
    _write_private(folder / place.name, secret)
    return place


def _fetch(folder: Path, place: KeyPlace) -> bytes | None:
    if place.kind == "file":
        path = folder / place.name
        return path.read_bytes() if path.exists() else None
    with contextlib.suppress(KeyringError, RuntimeError):
        text = keyring.get_password(_SERVICE, place.name)
        return base64.b64decode(text) if text else None
    return None


def _fingerprint(secret: bytes) -> str:
    """Return what tells two keys apart and gives neither away."""
    return hashlib.sha256(b"erp-desktop store " + secret).hexdigest()[:16]


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that is readable by its owner only, from its first byte on."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
