"""A private PostgreSQL with TimescaleDB: loopback only, a password nobody needs to know, data kept safely."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from deploy.local.account import as_server, give, server_account
from deploy.local.errors import DeployError
from deploy.local.packages import Programs
from deploy.local.ports import LOOPBACK
from deploy.local.server import POLL, STOP_WITHIN, Server

NAME = "liveroom"
BUILTIN_SINCE = 17  # the release that brought locales independent of the machine
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "shared_preload_libraries": "timescaledb",
    "timescaledb.telemetry_level": "off",
    "timescaledb.license": "apache",
    "timescaledb.max_background_workers": "4",
    "fsync": "on",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    # A question over months touches every chunk, and each chunk takes locks.
    "max_locks_per_transaction": "256",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
}


class Postgres(Server):
    """A PostgreSQL cluster under `folder`, holding the empty database `liveroom` once prepared."""

    name = "postgres"
    ending = signal.SIGINT  # "fast": sessions are ended, not waited for

    def __init__(self, programs: Programs, folder: Path, port: int) -> None:
        super().__init__(folder, port)
        self._bin = programs.postgres_bin
        self._data = self.folder / "data"

    @property
    def url(self) -> str:
        """The address of the database `liveroom`, password included."""
        return f"postgresql://{NAME}:{self._password()}@{LOOPBACK}:{self.port}/{NAME}"

    @property
    def command(self) -> list[str]:
        """`postgres` in the foreground with every setting on the command line."""
        settings = {**SETTINGS, "port": str(self.port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return as_server([str(self._bin / "postgres"), "-D", str(self._data), *options], self._data, self.ending)

    def prepare(self) -> None:
        """Make the cluster where there is none; end or forget a server that a crash left behind."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._data.exists():
            self._initialise()
        self._clear_crash()

    def is_ready(self) -> bool:
        """Whether the server accepts sessions (not merely connections: recovery refuses those)."""
        command = [str(self._bin / "pg_isready"), "-q", "-h", LOOPBACK, "-p", str(self.port), "-t", "2"]
        return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - our own program

    def stop_at_once(self) -> None:
        """Stop without a checkpoint ("immediate"): the next start recovers from the log."""
        self._end(signal.SIGQUIT)

    def _password(self) -> str:
        file = self.folder / "password"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        return file.read_text(encoding="utf-8")

    def _initialise(self) -> None:
        # Under another name until complete, so that an interrupted start leaves nothing half made.
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        give(fresh)
        secret = fresh.with_name("password.new")
        secret.touch(mode=0o600)
        secret.write_text(self._password(), encoding="utf-8")
        account = server_account()
        if account:
            os.chown(secret, account.uid, account.gid)
        flags = [f"--username={NAME}", f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self._version() >= BUILTIN_SINCE else []
        self._run(["initdb", "-D", str(fresh), *flags, *builtin], fresh)
        secret.unlink()
        self._run(["postgres", "--single", "-D", str(fresh), "postgres"], fresh, f"CREATE DATABASE {NAME}\n")
        fresh.rename(self._data)

    def _version(self) -> int:
        said = subprocess.run([str(self._bin / "postgres"), "--version"], check=True, capture_output=True, text=True)  # noqa: S603
        found = re.search(r"\d+", said.stdout)
        return int(found.group()) if found else 0

    def _run(self, command: list[str], folder: Path, words: str | None = None) -> None:
        command = as_server([str(self._bin / command[0]), *command[1:]], folder, signal.SIGTERM)
        done = subprocess.run(command, input=words or "", capture_output=True, text=True, check=False, cwd="/")  # noqa: S603
        # A single-user server reports errors in words only.
        if done.returncode or "ERROR:" in done.stderr:
            reason = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1]
            raise DeployError(f"the private database could not be made under {self.folder}: {reason}")

    def _clear_crash(self) -> None:
        """End what an earlier server left running in our data folder; forget a pid file that names a stranger.

        The file is deleted only when nobody works in the folder any more: until then it is PostgreSQL's own guard.
        """
        pid_file = self._data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0])
        deadline = time.monotonic() + STOP_WITHIN
        while workers := self._workers():
            if pid in workers:
                os.kill(pid, self.ending)
            if time.monotonic() > deadline:
                raise DeployError(f"an earlier private database does not stop: end processes {workers} by hand")
            time.sleep(POLL)
        pid_file.unlink(missing_ok=True)

    def _workers(self) -> list[int]:
        """Processes whose working folder is our data folder: a server, or what a killed one left behind."""
        ours = str(self._data.resolve())
        return [int(entry.parent.name) for entry in Path("/proc").glob("[0-9]*/cwd") if _target(entry) == ours]


def _target(link: Path) -> str | None:
    try:
        return str(link.readlink())
    except OSError:  # the process is gone, or another user's
        return None
