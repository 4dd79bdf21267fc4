"""A database that goes away, has no room left, or makes everybody wait."""

from __future__ import annotations

import signal
import subprocess
import time

import psycopg

from deploy.local.account import as_server
from deploy.local.postgres import Postgres
from tests.faults.fault import Fault
from tests.faults.stand import Stand
from tests.faults.tally import Tally
from tests.ingesting import until

KEEPING = "keeping the batch and trying again"
FULL = 16 * 1024 * 1024  # bytes: a file of the log, which is written within its size; a table beyond it must grow
NO_LOG = 1024 * 1024  # so little that the log cannot be written on
_HEAVY = """
ALTER TABLE readings ADD COLUMN ballast text DEFAULT repeat('x', 1900);
ALTER TABLE readings SET (fillfactor = 50)"""


def stopped_at_once(stand: Stand) -> Tally:
    """Stopped without a word or a checkpoint, and started again after a while."""
    room = stand.worker()
    before = 0
    with stand.stream() as stream:
        for _ in range(stand.scale.rounds):
            stand.await_work(stream, before)
            stand.pause(0.0, 0.3)
            before = stand.committed()
            failures = room.said(KEEPING)
            stand.postgres.stop_at_once()
            until(lambda known=failures: room.said(KEEPING) > known, "the worker to notice")  # type: ignore[misc]
            stand.pause(0.0, 1.0)
            stand.postgres.start()
    counted = stand.count()
    assert not room.ended, "the worker gave up"
    return counted


def stopped_with_the_worker_killed(stand: Stand) -> Tally:
    """A power cut: worker and database end in the same moment."""
    room = stand.worker()
    before = 0
    with stand.stream() as stream:
        for _ in range(stand.scale.rounds):
            stand.await_work(stream, before)
            stand.pause(0.0, 0.3)
            before = stand.committed()
            stand.postgres.stop_at_once()
            room.kill()
            stand.postgres.start()
            room.start()
    return stand.count()


def disk_full(stand: Stand) -> Tally:
    """No table may grow any further: the kernel refuses the server's own writes, by the limit on the size of files.

    Needs no privilege, and takes the way of a full disk through the server but for the code (XX000 for 53100).
    """
    stand.apply(_HEAVY)
    room = stand.worker()
    with stand.stream(stand.known(min(stand.scale.messages, 12_000))):
        try:
            limit_files(stand.postgres, FULL)
            until(lambda: room.said("could not extend file") >= stand.scale.rounds, "the disk to be full")
        finally:
            limit_files(stand.postgres, None)
    return stand.count()


def log_disk_full(stand: Stand) -> Tally:
    """Not even the log has room: the server ends in the middle of commits, again and again until there is some."""
    room = stand.worker()
    with stand.stream() as stream:
        stand.await_work(stream)
        limit_files(stand.postgres, NO_LOG)
        until(lambda: room.said(KEEPING) > stand.scale.rounds, "the worker to notice")
        limit_files(stand.postgres, None)
        if stand.postgres.has_ended():  # it gives up where even its recovery fails
            stand.postgres.start()
    return stand.count()


def limit_files(server: Postgres, size: int | None) -> None:
    """Let no process of a server make a file larger than this; what it starts from now on has the limit from it."""
    soft = "unlimited" if size is None else size
    for _ in range(2):  # once more for what was started meanwhile
        for process in server._workers():
            # As the server's own account: root without all of its rights may not limit others.
            command = ["prlimit", f"--pid={process}", f"--fsize={soft}:"]
            subprocess.run(as_server(command, server.folder, signal.SIGTERM), check=False, capture_output=True)


def locked(stand: Stand) -> Tally:
    """Somebody holds a lock on the readings for long: the worker waits, and keeps its session with the broker."""
    room = stand.worker()
    with stand.stream() as stream:
        stand.await_work(stream)
        with psycopg.connect(stand.url) as rogue:
            rogue.execute("LOCK TABLE readings IN ACCESS EXCLUSIVE MODE")
            time.sleep(stand.scale.lasting)
    counted = stand.count()
    assert not room.said("lost the broker"), "the worker lost its session with the broker"
    return counted


FAULTS = (
    Fault("database stopped", stopped_at_once),
    Fault("power cut", stopped_with_the_worker_killed),
    Fault("disk full", disk_full),
    Fault("disk of the log full", log_disk_full),
    Fault("readings locked", locked),
)
