"""Put a broker to the test: who it is, what it tells of itself, and each promise in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from data.checks import Finding
from ingest.broker import split_url, where
from ingest.doctor.guest import GuestError
from ingest.doctor.promises import ALLOWED, PROMISES, Promise, Unkept
from ingest.doctor.visit import Visit

_VERSION = "$SYS/broker/version"
_DROPPED = "$SYS/broker/publish/messages/dropped"


def check_broker(address: str) -> Iterator[Finding]:
    """One finding for each check, and none once the broker is away. Raises `IngestError` for a malformed address."""
    url = split_url(address)
    visit = Visit(url)
    try:
        told = _reach(visit)
    except GuestError as error:
        yield Finding("FAIL", f"{where(url)}: {error}: expected one that takes us in")
        return
    except Unkept as unkept:
        yield Finding("FAIL", f"{where(url)}: {unkept}: set use_username_as_clientid false")
        return
    yield Finding("ok", f"takes us in at {where(url)}: {told.get(_VERSION, 'its version is not told')}")
    # Before the promises are tried: where one is not kept, that itself drops messages.
    yield _dropped(told.get(_DROPPED, ""))
    yield from _promises(visit)


def _reach(visit: Visit) -> dict[str, str]:
    """What it tells of itself. Raises `GuestError` when it does not take us in, `Unkept` when to try it is unsafe."""
    if visit.finds_a_stranger():
        raise Unkept("another's session under a client id never used before, expected none")
    told: dict[str, str] = {}
    with visit.guest() as guest, suppress(GuestError):  # it may keep these to itself
        guest.subscribe(_VERSION)
        guest.subscribe(_DROPPED)
        told = {message.topic: message.payload.decode(errors="replace") for message in guest.hear(2)}
    return told


def _dropped(told: str) -> Finding:
    if not told.isdigit():
        return Finding("note", "does not tell how many messages it has dropped")
    if int(told):
        return Finding(
            "warn", f"dropped messages: found {told} since its start, expected 0: a queue was full, or they were QoS 0"
        )
    return Finding("ok", "has dropped no message since its start")


def _promises(visit: Visit) -> Iterator[Finding]:
    allowed = _try(visit, ALLOWED)
    yield allowed
    if allowed.level == "FAIL":
        return
    for promise in PROMISES:
        try:
            yield _try(visit, promise)
        except GuestError as error:
            yield Finding("FAIL", f"{promise.says}: the broker went away: {error}: the checks after this were left out")
            return
    yield Finding(
        "note",
        "whether it saves its sessions to disk cannot be tried from here: "
        "expected persistence true and autosave_interval 10: see docs/operating.md",
    )


def _try(visit: Visit, promise: Promise) -> Finding:
    """What became of a promise. Raises `GuestError` when the broker is no longer there."""
    try:
        promise.keep(visit)
    except Unkept as unkept:
        return Finding(unkept.level or promise.level, f"{promise.says}: {unkept}: {promise.remedy}")
    except GuestError as error:
        # A broker may refuse just this, also by ending the connection: then it takes the next guest in.
        with visit.guest():
            return Finding(promise.level, f"{promise.says}: {error}: {promise.remedy}")
    return Finding("ok", promise.says)
