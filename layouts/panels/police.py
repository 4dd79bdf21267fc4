"""The police: their notices in force, and the open cases of their service by category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from layouts import html, parts, theme
from layouts.findings.bulletins import in_slots, kind_of, rank_of, span, where
from layouts.findings.services import counted
from layouts.formats import NOTHING, number, short
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City, Service

LATE, STALE = timedelta(days=2), timedelta(days=7)
NOTICES = 4
_TITLE, _BODY, _AREAS = 80, 110, 4


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the notices in force of the channels that the pack calls police, beside their service's open cases."""
    city = context.city
    found = [row for row in rows.get("bulletins_now", ()) if kind_of(row["channel"], city) == "police"]
    service = police_service(city)
    cases = [row for row in rows.get("service_counts", ()) if service and row["service"] == service.key]
    observed = parts.newest([*(row["issued_at"] for row in found), *(row["status_at"] for row in cases)])
    calm = "Tidak ada pemberitahuan polisi yang berlaku" if observed else "Menunggu pemberitahuan atau kasus polisi"
    body = [
        parts.text("police-calm", "" if found else calm, "calm" if not found else "vacant"),
        html.Div([_notice(slot, row, city) for slot, row in enumerate(in_slots(found, NOTICES))], className="notices"),
        *([_cases(service, cases)] if service else []),
    ]
    hidden = len(found) - NOTICES
    note = f"{number(len(found))} berlaku" + (f", {number(hidden)} tidak tampak" if hidden > 0 else "")
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def police_service(city: City) -> Service | None:
    """The service of the police: the one that has the key of a police channel."""
    channels = (each.key for each in city.channels.values() if each.kind == "police")
    return next((city.services[key] for key in channels if key in city.services), None)


def _notice(slot: int, row: Row | None, city: City) -> html.Article:
    rank = rank_of(row) if row else 0
    word = f"{theme.level(rank).sign} {row['severity'].capitalize()}" if row and rank else ""
    return html.Article(
        [
            html.Div(
                [
                    parts.text(f"police-level-{slot}", word, f"status rank-{rank}"),
                    parts.text(f"police-title-{slot}", short(row["title"], _TITLE) if row else "", "headline"),
                ],
                className="line",
            ),
            parts.text(f"police-body-{slot}", short(row.get("body"), _BODY) if row else "", "told"),
            html.Div(
                [
                    parts.text(f"police-where-{slot}", where(row, city, _AREAS) if row else "", "where"),
                    parts.text(f"police-span-{slot}", span(row, city) if row else "", "sub"),
                ],
                className="line",
            ),
        ],
        id=f"police-notice-{slot}",
        className="notice" if row else "vacant",
        **parts.marked(
            bulletin=f"{row['channel']}/{row['id']}" if row else None, severity=row["severity"] if row else None
        ),
    )


def open_by_category(service: Service, rows: list[Row]) -> Mapping[str, int]:
    """Open cases of each category that counts, the pack's order."""
    found: dict[str, int] = defaultdict(int)
    for row in counted(service, rows):
        found[row["category"] or ""] += int(row["open"])
    return {key: found[key] for key, category in service.categories.items() if category.counts}


def _cases(service: Service, rows: list[Row]) -> html.Div:
    by_category = open_by_category(service, rows)
    total = sum(int(row["open"]) for row in counted(service, rows))
    today = sum(int(row["opened_today"]) for row in counted(service, rows))
    lines = (_category(key, service.categories[key].name, n, total, heard=bool(rows)) for key, n in by_category.items())
    return html.Div(
        [
            html.H3(f"Kasus terbuka · {service.name}{' (contoh)' if service.sample else ''}"),
            html.Div(
                [
                    parts.text("police-open", number(total) if rows else NOTHING, "figure"),
                    parts.text("police-today", f"{number(today)} masuk hari ini" if rows else "belum terdengar", "sub"),
                ],
                className="line",
            ),
            *lines,
        ],
        className="police-cases",
    )


def _category(key: str, name: str, n: int, total: int, *, heard: bool) -> html.Div:
    style = {"width": f"{n / total * 100 if total else 0:.0f}%"}
    return html.Div(
        [
            html.Span(name, className="name"),
            html.Span(html.Span(id=f"police-bar-{key}", className="bar", style=style), className="track"),
            parts.text(f"police-category-{key}", number(n) if heard else NOTHING, "count"),
        ],
        className="police-category",
    )


PANEL = Panel(
    key="police",
    title="Polisi",
    streams=frozenset({"bulletins", "cases"}),
    questions=(Question("bulletins_now", every=1.0), Question("service_counts", every=1.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="announcements",
    every=0.5,
    fit=Fit(width=24, height=18, spare=(".told",), rows=(".notice", ".police-category")),
)
