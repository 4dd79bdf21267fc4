"""One question put to a store: new rows, or the old ones and a later try."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from dashboard.answers import Answer, Asked
from dashboard.figures import QUESTIONS
from data.errors import DataError
from layouts.panel import Row

log = logging.getLogger(__name__)

Ask: TypeAlias = Callable[[str, Mapping[str, Any]], Awaitable[Sequence[Row]]]

ANSWER_WITHIN = 5.0


async def renew(answer: Answer, ask: Ask, params: Mapping[str, Any], clock: Callable[[], float]) -> Asked | None:
    """Ask one question with its own choices; return which when its rows are new. `clock` is that of the answers."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            rows = await ask(answer.name, {**params, **dict(answer.options)})
    except (DataError, TimeoutError) as error:
        QUESTIONS.labels(answer.name, "failed").inc()
        if not answer.failed:
            log.warning("question %s: %s", answer.name, str(error) or f"no answer within {ANSWER_WITHIN:g} s")
        answer.fail(clock())
        return None
    QUESTIONS.labels(answer.name, "answered").inc()
    return (answer.name, answer.options) if answer.accept(rows) else None
