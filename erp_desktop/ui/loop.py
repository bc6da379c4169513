"""The event loop that Qt and asyncio share."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication


def event_loop(application: QApplication, *, already_running: bool = False) -> Any:
    """Return Qt's event loop as asyncio's, the selector kind on Windows too.

    psycopg's asynchronous side, which the worker uses, refuses the proactor loop.
    """
    loop = qasync.QSelectorEventLoop(application, already_running=already_running)
    asyncio.set_event_loop(loop)
    return loop


def run(application: QApplication, main: Awaitable[Any]) -> Any:
    """Run the window until `main` ends."""
    loop = event_loop(application)
    with loop:
        return loop.run_until_complete(main)
