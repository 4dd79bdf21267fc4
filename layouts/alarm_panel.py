"""What the panels of one alarm have in common: the address names it, and the engine's beat says how old they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from layouts.html import Element
from layouts.panel import Context, Panel, Question, Rows

LATE, STALE = timedelta(seconds=45), timedelta(minutes=3)
"""As old as the engine's last word: it beats every two seconds and is asked for every ten."""
STREAMS = frozenset({"alarms", "components"})
ONE = Question("alarm_one", anyway=10.0)
ENGINE = Question("alarm_engine", every=5.0, anyway=10.0)


def of_one(
    key: str,
    title: str,
    render: Callable[[Rows, Context], Element],
    *questions: Question,
    streams: frozenset[str] = STREAMS,
    **other: Any,  # noqa: ANN401 - the fields of `Panel`
) -> Panel:
    """A panel of one alarm that asks these questions."""
    return Panel(
        key,
        title,
        streams,
        (*questions, ENGINE),
        render,
        late_after=LATE,
        stale_after=STALE,
        options=("alarm",),
        **other,
    )
