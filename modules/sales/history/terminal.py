"""How the import of a history talks at a terminal."""

import sys
import time
from collections.abc import Iterable

from erp_desktop.core.i18n import _, current
from modules.sales.history.report import Fact, plain


def tell(sentence: str) -> None:
    """Say a sentence."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def say_facts(facts: Iterable[Fact]) -> None:
    """Say facts, one a line."""
    for sentence in plain(facts):
        tell(sentence)


class ProgressLine:
    """How far it is: one line that is written again and again; in a log a line now and then."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._told = 0.0
        self._first: int | None = None
        self._is_screen = sys.stderr.isatty()

    def show(self, done: int, total: int, doing: str) -> None:
        """Say how far it is; a total of 0 means that nobody knows."""
        now = time.monotonic()
        # What an earlier run has done says nothing about the speed of this one.
        self._first = done if self._first is None else self._first
        if now - self._told < (0.2 if self._is_screen else 10) and done != total:
            return
        self._told = now
        words, seconds = current(), max(now - self._began, 0.001)
        far = words.number(done) + (f" / {words.number(total)}" if total else "")
        speed = _("{n} rows a second").format(n=words.number(int((done - self._first) / seconds)))
        end = "\r" if self._is_screen and done != total else "\n"
        sys.stderr.write(f"{doing} {far} · {speed}   {end}")
        sys.stderr.flush()
