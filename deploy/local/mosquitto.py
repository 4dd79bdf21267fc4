"""A private Mosquitto: loopback only, sessions kept on disk, limits that let the room take a burst."""

from __future__ import annotations

import signal
from pathlib import Path

from deploy.local.account import as_server, give
from deploy.local.packages import Programs
from deploy.local.ports import LOOPBACK, answers
from deploy.local.server import Server

# The in-flight window is the room's back-pressure: the broker's default of 20 allows a fifth of the speed.
# An abandoned session would queue for ever, so it expires and its queue is bounded in bytes.
CONFIG = """\
listener {port} {host}
allow_anonymous true
max_inflight_messages 20000
max_queued_messages 0
max_queued_bytes 536870912
message_size_limit 1048576
persistence true
persistence_location {store}/
autosave_interval 10
persistent_client_expiration 14d
set_tcp_nodelay true
sys_interval 5
connection_messages false
log_dest stdout
log_timestamp_format %Y-%m-%dT%H:%M:%S
log_type error
log_type warning
log_type notice
"""


class Mosquitto(Server):
    """A broker whose retained messages and sessions live under `folder`."""

    name = "mosquitto"
    ending = signal.SIGTERM  # saves its sessions to disk before it ends

    def __init__(self, programs: Programs, folder: Path, port: int) -> None:
        super().__init__(folder, port)
        self._program = programs.mosquitto
        self._config = self.folder / "mosquitto.conf"

    @property
    def url(self) -> str:
        """The address of the broker."""
        return f"mqtt://{LOOPBACK}:{self.port}"

    @property
    def command(self) -> list[str]:
        """`mosquitto` in the foreground on our own configuration."""
        return as_server([str(self._program), "-c", str(self._config)], self._config, self.ending)

    def prepare(self) -> None:
        """Write the configuration and make the folder of sessions."""
        self.folder.mkdir(parents=True, exist_ok=True)
        give(self.folder / "store")
        text = CONFIG.format(port=self.port, host=LOOPBACK, store=self.folder / "store")
        self._config.write_text(text, encoding="utf-8")
        self._config.chmod(0o644)

    def is_ready(self) -> bool:
        """Whether the broker accepts connections."""
        return answers(LOOPBACK, self.port)
