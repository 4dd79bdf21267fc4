"""A server as a child process of ours: start, wait until it answers, stop, kill."""

from __future__ import annotations

import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from deploy.local.errors import DeployError
from deploy.local.terminal import last_line

ANSWER_WITHIN = 60.0
STOP_WITHIN = 30.0
POLL = 0.05


class Server(ABC):
    """One private server. Start it in a thread that lives: the kernel ends it when that thread ends."""

    name: str
    #: What a polite stop is told by; a database waits for its clients on TERM, so it may differ.
    ending: signal.Signals

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder.absolute()
        self.port = port
        self._child: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """The address for clients."""

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """The command line that runs the server in the foreground."""

    @abstractmethod
    def prepare(self) -> None:
        """Lay out the folder where it is missing and clear what a crash left behind. Repeatable."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the server takes clients now."""

    @property
    def log(self) -> Path:
        """Where a server started from here writes its log."""
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        """Start and wait until it answers. Raises `DeployError` with its last words when it will not."""
        self.prepare()
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own command
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_ready()

    def wait_ready(self, within: float = ANSWER_WITHIN) -> None:
        """Wait until the server answers, at most `within` seconds. Raises `DeployError`."""
        deadline = time.monotonic() + within
        while not self.is_ready():
            if self.has_ended():
                raise DeployError(f"{self.name} ended at once: {last_line(self.log)}")
            if time.monotonic() > deadline:
                raise DeployError(f"{self.name} did not answer on port {self.port} within {within:.0f} s")
            time.sleep(POLL)

    def has_ended(self) -> bool:
        """Whether a server started from here has ended by itself."""
        return self._child is not None and self._child.poll() is not None

    def stop(self) -> None:
        """Stop politely and wait until it is gone."""
        self._end(self.ending)

    def kill(self) -> None:
        """End it as a power cut would, without a last word to disk."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._child is None:
            return
        self._child.send_signal(how)
        try:
            self._child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None
