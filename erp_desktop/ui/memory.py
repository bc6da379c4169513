"""What the program remembers for one user: tabs, columns, keys, theme, drafts."""

import json
from pathlib import Path
from typing import Any

from erp_desktop.documents.files import write_whole
from erp_desktop.ui.drafts import DraftStore, FileDraftStore, MemoryDraftStore


class Memory:
    """A few JSON values by key, in one file of the user's own folder; or nowhere, in tests."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = folder / "preferences.json" if folder else None
        self._values: dict[str, Any] = self._read()
        self._is_changed = False
        self.drafts: DraftStore = (
            FileDraftStore(folder / "drafts") if folder else MemoryDraftStore()
        )

    def get(self, key: str, default: Any = None) -> Any:
        """Return what was kept under `key`."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value under `key`; it reaches the disk with `save`."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._is_changed = True

    def save(self) -> None:
        """Write what has changed, whole or not at all."""
        if self._path is None or not self._is_changed:
            return
        text = json.dumps(self._values, ensure_ascii=False, indent=1)
        write_whole(self._path, text.encode())
        self._is_changed = False

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._path.read_text("utf-8")) if self._path else {}
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}


_current = Memory()


def current() -> Memory:
    """Return the memory of the user who is signed in."""
    return _current


def use(memory: Memory) -> None:
    """Remember for this user from now on."""
    global _current  # noqa: PLW0603 - one window, one user
    _current = memory
