"""A broker that is restarted, or killed. A killed one forgets what it has not saved: that is counted, not blamed."""

from __future__ import annotations

from tests.faults.fault import Fault
from tests.faults.stand import Stand
from tests.faults.tally import Tally
from tests.ingesting import until

PER_SECOND = 2_000  # so slow that the longer streams outlast the broker's usual ten seconds between two saves
QUIET = 3.0


def restarted(stand: Stand) -> Tally:
    """Asked to end and started again, with a worker there and with none: it saves its sessions before it ends."""
    room = stand.worker()
    with stand.stream() as stream:
        for share in (0.3, 0.6):
            stream.reach(share)
            before = room.said("connected to the broker")
            _restart(stand)
            until(lambda known=before: room.said("connected to the broker") > known, "the worker to return")  # type: ignore[misc]
        room.kill()
        stream.reach(0.9)
        _restart(stand)
    room.start()
    return stand.count()


def killed(stand: Stand) -> Tally:
    """Killed while messages wait for a worker that is away: what it acknowledged since it last saved is gone."""
    room = stand.worker()
    _restart(stand)  # the session itself is saved: only messages are at stake
    room.kill()
    with stand.stream(per_second=PER_SECOND) as stream:
        stream.reach(0.8)
        stand.broker.kill()
        stand.broker.start()
    room.start()
    return stand.count(QUIET)


def killed_beside_a_worker(stand: Stand) -> Tally:
    """Killed while a worker keeps up: nothing waits, so that next to nothing can be forgotten."""
    room = stand.worker()
    _restart(stand)
    until(lambda: room.said("session_present=True"), "the worker to return")
    with stand.stream() as stream:
        stream.reach(0.5)
        connections = room.said("connected to the broker")
        stand.broker.kill()
        stand.broker.start()
    until(lambda: room.said("connected to the broker") > connections, "the worker to return")
    return stand.count(QUIET)


def _restart(stand: Stand) -> None:
    stand.broker.stop()
    stand.broker.start()


FAULTS = (
    Fault("broker restarted", restarted),
    *(Fault(f"broker killed, saves every {every} s", killed, True, every) for every in (1, 10, 60)),
    Fault("broker killed, worker keeps up", killed_beside_a_worker, True),
)
