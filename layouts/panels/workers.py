"""The processes that write: whether each lives, its broker and its queue, and since when it runs; and the broker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from layouts import html, parts
from layouts.formats import NOTHING, clock, day, duration, number
from layouts.html import Element
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from layouts.translate import AS_IT_IS

LATE, STALE = timedelta(seconds=15), timedelta(minutes=1)
BEATS = 2.0
"""Seconds between two beats of a process; one that changes nothing wakes nobody, so they are asked for."""
SHOWN = 4
_HEADS = ("Proses", "Broker", "Antrean", "Denyut", "Mulai")
_NAMES = {"ingest": "Penulis data", "maintenance": "Pemeliharaan", "fetch": "Pengambil sumber", "alarms": "Alarm",
          "notify": "Pemberi kabar"}  # fmt: skip


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a process, in the order of their names."""
    found = rows.get("components", ())
    observed = parts.newest(row["beat_at"] for row in found)
    if not found:
        return parts.frame(PANEL, parts.nothing("Belum ada proses penulis yang hidup."), None, empty=True)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    lines = [_line(slot, row, context) for slot, row in enumerate(found[:SHOWN])]
    table = html.Table([head, html.Tbody(lines)], className="sheet")
    more = len(found) - SHOWN
    rest = [html.P(f"{number(more)} proses lain", className="rest")] if more > 0 else []
    return parts.frame(PANEL, [table, *rest, _broker(found)], observed, empty=observed is None, scrolls=True)


def _broker(found: Sequence[Row]) -> html.P:
    """What the broker says of itself, as a process that beats has heard it; what was heard before is not told."""
    watching = [row["state"] or {} for row in found if row["name"] == "maintenance" and row["beats"]]
    state = max(watching, key=lambda each: each.get("broker") == "connected", default=None)
    return html.P(["Broker: ", *_broker_words(state)], id="workers-broker", className="caption")


def _broker_words(state: Mapping[str, Any] | None) -> Iterator[str | Element]:
    if state is None:
        yield "pemeliharaan yang memantaunya tidak berjalan"
    elif "broker" not in state:
        yield "tidak dipantau"
    elif state["broker"] != "connected":
        yield parts.badge("workers-dropped", 3, "terputus")
    else:
        if version := state.get("broker_version"):
            yield html.Span(version, **AS_IT_IS)
            yield " · "
        dropped = state.get("dropped")
        if isinstance(dropped, int):
            words = f"{number(dropped)} pesan dibuang sejak ia mulai"
            yield parts.badge("workers-dropped", 2, words) if dropped else words
        else:
            yield "broker tidak memberi tahu berapa pesan yang dibuangnya"


def _line(slot: int, row: Row, context: Context) -> html.Tr:
    state: Mapping[str, Any] = row["state"] or {}
    broker: str | None = state.get("broker")
    queue: int | None = state.get("queue")
    rank = 0 if broker in {None, "connected"} else 3
    words: str = NOTHING if broker is None else "terhubung" if broker == "connected" else "terputus"
    zone = context.city.zone
    return html.Tr(
        [
            html.Th(
                [
                    parts.text(f"workers-name-{slot}", _NAMES.get(row["name"], str(row["name"]))),
                    parts.text(f"workers-instance-{slot}", row["instance"], "sub under"),
                ],
                scope="row",
            ),
            html.Td(parts.badge(f"workers-broker-{slot}", rank, words)),
            html.Td(
                [
                    parts.text(f"workers-queue-{slot}", number(queue) if isinstance(queue, int) else NOTHING),
                    parts.text(f"workers-behind-{slot}", _behind(state), "sub under rank-1"),
                ]
            ),
            html.Td(parts.ago(f"workers-beat-{slot}", row["beat_at"])),
            html.Td(
                parts.text(f"workers-since-{slot}", f"{day(row['started_at'], zone)} {clock(row['started_at'], zone)}")
            ),
        ],
        id=f"workers-row-{slot}",
    )


def _behind(state: Mapping[str, Any]) -> str:
    """What a worker that is catching up says: the newest goes first, and so far back is what it still fetches."""
    behind = state.get("behind")
    return f"mengejar, {duration(behind)} tertinggal" if isinstance(behind, int) and behind > 0 else ""


PANEL = Panel(
    key="workers",
    title="Proses penulis",
    streams=frozenset({"components"}),
    questions=(Question("components", every=1.0, anyway=BEATS),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="data",
    every=1.0,
    fit=Fit(width=48, height=8, rows=("tbody tr",)),
)
