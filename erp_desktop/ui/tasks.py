"""What a page has on its way: questions, of which the newest wins, and deeds, done once."""

import asyncio
from collections.abc import Coroutine, Hashable
from typing import Any


class Tasks:
    """The running tasks of one page, each under the function that it runs."""

    def __init__(self) -> None:
        self._running: dict[Hashable, asyncio.Task[None]] = {}
        self._is_over = False

    def __len__(self) -> int:
        return len(self._running)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._running

    def start(self, key: Hashable, work: Coroutine[Any, Any, None]) -> None:
        """Start `work`; whatever runs under the same key is dropped."""
        if self._is_over:
            work.close()
            return
        self.drop(key)
        task = asyncio.get_running_loop().create_task(work)
        self._running[key] = task
        task.add_done_callback(lambda done: self._forget(key, done))

    def drop(self, key: Hashable) -> None:
        """Cancel what runs under `key`."""
        if key in self._running:
            self._running[key].cancel()

    def end(self) -> None:
        """Cancel everything, and start nothing more: a field may still ask while it closes."""
        self._is_over = True
        for key in tuple(self._running):
            self.drop(key)

    def _forget(self, key: Hashable, task: "asyncio.Task[None]") -> None:
        if self._running.get(key) is task:
            del self._running[key]
