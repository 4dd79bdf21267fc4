"""Feeds: the newest item of each stream as it was committed, what was counted, and devices nobody has placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from layouts import html, links, parts
from layouts.formats import number, plain, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=5), timedelta(minutes=30)
UNPLACED = 4
_STREAMS = {"readings": "Sensor", "prices": "Harga", "cases": "Aduan"}


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a stream, then the unplaced devices and the workers."""
    feeds = {row["stream"]: row for row in rows.get("feeds", ())}
    observed = parts.newest(feeds[stream]["last_received_at"] for stream in _STREAMS if stream in feeds)
    body = [
        *(_row(stream, feeds.get(stream), context.city) for stream in _STREAMS),
        _unplaced(rows.get("unplaced_readings", ())),
        _workers(rows.get("components", ())),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None)


def _row(stream: str, row: Row | None, city: City) -> html.Div:
    item: Mapping[str, Any] = (row["last"] or {}) if row else {}
    words, value, marks, leads = _ITEMS[stream](item, city)
    return html.Div(
        [
            html.Span(_STREAMS[stream], className="name"),
            html.Span(
                [
                    parts.link(f"feeds-what-{stream}", words or "belum ada", leads, "what"),
                    html.Span(value, id=f"feeds-value-{stream}", className="small-value", **parts.marked(**marks)),
                ],
                className="item",
            ),
            parts.ago(f"feeds-at-{stream}", row["last_received_at"] if row else None),
            parts.text(f"feeds-counts-{stream}", _counts(row), "sub"),
        ],
        className="feed",
    )


def _counts(row: Row | None) -> str:
    if row is None:
        return "0 tersimpan"
    said = [f"{number(row['stored'])} tersimpan"]
    said += [f"{number(row['rejected'])} ditolak"] if row["rejected"] else []
    return " · ".join(said)


Item = tuple[str, str, dict[str, str | None], str | None]
"""What it is in words, its value, its marks, and where it leads."""


def _reading(item: Mapping[str, Any], city: City) -> Item:
    if not item:
        return "", "", {"reading": None, "value": None}, None
    device, kind = str(item.get("device")), str(item.get("kind"))
    known = KINDS.get(kind)
    place = city.devices.get(device)
    words = f"{short(place.name if place else device, 20)} · {known.name if known else kind}"
    value = f"{number(item.get('value'), known.decimals if known else 1)} {known.unit if known else ''}"
    return words, value, {"reading": f"{device}/{kind}", "value": plain(item.get("value"))}, links.unit(device)


def _price(item: Mapping[str, Any], city: City) -> Item:
    if not item:
        return "", "", {"price": None, "value": None}, None
    market, commodity = str(item.get("market")), str(item.get("commodity"))
    place, goods = city.markets.get(market), city.commodities.get(commodity)
    words = f"{short(place.short if place else market, 20)} · {goods.name if goods else commodity}"
    value = f"Rp{number(item.get('price'))}"
    leads = links.commodity(commodity) if goods else None
    return words, value, {"price": f"{market}/{commodity}", "value": plain(item.get("price"))}, leads


def _case(item: Mapping[str, Any], city: City) -> Item:
    if not item:
        return "", "", {"case": None, "status": None}, None
    service, case, status = str(item.get("service")), str(item.get("case_id")), str(item.get("status"))
    words = short(case, 28)
    known = city.services[service].statuses.get(status) if service in city.services else None
    return (
        words,
        known.name.lower() if known else status,
        {"case": f"{service}/{case}", "status": status},
        links.case(service, case),
    )


_ITEMS = {"readings": _reading, "prices": _price, "cases": _case}


def _unplaced(rows: Sequence[Row]) -> html.Div:
    total = rows[0]["devices_total"] if rows else 0
    return html.Div(
        [
            # Single ones stand too close for a finger: one link leads to all of them.
            html.A(_unplaced_words(total), id="feeds-unplaced", href="/perangkat?only=unplaced", className="name"),
            html.Span([_unplaced_item(slot, rows) for slot in range(UNPLACED)], className="item"),
        ],
        className="feed unplaced",
    )


def _unplaced_words(total: int) -> str:
    return f"{number(total)} perangkat belum ditempatkan" if total else "Semua perangkat ada di peta"


def _unplaced_item(slot: int, rows: Sequence[Row]) -> html.Span:
    row = rows[slot] if slot < len(rows) else None
    if row is None:
        return html.Span("", id=f"feeds-unplaced-{slot}", **parts.marked(reading=None, value=None))
    kind = KINDS.get(row["kind"])
    words = (
        f"{short(row['device'], 20)} {number(row['value'], kind.decimals if kind else 1)} {kind.unit if kind else ''}"
    )
    marks = parts.marked(reading=f"{row['device']}/{row['kind']}", value=plain(row["value"]))
    return html.Span(words, id=f"feeds-unplaced-{slot}", className="chip", **marks)


def _workers(rows: Sequence[Row]) -> html.Div:
    ingest = [row for row in rows if row["name"] == "ingest"]
    away = sum((row["state"] or {}).get("broker") != "connected" for row in ingest)
    if not ingest:
        words, rank = "tidak ada pekerja ingest", 3
    elif away:
        words, rank = f"broker terputus pada {away} dari {len(ingest)} pekerja ingest", 3
    else:
        words, rank = f"{len(ingest)} pekerja ingest, broker terhubung", 0
    return html.Div(parts.badge("feeds-workers", rank, words), className="feed workers")


PANEL = Panel(
    key="feeds",
    title="Aliran data",
    streams=frozenset({"readings", "prices", "cases", "devices", "rejected", "components"}),
    questions=(
        Question("feeds", every=0.25),
        Question("unplaced_readings", every=0.25),
        Question("components", every=1.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    fit=Fit(width=17.5, height=18, rows=(".feed",)),
)
