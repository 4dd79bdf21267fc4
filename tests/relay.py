"""A network that can be cut without closing anything: what a pulled cable or a lost radio looks like."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

CHUNK = 65_536
LOOK_AGAIN = 0.1


class Relay:
    """Passes bytes on to a server of this machine, unless it is cut; connections stand either way."""

    def __init__(self, port: int) -> None:
        """Listen on a free port for what is meant for `port`."""
        self._to = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._passing, self._over = Event(), Event()
        self._ends: list[socket.socket] = []
        self._passing.set()
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the server answers through this relay."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Pass nothing on from now on."""
        self._passing.clear()

    def mend(self) -> None:
        """Pass everything on again, first what has piled up."""
        self._passing.set()

    def drop(self) -> None:
        """End every connection, with what piled up in it, and wait for new ones."""
        ends, self._ends = self._ends, []
        for end in ends:
            _shut(end)

    def close(self) -> None:
        """End every connection."""
        self._over.set()
        self._passing.set()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _ = self._listener.accept()
                Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection(self._to) as far:
            self._ends += (near, far)
            back = Thread(target=self._pump, args=(far, near), daemon=True)
            back.start()
            self._pump(near, far)
            back.join()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        """Carry one direction until either end closes; both ends go together."""
        source.settimeout(LOOK_AGAIN)
        with suppress(OSError):
            while not self._over.is_set():
                self._passing.wait()
                with suppress(TimeoutError):
                    if not (piece := source.recv(CHUNK)):
                        break
                    self._passing.wait()
                    sink.sendall(piece)
        for end in (source, sink):
            _shut(end)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):  # it may be gone already
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(port: int) -> Iterator[Relay]:
    """A relay to that port for as long as it is needed."""
    opened = Relay(port)
    try:
        yield opened
    finally:
        opened.close()
