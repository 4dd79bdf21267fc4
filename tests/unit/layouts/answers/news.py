"""News, e-paper, police notices and what became of warnings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sensors.city import City
from tests.unit.layouts.answers import Made


def full(city: City, now: datetime) -> Made:
    """Ten items of news, a week of editions, and three warnings that ended today."""
    return {
        "news": [
            *(item("berita", f"b-{n}", now - timedelta(hours=3 * n), city) for n in range(10)),
            *(item("e-paper", f"e-{n}", now - timedelta(days=n, hours=1), city) for n in range(7)),
            item("polres", "p-1", now - timedelta(hours=2), city),
        ],
        "bulletins_ended": [
            item("bmkg", f"x-{n}", now - timedelta(hours=n + 4), city)
            | {"severity": "siaga", "onset_at": None, "ended_at": now - timedelta(hours=n), "cancelled": n == 1}
            for n in range(4)
        ],
        "bulletin_days": [
            {"day": now.astimezone(city.zone).date() - timedelta(days=n), "severity": severity, "n": n % 4}
            for n in range(14)
            for severity in ("waspada", "siaga")
        ],
    }


def item(channel: str, ident: str, at: datetime, city: City) -> dict[str, Any]:
    """One bulletin of level info about the first kecamatan."""
    return {
        "channel": channel, "id": ident, "title": "Pelayanan KTP keliling", "body": "Pelayanan berlangsung pagi ini.",
        "severity": "info", "areas": [next(iter(city.districts))], "area_words": None, "source": None, "url": None,
        "issued_at": at, "expires_at": None, "received_at": at,
    }  # fmt: skip


def spoil(rows: Made, _city: City) -> None:
    """Endless words, no words, areas nobody knows, counts beyond any bar."""
    wild = {"title": "J" * 300, "body": None, "areas": ["99.99.99", "36"], "source": "s " * 200, "severity": "entah"}
    rows["news"] = [{**row, **wild} for row in rows["news"]] + [{**rows["news"][0], "channel": "k" * 64}]
    rows["bulletins_ended"] = [{**row, **wild, "area_words": "w " * 500} for row in rows["bulletins_ended"]]
    rows["bulletin_days"] = [{**row, "n": 10**9} for row in rows["bulletin_days"]]
