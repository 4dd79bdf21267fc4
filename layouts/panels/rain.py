"""Rain: what fell in the last hour and day at each gauge, its class by BMKG, and how much of it was heard."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.rain import Fallen, RainFinding, rain_findings
from layouts.formats import number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows

LATE, STALE = timedelta(minutes=20), timedelta(hours=1)
_HEADS = ("Pos hujan", "", "1 jam, mm", "", "24 jam, mm", "Data")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a rain gauge, the worst class first."""
    found = rain_findings(rows, context.city)
    if not found:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat pos hujan."), None, empty=True)
    observed = parts.newest(each.newest for each in found)
    body = [
        html.Div([html.Span(words) for words in _HEADS], className="rain-row rain-heads"),
        *(_row(each) for each in found),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note="kelas hujan menurut BMKG")


def _row(each: RainFinding) -> html.Div:
    key = each.device.key
    name = each.device.name.removeprefix("Pos hujan ")
    return html.Div(
        [
            html.Span(html.A(name, href=links.device(each.device)), className="name"),
            *_fallen(f"rain-hour-{key}", each.hour, "belum dilaporkan" if each.hour.mm is None else "tidak hujan"),
            *_fallen(f"rain-day-{key}", each.day, ""),
            parts.text(f"rain-heard-{key}", "–" if each.newest is None else percent(100 * each.day.heard), "sub share"),
        ],
        id=f"rain-row-{key}",
        className="row rain-row",
        **parts.ageing(each.newest, LATE, STALE),
    )


def _fallen(ident: str, fallen: Fallen, dry: str) -> tuple[html.Span, html.Span]:
    wet = fallen.mm is not None and fallen.mm > 0
    words = fallen.found.word.lower() if fallen.found else "sangat ringan" if wet else dry
    judged = parts.badge(f"{ident}-class", fallen.rank, words) if words else parts.text(f"{ident}-class", "", "badge")
    return parts.text(ident, number(fallen.mm, 1), "figure"), judged


PANEL = Panel(
    key="rain",
    title="Hujan",
    streams=frozenset({"readings"}),
    questions=(Question("rain_sums", every=10.0),),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=1.0,
    fit=Fit(width=36, height=16, rows=(".row",)),
)
