"""A line to head office that can be cut: a TCP relay on this machine, for demo and tests."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from typing import Any, Self

from psycopg import conninfo as libpq

_AT_ONCE = struct.pack("ii", 1, 0)
_CHUNK = 65536


class Line:
    """Carries bytes between whoever connects to `port` and the server, until it is cut."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        """Stand in front of the server at `host` and `port`."""
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.is_cut = False
        self._start(self._accept)

    @property
    def port(self) -> int:
        """Where to connect instead of to the server."""
        number: int = self._listener.getsockname()[1]
        return number

    def through(self, conninfo: str) -> str:
        """Return a connection string that goes through this line."""
        return libpq.make_conninfo(conninfo, host="127.0.0.1", hostaddr=None, port=self.port)

    def cut(self) -> None:
        """Cut it: what is on its way is lost, and nobody gets through any more."""
        with self._lock:
            self.is_cut = True
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                _break(end)

    def mend(self) -> None:
        """Let new connections through again."""
        self.is_cut = False

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        with self._lock:
            if self.is_cut:
                _break(near)
                return
            far = socket.create_connection(self._server)
            self._pairs.append((near, far))
        self._start(_carry, near, far)
        self._start(_carry, far, near)


def _carry(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes until one of the two ends is gone; then both are."""
    try:
        while chunk := source.recv(_CHUNK):
            target.sendall(chunk)
    except OSError:
        pass
    finally:
        _break(source)
        _break(target)


def _break(end: socket.socket) -> None:
    """Drop a connection as a cut cable does, without a farewell."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        end.shutdown(socket.SHUT_RDWR)
    end.close()
