"""Workers that die: at any moment, between a commit and its acknowledgement, and beside another that lives."""

from __future__ import annotations

from tests.batches import ask
from tests.faults.fault import Fault
from tests.faults.stand import Stand
from tests.faults.tally import Tally
from tests.ingesting import Worker, until

DYING = ("-m", "tests.dying_worker")


def killed_at_random(stand: Stand) -> Tally:
    """A worker is killed again and again, each time soon after it has committed something."""
    room = stand.worker()
    before = 0
    with stand.stream() as stream:
        for _ in range(stand.scale.rounds + 1):
            stand.await_work(stream, before)
            stand.pause(0.0, 0.3)
            before = stand.committed()
            room.kill()
            room.start()
    return stand.count()


def killed_before_acknowledging(stand: Stand) -> Tally:
    """Workers that die after each commit, before the broker is told: all of it is delivered again."""
    stand.worker().stop()  # from now on there is a session that messages wait in
    with stand.stream() as stream:
        stream.reach(0.2)
        for _ in range(stand.scale.rounds):
            dying = stand.worker(program=DYING)
            until(lambda process=dying: process.ended, "the worker to die")  # type: ignore[misc]
        stand.worker()
    counted = stand.count()
    again = ask(stand.url, "SELECT sum(duplicates)::bigint FROM feeds")[0][0]
    assert again > 0, "nothing was delivered again, so nothing was tried"
    return counted


def one_of_two_killed(stand: Stand) -> Tally:
    """Of two workers that share the messages, one is killed and comes back later; what waited for it comes then."""
    two = [stand.worker("--shared", client_id=f"ingest-{number}") for number in range(2)]
    with stand.stream() as stream:
        for _ in range(stand.scale.rounds):
            until(lambda: not stream.is_alive() or _both_work(stand), "both workers to commit something")
            stand.pause(0.0, 0.3)
            dying: Worker = stand.chance.choice(two)
            dying.kill()
            stand.pause(0.2, 1.0)
            dying.start()
    assert _both_work(stand), "only one worker had anything to do"
    return stand.count()


def _both_work(stand: Stand) -> bool:
    return ask(stand.url, "SELECT count(DISTINCT worker) FROM feeds WHERE messages > 0") == [(2,)]


FAULTS = (
    Fault("worker killed", killed_at_random),
    Fault("killed before acknowledging", killed_before_acknowledging),
    Fault("one of two workers killed", one_of_two_killed),
)
