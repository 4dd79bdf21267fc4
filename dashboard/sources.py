"""What a question rests on, read from its text: the streams that change its tables, and the choices it takes."""

from __future__ import annotations

import re
from functools import cache

from data.errors import DataError
from data.listener import STREAMS
from data.queries import question
from layouts.options import OPTIONS

TABLES = {
    "readings": "readings",
    "latest_readings": "readings",
    "rollup_minute": "readings",
    "rollup_hour": "readings",
    "rollup_day": "readings",
    "prices": "prices",
    "cases": "cases",
    "case_events": "cases",
    "bulletins": "bulletins",
    "forecasts": "bulletins",
    "quakes": "bulletins",
    "rejected_messages": "rejected",
    "retry_requests": "rejected",
    "components": "components",
    "alarms": "alarms",
    "alarm_steps": "alarms",
    "handovers": "alarms",
    "handover_acceptances": "alarms",
}
"""The stream whose commits change a table. Dictionaries (devices, kinds) change with the rows that name them."""
_TAKEN = re.compile(r"%\((\w+)\)s")
_NAMED = re.compile(r"\b(?:from|join)\s+(\w+)", re.IGNORECASE)


@cache
def streams_of(name: str) -> frozenset[str]:
    """Return the streams whose commits may change the answer to a question of data/queries.

    All of them for a question that names none of the tables above (`feeds` counts every stream) and for one
    that has no file.
    """
    try:
        tables = {table.lower() for table in _NAMED.findall(question(name))}
    except DataError:
        return STREAMS
    return frozenset(TABLES[table] for table in tables & TABLES.keys()) or STREAMS


@cache
def options_of(name: str) -> frozenset[str]:
    """Return the options of `layouts.options` that a question of data/queries takes as parameters."""
    try:
        return frozenset(_TAKEN.findall(question(name))) & OPTIONS.keys()
    except DataError:
        return frozenset()
