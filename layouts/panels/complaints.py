"""Complaints: how many wait, whose they are, how long, which are past their deadline, and the newest ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from layouts import html, links, parts, theme
from layouts.curves import pairs
from layouts.findings.cases import NO_AGENCY, CaseCounts, counts_of
from layouts.findings.deadlines import Deadlines, deadlines_of
from layouts.formats import NOTHING, day, number
from layouts.panel import Context, Fit, Panel, Question, Row, Rows
from sensors.city import City, Service, Status
from sensors.judge.deadline import Due

AGENCIES, RECENT = 5, 5
LATE, STALE = timedelta(hours=6), timedelta(hours=24)
LATE_CASES = 2
"""At most so many of the cases in the list are those longest past their deadline; the others are the newest."""
_RANKS: Mapping[str, int] = {"waiting": 2, "working": 1}
_SIGNS: Mapping[str, str] = {"waiting": "●", "working": "◆", "done": "✓", "dismissed": "✕"}
MOMENT = timedelta(microseconds=1)
"""A deadline is over at midnight; its day is the one before."""
Shown = tuple[Row, Due | None]


def render(rows: Rows, context: Context) -> html.Section:
    """Draw counts, agencies, fourteen days and the newest cases."""
    city, service = context.city, next(iter(context.city.services.values()))
    counts, recent = counts_of(rows, city), tuple(rows.get("recent_cases", ()))
    deadlines = deadlines_of(rows, city, context.now)
    observed = parts.newest(row["status_at"] for row in recent)
    listed = _listed(recent, deadlines)
    body = [
        html.Div(
            [_totals(counts, service, heard=bool(recent)), _days(rows.get("case_days", ()))],
            className="totals-line",
        ),
        _agencies_head(deadlines, service, heard=bool(recent)),
        *(_agency(slot, counts, deadlines, city) for slot in range(AGENCIES)),
        html.H3(_list_words(listed), id="complaints-list"),
        *(_case(slot, listed, city) for slot in range(RECENT)),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None and not counts.open, note=service.name)


def _listed(recent: Sequence[Row], deadlines: Deadlines) -> tuple[Shown, ...]:
    """The cases longest past their deadline, then the newest ones, none twice."""
    late: list[Shown] = [(each.row, each.due) for each in deadlines.late[:LATE_CASES]]
    named = {row["case_id"] for row, _ in late}
    return (*late, *((row, None) for row in recent if row["case_id"] not in named))[:RECENT]


def _list_words(listed: Sequence[Shown]) -> str:
    if not listed:
        return ""
    return "Terlama lewat tenggat, lalu terbaru" if listed[0][1] else "Terbaru"


def _agencies_head(deadlines: Deadlines, service: Service, *, heard: bool) -> html.H3:
    """The heading of the bars, which says what their dark end means: how many are late, and how many end today."""
    late, today = len(deadlines.late), deadlines.today
    most = "≥ " if deadlines.cut else ""
    sample = " (contoh)" if deadlines.sample else ""
    return html.H3(
        [
            parts.link(
                "complaints-heading",
                "Menurut OPD" if heard else "Belum ada aduan yang diterima",
                links.agencies() if heard else None,
            ),
            parts.link(
                "complaints-overdue",
                f"■ {most}{number(late)} lewat tenggat{sample}" if late else "",
                links.cases(service=service.key, overdue="ya") if late else None,
                "status rank-3" if late else "",
            ),
            parts.text("complaints-today", f"{number(today)} jatuh tempo hari ini" if today else ""),
        ],
        className="deadlines",
    )


def _totals(counts: CaseCounts, service: Service, *, heard: bool) -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    parts.link(
                        f"complaints-count-{key}",
                        number(counts.by_status[key]) if heard else NOTHING,
                        links.cases(service=service.key, status=key),
                        "figure",
                    ),
                    html.Span(_status_words(status), className=f"status rank-{_RANKS.get(status.role, 0)}"),
                    html.Span("" if status.open else "hari ini", className="sub"),
                ],
                className="total",
            )
            for key, status in service.statuses.items()
        ],
        className="totals",
    )


def _days(days: Sequence[Row]) -> html.Figure:
    values = [(float(row["opened"]), float(row["finished"])) for row in days]
    opened, finished = (sum(each) for each in zip(*values, strict=True)) if values else (0.0, 0.0)
    said = f"14 hari: {number(opened)} masuk, {number(finished)} selesai"
    src = pairs(values, theme.ORANGE, theme.CALM)
    caption = html.Figcaption([html.Span("■ masuk ", className="opened"), html.Span("■ selesai", className="finished")])
    return html.Figure([parts.picture("complaints-days", src, said, "bars"), caption], className="days")


def _agency(slot: int, counts: CaseCounts, deadlines: Deadlines, city: City) -> html.Div:
    ranked = counts.agencies
    most = max((each.open for each in ranked), default=1)
    each = ranked[slot] if slot < len(ranked) else None
    agency = None if each is None else city.agencies.get(each.key)
    name = "" if each is None else (agency.short if agency else each.key)
    width = 0.0 if each is None else each.open / most * 100
    waiting = 0.0 if each is None or not each.open else each.waiting / each.open * 100
    late = 0.0 if each is None or not each.open else min(1.0, deadlines.by_agency.get(each.key, 0) / each.open) * 100
    bar = html.Span(
        [
            html.Span(style={"width": f"{waiting:.0f}%"}, id=f"complaints-waiting-{slot}", className="bar-waiting"),
            html.Span(style={"width": f"{late:.0f}%"}, id=f"complaints-late-{slot}", className="bar-late"),
        ],
        id=f"complaints-bar-{slot}",
        className="bar",
        style={"width": f"{width:.0f}%"},
    )
    return html.Div(
        [
            parts.text(f"complaints-agency-{slot}", name, "name"),
            html.Span(bar, className="track"),
            parts.text(f"complaints-open-{slot}", "" if each is None else number(each.open), "count"),
            html.Span(
                [
                    parts.text(f"complaints-oldest-word-{slot}", "" if each is None else "tertua "),
                    parts.ago(f"complaints-oldest-{slot}", None if each is None else each.oldest),
                ],
                className="sub",
            ),
        ],
        className="agency",
    )


def _case(slot: int, listed: Sequence[Shown], city: City) -> html.Div:
    row, due = listed[slot] if slot < len(listed) else (None, None)
    status = "" if row is None else row["status"]
    known = None if row is None else _status(row, city)
    case = None if row is None else f"{row['service']}/{row['case_id']}"
    return html.Div(
        [
            html.Span(
                _status_words(known) if known else status,
                id=f"complaints-status-{slot}",
                className=f"status rank-{_RANKS.get(known.role, 0) if known else 0}",
            ),
            parts.link(
                f"complaints-what-{slot}",
                _what(row, city),
                links.case(row["service"], row["case_id"]) if row else None,
                "name",
            ),
            html.Span(
                [
                    parts.text(f"complaints-where-{slot}", _whose(row, city) if due else _where(row, city)),
                    parts.text(
                        f"complaints-due-{slot}",
                        f" ■ tenggat {day(due.at - MOMENT, city.zone)}" if due else "",
                        "status rank-3" if due else "",
                    ),
                ],
                className="sub",
            ),
            parts.ago(f"complaints-at-{slot}", None if row is None else row["status_at"]),
        ],
        id=f"complaints-case-{slot}",
        className="case",
        **parts.marked(case=case, status=status or None),
    )


def _status(row: Row, city: City) -> Status | None:
    service = city.services.get(row["service"])
    return service.statuses.get(row["status"]) if service else None


def _status_words(status: Status) -> str:
    return f"{_SIGNS[status.role]} {status.name.lower()}"


def _what(row: Row | None, city: City) -> str:
    if row is None:
        return ""
    service = city.services.get(row["service"])
    category = service.categories.get(row["category"]) if service and row["category"] else None
    return category.name if category else (row["category"] or row["case_id"])


def _where(row: Row | None, city: City) -> str:
    if row is None:
        return ""
    place = city.subdistricts.get(row["subdistrict"] or "")
    agency = city.agencies.get(row["agency"] or "")
    return " · ".join(word for word in (place.name if place else None, agency.short if agency else None) if word)


def _whose(row: Row | None, city: City) -> str:
    """Beside a deadline there is room for the agency only."""
    agency = None if row is None else city.agencies.get(row["agency"] or "")
    return agency.short if agency else NO_AGENCY


PANEL = Panel(
    key="complaints",
    title="Aduan warga",
    streams=frozenset({"cases"}),
    questions=(
        Question("case_counts"),
        Question("case_days", every=5.0),
        Question("recent_cases"),
        Question("open_cases", every=5.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    fit=Fit(width=30, height=24, spare=(".days",), rows=(".agency", ".case")),
)
