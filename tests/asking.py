"""Ask one question of a database, and write to it as a worker would: for the tests of what questions answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any

from dashboard.terms import terms_of
from data.records import Message
from data.store import Store
from tests.batches import NOW, WIB, writer
from tests.pack import CITY

PARAMS: Mapping[str, object] = {
    "devices": ["air-1", "gauge-1"], "markets": ["pasar-anyar", "pasar-baru"], "service": "laksa", "now": NOW,
    "zone": WIB, "of no question": 1,
    "district": "36.71.07", "subdistrict": "36.71.07.1004", "agency": "dpupr", "case": "LAKSA-1", "state": "",
    "category": "", "reason": "", "overdue": "", "days": "", "from": "", "to": "", "sort": "opened", "skipped": 0,
    **terms_of(CITY, NOW),
    "after": NOW - timedelta(days=1), "floor": NOW - timedelta(days=1), "sinces": [NOW - timedelta(days=1)],
    "device": "air-1", "range": "24h", "period": "30d",
    "kinds": ["pm25"], "services": ["laksa"], "status": None, "located": False, "market": None, "commodity": None,
    "since": NOW - timedelta(days=1), "until": NOW, "rows": 10,
    "after_device": None, "after_kind": None, "after_observed_at": None, "after_market": None, "after_commodity": None,
    "view": "pembacaan", "rule": None, "after_raised_at": None, "after_id": None,
    "alarm": "1", "priority": "", "life": "", "after_at": None, "after_service": None, "after_case_id": None,
    "ids": None, "codes": None, "open": None, "pack": "[]", "words": "[]",
}  # fmt: skip


def answer(url: str, name: str, **params: object) -> list[dict[str, Any]]:
    async def once() -> list[dict[str, Any]]:
        store = await Store.open(url)
        try:
            return await store.ask(name, {**PARAMS, **params})
        finally:
            await store.close()

    return asyncio.run(once())


def write(url: str, *messages: Message) -> None:
    with closing(writer(url)) as room:
        room.write(messages)
