"""The supervisor (supervisord) that keeps the room's programs running, and what we ask of it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from deploy.local.account import tied
from deploy.local.errors import DeployError
from deploy.local.terminal import last_line
from deploy.local.units import Unit

LONGEST_SOCKET = 100  # the kernel takes 107 bytes for the path of a socket
ANSWER_WITHIN = 20.0
STOP_WITHIN = 30.0
POLL = 0.05
START_LOG = "supervisor-start.log"  # what it says before it has read where to log

_HEAD = """\
[supervisord]
nodaemon=true
silent=true
{user}logfile={logs}/supervisor.log
logfile_maxbytes=2MB
logfile_backups=2
pidfile={state}/supervisor.pid
childlogdir={logs}

[unix_http_server]
file={socket}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""

# A program that ends within startsecs waits one second longer before each retry; one that lived is restarted at once.
_PROGRAM = """
[program:{name}]
command={command}
priority={order}
autostart={at_once}
autorestart=true
startsecs=3
startretries=10
stopsignal={ending}
stopwaitsecs={stop_seconds}
redirect_stderr=true
stdout_logfile={logs}/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=3
"""


@dataclass(frozen=True)
class Health:
    """How one program is: supervisord's word for its state, and since when (epoch seconds)."""

    name: str
    state: str
    since: int

    @property
    def gave_up(self) -> bool:
        """Whether the supervisor stopped trying."""
        return self.state == "FATAL"

    @property
    def fails(self) -> bool:
        """Whether the program ended and waits for its next try."""
        return self.state in {"BACKOFF", "EXITED", "FATAL"}


class Supervision:
    """A running supervisord: start a program, see how all are, read their last words."""

    def __init__(self, child: subprocess.Popen[bytes], socket: Path, logs: Path) -> None:
        self._child = child
        self._socket = socket
        self._logs = logs

    def start(self, name: str) -> None:
        """Start a program without waiting; whether it lives is told by `health`. Raises `DeployError`."""
        self._ask("startProcess", name, False)

    def health(self) -> tuple[Health, ...]:
        """How every program is. Raises `DeployError` when the supervisor itself is gone."""
        told = self._ask("getAllProcessInfo")
        return tuple(_health(one) for one in told)

    def last_words(self, name: str) -> str:
        """The last line a program wrote."""
        return last_line(self._logs / f"{name}.log")

    def has_ended(self) -> bool:
        """Whether the supervisor itself is gone."""
        return self._child.poll() is not None

    def wait_ready(self) -> None:
        """Wait until it takes questions. Raises `DeployError`."""
        deadline = time.monotonic() + ANSWER_WITHIN
        while not self._socket.exists():
            if self.has_ended() or time.monotonic() > deadline:
                raise DeployError(f"the supervisor did not start: {_first_line(self._logs / START_LOG)}")
            time.sleep(POLL)

    def stop(self) -> None:
        """Stop every program, the last started first, and the supervisor; wait until all are gone."""
        if not self.has_ended():
            self._child.send_signal(signal.SIGTERM)
        try:
            self._child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._child.kill()  # its programs are tied to it and end too
            self._child.wait()

    def _ask(self, question: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever supervisord answers
        # The host is never looked at: the transport goes through the socket.
        with ServerProxy("http://localhost", SupervisorTransport(None, None, f"unix://{self._socket}")) as proxy:
            try:
                return getattr(proxy.supervisor, question)(*arguments)
            except Fault as fault:
                raise DeployError(f"the supervisor refused {question} {arguments}: {fault.faultString}") from None
            except (OSError, HTTPException):
                raise DeployError(f"the supervisor ended: {self.last_words('supervisor')}") from None


def _health(told: Mapping[str, Any]) -> Health:
    return Health(told["name"], told["statename"], told["start"])


def _first_line(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace").partition("\n")[0] or f"nothing in {log}"


@contextmanager
def supervise(
    units: Sequence[Unit], state_dir: Path, environment: Mapping[str, str], lock: int
) -> Iterator[Supervision]:
    """Run a supervisor for `units` until the block ends, then stop all of them.

    `lock` is handed down, so that the state folder stays taken until the last program is gone, whatever ends us.
    """
    logs = state_dir / "log"
    logs.mkdir(exist_ok=True)
    with _socket_path(state_dir) as socket:
        conf = state_dir / "supervisor.conf"
        conf.write_text(configuration(units, state_dir, logs, socket), encoding="utf-8")
        command = tied([sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(conf)], signal.SIGTERM)
        with (logs / START_LOG).open("wb") as out:
            child = subprocess.Popen(  # noqa: S603 - our own command
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C is ours to hear; it stops the programs in order
                pass_fds=(lock,),
            )
        running = Supervision(child, socket, logs)
        try:
            running.wait_ready()
            yield running
        finally:
            running.stop()


def configuration(units: Sequence[Unit], state_dir: Path, logs: Path, socket: Path) -> str:
    """The supervisor's configuration file."""
    user = "user=root\n" if os.geteuid() == 0 else ""  # said aloud, or it warns about it
    paths = {"logs": _plain(logs), "state": _plain(state_dir), "socket": _plain(socket)}
    return _HEAD.format(user=user, **paths) + "".join(_program(unit, paths["logs"]) for unit in units)


def _program(unit: Unit, logs: str) -> str:
    return _PROGRAM.format(
        name=unit.name,
        command=_plain(shlex.join(unit.command)),
        order=unit.order,
        at_once=str(unit.at_once).lower(),
        ending=unit.ending.name.removeprefix("SIG"),
        stop_seconds=unit.stop_seconds,
        logs=logs,
    )


def _plain(text: object) -> str:
    """`text` as the file's reader will see it again: it expands per cent signs."""
    return str(text).replace("%", "%%")


@contextmanager
def _socket_path(state_dir: Path) -> Iterator[Path]:
    """A path for the control socket: in the state folder, or a short private one where that path is too long."""
    socket = state_dir / "supervisor.sock"
    if len(str(socket).encode()) <= LONGEST_SOCKET:
        socket.unlink(missing_ok=True)
        yield socket
        return
    with tempfile.TemporaryDirectory(prefix="liveroom-") as short:
        yield Path(short) / "supervisor.sock"
