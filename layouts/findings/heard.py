"""When cases were last heard of at all: the age of what shows only some of them.

Filtered cases, those of one place or of one agency, may well stand still for weeks while everything works; their own
times would call the picture stale.
"""

from __future__ import annotations

from datetime import datetime

from layouts.panel import Question, Rows

FEEDS = Question("feeds", every=1.0)


def last_case(rows: Rows) -> datetime | None:
    """The time at the source of the newest case there is, from `feeds`."""
    return next((row["last_observed_at"] for row in rows.get("feeds", ()) if row["stream"] == "cases"), None)
