"""What a room consists of: its programs in the order of their start, and how each is asked to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from deploy.local.account import tied
from deploy.local.server import Server

BACKFILL_DAYS = 14


@dataclass(frozen=True)
class Unit:
    """One program of the room; `order` is its place in the start, and from the end in the stop."""

    name: str
    command: tuple[str, ...]
    order: int
    ending: signal.Signals = signal.SIGTERM
    #: Started with the supervisor; the others wait for the schema.
    at_once: bool = False
    stop_seconds: int = 5


def server_unit(name: str, server: Server, order: int) -> Unit:
    """The unit that runs a private server."""
    return Unit(name, tuple(server.command), order, server.ending, at_once=True, stop_seconds=10)


def app_units(*, virtual_city: bool, fetch: bool = False, notify: bool = False) -> tuple[Unit, ...]:
    """The room's own programs, in the order of their start."""
    ours = [
        _module("ingest", "ingest", order=30),
        _module("alarms", "ingest", "alarms", order=31),
        _module("maintenance", "ingest", "maintenance", order=31),
        _program("dashboard", "app.py", order=40),
    ]
    if fetch:
        ours.append(_module("fetch", "ingest.fetch", order=32))
    if notify:
        ours.append(_module("notify", "ingest", "notify", order=33))
    if virtual_city:
        ours.append(_module("virtual-city", "sensors.virtual_city", "--backfill-days", str(BACKFILL_DAYS), order=50))
    return tuple(ours)


def _module(name: str, *arguments: str, order: int) -> Unit:
    return _program(name, "-m", *arguments, order=order)


def _program(name: str, *arguments: str, order: int) -> Unit:
    return Unit(name, _python(arguments), order)


def _python(arguments: Sequence[str]) -> tuple[str, ...]:
    return tuple(tied([sys.executable, *arguments], signal.SIGTERM))
