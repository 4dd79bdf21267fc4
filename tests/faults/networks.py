"""Cables that are cut: to the broker, to the database, and right between a commit and its answer."""

from __future__ import annotations

from tests.batches import ask
from tests.faults.fault import Fault
from tests.faults.stand import Stand
from tests.faults.tally import Tally
from tests.ingesting import until

_SESSIONS = """
FROM pg_stat_activity
WHERE datname = current_database() AND starts_with(application_name, 'liveroom-ingest-ingest-')"""
_SLOW_COMMITS = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER slowly AFTER INSERT OR UPDATE ON feeds DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.stream = 'readings') EXECUTE FUNCTION slowly()"""


def broker_cut_off(stand: Stand) -> Tally:
    """No word to or from the broker: first for a moment, then until the worker gives the connection up."""
    cable = stand.relay(stand.broker.port)
    room = stand.worker(mqtt_url=cable.url.replace("http", "mqtt", 1))
    with stand.stream() as stream:
        stream.reach(0.2)
        cable.cut()
        stand.pause(0.2, 1.0)
        cable.mend()
        stream.reach(0.6)
        cable.cut()
        until(lambda: room.said("lost the broker"), "the worker to notice")
        cable.mend()
    return stand.count()


def database_cut_off(stand: Stand) -> Tally:
    """No word to or from the database, which ends the session meanwhile."""
    cable = stand.relay(stand.postgres.port)
    stand.worker(url=_through(cable.url, stand))
    before = 0
    with stand.stream() as stream:
        for _ in range(stand.scale.rounds):
            stand.await_work(stream, before)
            cable.cut()
            stand.pause(0.1, 0.5)
            ask(stand.url, f"SELECT pg_terminate_backend(pid) {_SESSIONS}")
            before = stand.committed()
            cable.mend()
    return stand.count()


def answer_lost(stand: Stand) -> Tally:
    """The database commits, and the connection breaks before it can say so."""
    stand.apply(_SLOW_COMMITS)
    cable = stand.relay(stand.postgres.port)
    room = stand.worker(url=_through(cable.url, stand))
    with stand.stream():
        for _ in range(stand.scale.rounds):
            until(lambda: ask(stand.url, f"SELECT 1 {_SESSIONS} AND state = 'active' AND query = 'COMMIT'"), "a commit")
            cable.cut()
            until(lambda: not ask(stand.url, f"SELECT 1 {_SESSIONS} AND state = 'active'"), "its end")
            cable.drop()
            cable.mend()
    counted = stand.count()
    assert room.said("keeping the batch and trying again") >= stand.scale.rounds, "the worker did not notice"
    return counted


def _through(cable_url: str, stand: Stand) -> str:
    """The database's address by way of the cable."""
    return stand.url.replace(f":{stand.postgres.port}/", f":{cable_url.rpartition(':')[2]}/")


FAULTS = (
    Fault("broker cut off", broker_cut_off),
    Fault("database cut off", database_cut_off),
    Fault("answer to a commit lost", answer_lost),
)
