"""One room to a state folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.errors import DeployError


@contextmanager
def only_room(state_dir: Path, where: str) -> Iterator[int]:
    """Hold `state_dir` for the room at address `where`; yields the lock, which whoever inherits it keeps.

    Raises `DeployError` naming the address of the room that already runs there.
    """
    with (state_dir / "room.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise DeployError(
                f"a room already runs in {state_dir} at {lock.read().strip() or 'an address not known yet'}: "
                "stop it, or give this one another LIVEROOM_STATE_DIR and LIVEROOM_PORT"
            ) from None
        lock.truncate(0)
        lock.write(f"{where}\n")
        lock.flush()
        yield lock.fileno()
