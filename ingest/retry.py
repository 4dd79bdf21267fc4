"""`python -m ingest retry`: take apart again what was put aside, after the pack or a codec has learnt to read it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing

from msgspec.structs import replace

from data.records import Message
from data.rejected import PutAside, RejectedMessages
from data.writer import Writer
from ingest.delivery import Delivery
from ingest.process import require_schema
from ingest.sorting import Sorter, take_apart_anyhow
from sensors.city import City, load_city
from sensors.settings import Settings

_AT_ONCE = 500


def run_retry(settings: Settings, reason: str | None) -> None:
    """Retry all that is put aside, or all of one reason, and say what became of it. Raises one-line errors."""
    url = settings.require_database_url()
    city = load_city(settings.city)
    require_schema(url)
    understood, kept = retry_for(city, url, reason)
    sys.stdout.write(f"{understood} taken in, {kept} still put aside\n")


def retry_for(city: City, url: str, reason: str | None) -> tuple[int, int]:
    """Retry as this city understands messages, on connections of its own. Raises `DataError`."""
    with (
        closing(RejectedMessages(url)) as rejected,
        closing(Writer(url, "retry", city.devices.keys(), city.zone.key, services=city.services)) as writer,
    ):
        return retry(rejected, Sorter(city).take_apart, writer, reason)


def retry(
    rejected: RejectedMessages, take_apart: Callable[[Delivery], Message], writer: Writer, reason: str | None = None
) -> tuple[int, int]:
    """How many messages were taken in wholly, and how many stay put aside.

    Safe beside running workers and safe to repeat: a message is removed only once its rows are committed, and writing
    them again changes nothing. What is put aside meanwhile, anew or for another reason, is not read.
    """
    understood = kept = last = 0
    end = rejected.newest()
    while found := rejected.after(last, end, reason, _AT_ONCE):
        last = found[-1].id
        again = [(each, _read(each, take_apart)) for each in found if each.whole]
        writer.write([message for _, message in again])
        done = [each.id for each, message in again if each.reason not in {r.reason for r in message.rejections}]
        rejected.forget(done)
        understood += sum(not message.rejections for _, message in again)
        kept += len(found) - sum(not message.rejections for _, message in again)
    return understood, kept


def _read(each: PutAside, take_apart: Callable[[Delivery], Message]) -> Message:
    """The message as it is read now; neither it nor its refusals are counted once more."""
    delivery = Delivery(each.topic, each.payload, len(each.payload), each.received_at, True, 0, 0, 0)
    return replace(take_apart_anyhow(take_apart, delivery), ahead=True)
