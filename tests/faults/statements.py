"""Statements that fail although nothing is wrong with the rows, and a schema that changes under a running worker."""

from __future__ import annotations

import psycopg

from tests.batches import ask
from tests.faults.fault import Fault
from tests.faults.stand import Stand
from tests.faults.stream import Stream
from tests.faults.tally import Tally
from tests.ingesting import until

DEVICES = 10  # so few that every batch has a reading of each
_TROUBLE = """
CREATE SEQUENCE trouble;
CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    codes constant text[] := '{40001, 53100, 57014, 55P03, 53200, 25006}';
    turn constant bigint := nextval('trouble');  -- a sequence is not rolled back
BEGIN
    IF mod(turn, 4) = 0 AND turn <= 4 * array_length(codes, 1) THEN
        RAISE EXCEPTION 'provoked' USING ERRCODE = codes[turn / 4];
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER trouble AFTER INSERT OR UPDATE ON feeds DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION trouble()"""
_MIGRATION = """
ALTER TABLE readings ADD COLUMN note text NOT NULL DEFAULT 'none';
ALTER TABLE case_events ADD COLUMN note text DEFAULT 'none';
ALTER TABLE feeds ADD COLUMN note text DEFAULT 'none'"""


def deadlocked(stand: Stand) -> Tally:
    """A session that locks the rows of the aggregates in the opposite order, so that the worker is sent away."""
    room = stand.worker()
    with stand.stream(stand.known(devices=DEVICES)) as stream:
        every = "SELECT count(DISTINCT device_id) = %s FROM rollup_day"
        until(lambda: ask(stand.url, every, DEVICES)[0][0], "a reading of every device")
        while room.said("deadlock detected") < stand.scale.rounds and stream.is_alive():
            _cross(stand, stream)
    assert room.said("deadlock detected"), "the worker was never in a deadlock"
    return stand.count()


def _cross(stand: Stand, stream: Stream) -> None:
    """Lock the last row, wait for the worker to wait for it, and ask for the first one, which the worker holds."""
    with psycopg.connect(stand.url) as rogue:
        rogue.execute("SET deadlock_timeout = '1min'")  # the worker looks first, and is the one to go
        lowest, highest = rogue.execute("SELECT min(device_id), max(device_id) FROM rollup_day").fetchone() or (0, 0)
        take = "SELECT 1 FROM rollup_day WHERE device_id = %s FOR UPDATE"
        rogue.execute(take, (highest,))
        mine = rogue.info.backend_pid
        waiting = "SELECT 1 FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
        until(lambda: not stream.is_alive() or ask(stand.url, waiting, mine), "the worker to wait")
        rogue.execute(take, (lowest,))
        rogue.rollback()


def refused_for_a_while(stand: Stand) -> Tally:
    """At COMMIT the server fails now and then: serialization, disk full, cancelled, lock, memory, read only."""
    stand.apply(_TROUBLE)
    room = stand.worker()
    with stand.stream():
        until(lambda: room.said("provoked") >= 6, "every error")
    return stand.count()


def migrated(stand: Stand) -> Tally:
    """Tables get columns, in one transaction that takes its time."""
    stand.worker()
    with stand.stream() as stream:
        stand.await_work(stream)
        with psycopg.connect(stand.url) as migration:
            migration.execute(_MIGRATION)
            stand.pause(0.2, 0.5)
    counted = stand.count()
    noted = ask(stand.url, "SELECT count(DISTINCT note) FROM readings")
    assert noted == [(1,)], f"found {noted} notes, expected every reading to have the one"
    return counted


FAULTS = (
    Fault("deadlock", deadlocked),
    Fault("errors at commit", refused_for_a_while),
    Fault("migrated meanwhile", migrated),
)
