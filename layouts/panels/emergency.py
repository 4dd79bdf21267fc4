"""Emergencies (112): incidents that are open, the newest, how soon help came today, and what the calls were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.response import Response, StepTime, emergency_service, response_of
from layouts.findings.services import RANKS, SIGNS, ServiceFigures, counted, figures_of
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City, Service

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
INCIDENTS = 6


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the open incidents by status, today's response, the calls by class and the newest incidents."""
    service = emergency_service(context.city)
    if service is None:
        words = parts.nothing("Paket kota tidak memuat layanan dengan waktu tanggap dalam menit.")
        return parts.frame(PANEL, words, None, empty=True)
    figures = next(each for each in figures_of(rows, context.city, context.now) if each.service is service)
    response = response_of(rows, service, context.city, context.now)
    recent = [row for row in rows.get("service_recent", ()) if row["service"] == service.key]
    incidents = list(counted(service, recent))[:INCIDENTS]
    observed = parts.newest([figures.newest, *(row["status_at"] for row in recent)])
    body = [
        html.Div([_open_now(figures), *_response(response, service)], className="emergency-now"),
        html.Div(
            [
                html.H3("Insiden terbaru"),
                *(_incident(slot, incidents, service, context.city) for slot in range(INCIDENTS)),
            ],
            className="emergency-recent",
        ),
        _calls(figures),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=service.name)


def _open_now(figures: ServiceFigures) -> html.Div:
    return html.Div(
        [
            html.H3("Insiden terbuka"),
            html.Div(
                [
                    html.Div(
                        [
                            parts.link(
                                f"emergency-count-{key}",
                                number(figures.by_status[key]) if figures.heard else NOTHING,
                                links.cases(service=figures.service.key, status=key),
                                "figure",
                            ),
                            parts.text(
                                f"emergency-word-{key}",
                                f"{SIGNS[status.role]} {status.name.lower()}",
                                f"status rank-{RANKS[status.role] if figures.by_status[key] else 0}",
                            ),
                        ],
                        className="total",
                    )
                    for key, status in figures.service.statuses.items()
                    if status.open
                ],
                className="totals",
            ),
        ]
    )


def _response(response: Response, service: Service) -> list[html.Div | html.H3]:
    norm = "–".join(dict.fromkeys(number(each) for each in (response.norms[0], response.norms[-1])))
    late = response.waiting_late
    return [
        html.H3(f"Waktu tanggap hari ini · norma {norm} menit{' (sebagian contoh)' if response.sample else ''}",
                id="emergency-norm"),
        html.Div(
            [
                parts.text("emergency-minutes", number(response.arrival.minutes, 1), "figure"),
                parts.text("emergency-kept", _kept_words(response, norm), "kept"),
            ],
            className="line",
        ),
        html.Div(
            parts.text(
                "emergency-late",
                f"■ {number(late)} belum tiba, lewat {norm} menit" if late else "○ tidak ada yang menunggu lewat norma",
                f"status rank-{3 if late else 0}",
            )
        ),
        html.Div([_step(each, service) for each in (*response.steps, response.arrival)], className="steps-taken"),
    ]  # fmt: skip


def _kept_words(response: Response, norm: str) -> str:
    if not response.arrived:
        return "menit · belum ada yang tiba hari ini"
    return f"menit (median) · {number(response.kept)} dari {number(response.arrived)} dalam {norm} menit"


def _step(step: StepTime, service: Service) -> html.Span:
    words = f"{number(step.minutes, 1)} menit, n {number(step.n)}" if step.n else NOTHING
    return html.Span(
        [
            html.Span(f"Diterima → {service.statuses[step.status].name.lower()} "),
            parts.text(f"emergency-step-{step.status}", words, "small-value"),
        ],
        className="step",
    )


def _calls(figures: ServiceFigures) -> html.Div:
    calls = figures.opened_today + sum(figures.apart.values())
    categories = figures.service.categories
    rows = [("incident", "Insiden", figures.opened_today)]
    rows += [(key, categories[key].name, n) for key, n in figures.apart.items()]
    return html.Div(
        [
            html.H3(f"{number(calls)} panggilan hari ini", id="emergency-calls"),
            *(_call(key, name, n, calls) for key, name, n in rows),
        ],
        className="emergency-calls",
    )


def _call(key: str, name: str, n: int, calls: int) -> html.Div:
    share = n / calls * 100 if calls else 0.0
    style = {"width": f"{share:.0f}%"}
    return html.Div(
        [
            html.Span(name, className="name"),
            parts.text(f"emergency-class-{key}", number(n), "count"),
            parts.text(f"emergency-share-{key}", percent(share) if calls else NOTHING, "sub"),
            html.Span(html.Span(id=f"emergency-bar-{key}", className="bar", style=style), className="track"),
        ],
        className=f"call{' incident' if key == 'incident' else ''}",
    )


def _incident(slot: int, incidents: Sequence[Row], service: Service, city: City) -> html.Div:
    row = incidents[slot] if slot < len(incidents) else None
    status = None if row is None else service.statuses[row["status"]]
    case = None if row is None else f"{service.key}/{row['case_id']}"
    return html.Div(
        [
            parts.text(
                f"emergency-status-{slot}",
                f"{SIGNS[status.role]} {status.name.lower()}" if status else "",
                f"status rank-{RANKS[status.role] if status else 0}",
            ),
            parts.link(
                f"emergency-what-{slot}",
                _what(row, service),
                links.case(service.key, row["case_id"]) if row else None,
                "name",
            ),
            parts.text(f"emergency-where-{slot}", _where(row, city), "sub"),
            html.Span(
                [
                    parts.text(f"emergency-since-{slot}", "sejak " if row else ""),
                    parts.ago(f"emergency-at-{slot}", None if row is None else row["opened_at"]),
                ],
                className="sub since",
            ),
        ],
        id=f"emergency-case-{slot}",
        className="case",
        **parts.marked(case=case, status=None if row is None else row["status"]),
    )


def _what(row: Row | None, service: Service) -> str:
    if row is None:
        return ""
    category = service.categories.get(row["category"] or "")
    return category.name if category else (row["category"] or row["case_id"])


def _where(row: Row | None, city: City) -> str:
    district = None if row is None else city.districts.get((row["subdistrict"] or "")[:8])
    return f"Kec. {district.name}" if district else ""


PANEL = Panel(
    key="emergency",
    title="Gawat darurat",
    streams=frozenset({"cases"}),
    questions=(
        Question("service_counts", every=1.0),
        Question("service_recent", every=1.0),
        Question("service_steps", every=2.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(
        width=80,
        height=18.5,
        tall=26,
        spare=(".emergency-calls", ".steps-taken", ".emergency-now > :not(:first-child)"),
        rows=(".case",),
    ),
)
