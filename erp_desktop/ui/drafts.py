"""What is being typed, kept every few seconds so that it survives a crash."""

import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import InvalidOperation
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from erp_desktop.core.i18n import N_
from erp_desktop.documents.files import safe_name, write_whole
from erp_desktop.ui.packing import packed, unpacked

_SECONDS_BETWEEN_SAVES = 3
_log = logging.getLogger(__name__)
BROUGHT_BACK = N_("What you had typed before the program ended is here again.")


class DraftStore(Protocol):
    """Keeps what is being typed, so that it survives a crash."""

    def save(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep `values` under `key`."""

    def load(self, key: str) -> dict[str, Any] | None:
        """Return what was kept under `key`."""

    def forget(self, key: str) -> None:
        """Keep nothing under `key` any more."""


# Whoever types or scans never waits for the disk; at its end the program waits for what is left.
_WRITER = ThreadPoolExecutor(1, thread_name_prefix="drafts")


class FileDraftStore:
    """Keeps each draft in a small file of the user's own folder, written behind the user's back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, bytes | None] = {}
        self._lock = Lock()

    def save(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep `values` under `key`."""
        text = json.dumps({name: packed(value) for name, value in values.items()})
        self._put(key, text.encode())

    def load(self, key: str) -> dict[str, Any] | None:
        """Return what was kept under `key`; a broken file counts as nothing."""
        _WRITER.submit(_nothing).result()
        try:
            kept = json.loads(self._path(key).read_text("utf-8"))
            return {name: unpacked(value) for name, value in kept.items()}
        except (OSError, ValueError, AttributeError, InvalidOperation):
            return None

    def forget(self, key: str) -> None:
        """Keep nothing under `key` any more."""
        self._put(key, None)

    def _put(self, key: str, content: bytes | None) -> None:
        """Let a file hold this, or be gone; of several that wait only the last one is written."""
        with self._lock:
            is_waiting = key in self._waiting
            self._waiting[key] = content
        if not is_waiting:
            _WRITER.submit(self._write, key)

    def _write(self, key: str) -> None:
        with self._lock:
            content = self._waiting.pop(key)
        try:
            if content is None:
                self._path(key).unlink(missing_ok=True)
            else:
                write_whole(self._path(key), content)
        except OSError:
            # A full disk is told where something is lost by it: at the journal.
            _log.warning("The draft %s could not be kept.", key, exc_info=True)

    def _path(self, key: str) -> Path:
        return self._folder / safe_name(key, ".json")


def _nothing() -> None:
    """Be done when all that was written before is."""


class MemoryDraftStore:
    """Keeps drafts as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    def save(self, key: str, values: Mapping[str, Any]) -> None:
        """Keep `values` under `key`."""
        self._kept[key] = dict(values)

    def load(self, key: str) -> dict[str, Any] | None:
        """Return what was kept under `key`."""
        return self._kept.get(key)

    def forget(self, key: str) -> None:
        """Keep nothing under `key` any more."""
        self._kept.pop(key, None)


class Typed(Protocol):
    """What can be typed into: a form, or the body of a document."""

    changed: Any

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was shown."""

    def values(self) -> dict[str, Any]:
        """Return what is typed."""

    def type_values(self, values: Mapping[str, Any]) -> None:
        """Show values as if the user had typed them."""


class DraftKeeper(QObject):
    """Saves what is typed into a form every few seconds, and brings it back."""

    def __init__(self, form: Typed, store: DraftStore, key: str) -> None:
        super().__init__(form if isinstance(form, QObject) else None)
        self._form = form
        self._store = store
        self.key = key
        self._timer = QTimer(self, singleShot=True, interval=_SECONDS_BETWEEN_SAVES * 1000)
        self._timer.timeout.connect(self.save)
        form.changed.connect(self._on_change)

    def save(self) -> None:
        """Save now."""
        if self._form.is_changed:
            self._store.save(self.key, self._form.values())

    def bring_back(self) -> bool:
        """Show what a crash interrupted; whether there was anything."""
        kept = self._store.load(self.key)
        if kept:
            self._form.type_values(kept)
        return bool(kept)

    def forget(self) -> None:
        """The draft is saved for good, or given up."""
        self._timer.stop()
        self._store.forget(self.key)

    def _on_change(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
