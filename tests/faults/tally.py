"""What became of the messages: which rows are there, which are not, which twice, and whether what is kept agrees."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from tests.batches import ask, rollup_differences
from tests.faults.known import Key
from tests.faults.stream import PATIENCE, Stream

QUIET = 12.0  # seconds without a change after which what is missing will not come: no worker waits longer
_POLL = 0.1
_ROWS = {
    "readings": "SELECT 'reading', d.key, k.key, r.observed_at FROM readings r "
    "JOIN devices d ON d.id = r.device_id JOIN kinds k ON k.id = r.kind_id",
    "prices": "SELECT 'price', market, commodity, observed_at FROM prices",
    "cases": "SELECT 'case', service, case_id, at, status FROM case_events",
    "rejected": "SELECT 'refused', reason, topic, payload FROM rejected_messages",
}
_PROGRESS = """
SELECT (SELECT count(*) FROM readings) + (SELECT count(*) FROM prices) + (SELECT count(*) FROM case_events)
       + (SELECT count(*) FROM rejected_messages),
       (SELECT coalesce(sum(messages), 0)::bigint FROM feeds)"""
_LATEST = """
SELECT 1 FROM (SELECT device_id, kind_id, max(observed_at) AS at FROM readings GROUP BY 1, 2) AS again
FULL JOIN latest_readings AS kept USING (device_id, kind_id) WHERE again.at IS DISTINCT FROM kept.observed_at"""
_CASES = """
SELECT 1 FROM (SELECT DISTINCT ON (service, case_id) service, case_id, at, status FROM case_events
               ORDER BY service, case_id, at DESC, status_rank DESC) AS again
FULL JOIN cases AS kept USING (service, case_id)
WHERE (again.at, again.status) IS DISTINCT FROM (kept.status_at, kept.status)"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one case. `told_again`: refusals whose count says more than came; `wrong`: what else does not agree."""

    sent: int
    stored: int
    refused: int
    lost: int
    doubled: int
    told_again: int
    rollups: bool
    wrong: tuple[str, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to say beside the counts."""
        again = f"refusals are counted {self.told_again} times more than they came"
        return (*self.wrong, again) if self.told_again else self.wrong

    @property
    def exact(self) -> bool:
        """Whether every message became what it must, once, and all that is kept of them agrees."""
        return not self.lost and self.whole

    @property
    def whole(self) -> bool:
        """Whether what is there is right, be it all or not."""
        return not self.doubled and self.rollups and not self.wrong


def settle(url: str, streams: Sequence[Stream], quiet: float) -> None:
    """Wait until everything is there, or until nothing has changed for so long that it will not come."""
    sent = [each for stream in streams for each in stream.acknowledged]
    wanted = (len({key for each in sent for key in each.rows}), len(sent))
    seen, since = (-1, -1), time.monotonic()
    deadline = since + PATIENCE
    while time.monotonic() < deadline:
        now = _progress(url)
        if now != seen:
            seen, since = now, time.monotonic()
        complete = now[0] >= wanted[0] and now[1] >= wanted[1]
        # Whatever is delivered again comes before what is new, so little is left to wait for.
        if now[0] >= 0 and time.monotonic() - since > (_POLL * 4 if complete else quiet):
            return
        time.sleep(_POLL)


def take(url: str, streams: Sequence[Stream], quiet: float = QUIET) -> Tally:
    """Wait for the messages and count them."""
    settle(url, streams, quiet)
    sent = [each for stream in streams for each in stream.acknowledged]
    due: set[Key] = {key for each in sent for key in each.rows}
    known = {key for stream in streams for each in stream.messages for key in each.rows}
    found = {table: Counter(map(tuple, ask(url, sql))) for table, sql in _ROWS.items()}
    rows = sum(found.values(), Counter[Key]())
    return Tally(
        sent=len(sent),
        stored=rows.total() - found["rejected"].total(),
        refused=found["rejected"].total(),
        lost=len(due - rows.keys()),
        doubled=sum(number - 1 for number in rows.values()),
        told_again=_told_again(url, streams),
        rollups=not rollup_differences(url),
        wrong=tuple(_wrong(url, rows.keys() - known, found)),
    )


def _progress(url: str) -> tuple[int, int]:
    try:
        rows, messages = ask(url, _PROGRESS)[0]
    except psycopg.OperationalError:
        return -1, -1
    return rows, messages


def _told_again(url: str, streams: Sequence[Stream]) -> int:
    told = ask(url, "SELECT coalesce(sum(times), 0)::bigint FROM rejected_messages")[0][0]
    came = sum(key[0] == "refused" for stream in streams for each in stream.messages for key in each.rows)
    return max(0, int(told) - came)


def _wrong(url: str, strange: set[Key], found: dict[str, Counter[tuple[object, ...]]]) -> list[str]:
    wrong = [f"{len(strange)} rows that nobody sent, such as {min(map(repr, strange))}"] if strange else []
    wrong += ["the latest readings are not the latest"] if ask(url, _LATEST) else []
    wrong += ["cases are not what their events say"] if ask(url, _CASES) else []
    counted = dict(ask(url, "SELECT stream, sum(stored)::bigint FROM feeds GROUP BY 1"))
    for stream in ("readings", "prices", "cases"):
        if counted.get(stream, 0) != (rows := found[stream].total()):
            wrong.append(f"feeds count {counted.get(stream, 0)} {stream}, {rows} are stored")
    return wrong
