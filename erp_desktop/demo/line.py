"""A line to head office that can be cut: a TCP relay on this machine, for demo and tests."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_CHUNK = 65536


class Line:
    """Relays connections to a port of this machine while it is not cut.

    Attributes:
        port: Where to connect.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._is_cut = threading.Event()
        self._pairs: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="line", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Drop what is connected and let nobody through."""
        self._is_cut.set()
        with self._lock:
            ends, self._pairs = self._pairs, set()
        for end in ends:
            _hang_up(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._is_cut.clear()

    def close(self) -> None:
        """Take the line down."""
        self.cut()
        _hang_up(self._listener)
        self._thread.join(2)

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            if self._is_cut.is_set():
                _hang_up(near)
                continue
            self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            _hang_up(near)
            return
        with self._lock:
            self._pairs |= {near, far}
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._relay, args=(source, target), daemon=True).start()

    def _relay(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(_CHUNK):
                target.sendall(chunk)
        with self._lock:
            self._pairs -= {source, target}
        _hang_up(source)
        _hang_up(target)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def line_to(target: int) -> Iterator[Line]:
    """A line to a port of this machine, for as long as the block lasts."""
    line = Line(target)
    try:
        yield line
    finally:
        line.close()
