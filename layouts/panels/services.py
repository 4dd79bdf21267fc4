"""Services: one row each, what is open, new, finished and past its deadline, and how many came in day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from layouts import html, links, parts, theme
from layouts.curves import curve
from layouts.findings.case_states import OPEN
from layouts.findings.services import SIGNS, ServiceFigures, figures_of
from layouts.formats import NOTHING, number
from layouts.panel import Context, Fit, Panel, Question, Rows

LATE, STALE = timedelta(hours=6), timedelta(hours=24)
_QUIET_CURVE = 4.0
_HEADS = ("Layanan", "Terbuka", "Masuk hari ini", "Selesai hari ini", "Lewat tenggat", "Tertua", "Masuk, 14 hari")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a service, in the pack's order."""
    found = figures_of(rows, context.city, context.now)
    observed = parts.newest(each.newest for each in found)
    heard = sum(each.heard for each in found)
    body = [
        html.Div([html.Span(words) for words in _HEADS], className="service-row service-heads"),
        *(_row(each) for each in found),
    ]
    note = f"{number(heard)} dari {number(len(found))} layanan mengirim data"
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _row(each: ServiceFigures) -> html.Div:
    key = each.service.key
    return html.Div(
        [
            _who(each),
            _open(each),
            parts.link(f"services-new-{key}", _figure(each, each.opened_today), _cases(each), "figure"),
            _finished(each),
            _overdue(each),
            html.Span(parts.ago(f"services-oldest-{key}", each.oldest), className="sub"),
            _days(each),
        ],
        id=f"services-row-{key}",
        className="service-row",
    )


def _who(each: ServiceFigures) -> html.Div:
    service = each.service
    calls = " · ".join(f"{number(n)} {service.categories[category].name.lower()}" for category, n in each.apart.items())
    return html.Div(
        [
            html.Span(
                [
                    html.Span(service.name, className="name"),
                    html.Span("contoh" if service.sample else "", className="sub"),
                ],
                className="line",
            ),
            parts.text(f"services-apart-{service.key}", f"{calls} hari ini, bukan kasus" if calls else "", "apart"),
        ],
        className="who",
    )


def _open(each: ServiceFigures) -> html.Div:
    service = each.service
    statuses = [(key, status) for key, status in service.statuses.items() if status.open]
    return html.Div(
        [
            parts.link(f"services-open-{service.key}", _figure(each, each.open), _cases(each, state=OPEN), "figure"),
            html.Span(
                [
                    parts.link(
                        f"services-status-{service.key}-{key}",
                        f"{SIGNS[status.role]} {number(each.by_status[key])} {status.name.lower()}",
                        _cases(each, status=key),
                    )
                    for key, status in statuses
                ],
                className="statuses",
            ),
        ],
        className="service-open",
    )


def _finished(each: ServiceFigures) -> html.Span:
    key = each.service.key
    dismissed = " · ".join(_dismissed(each))
    return html.Span(
        [
            parts.text(f"services-done-{key}", _figure(each, each.ended("done")), "figure"),
            parts.text(f"services-dismissed-{key}", f"+ {dismissed}" if dismissed else "", "sub"),
        ],
        className="line",
    )


def _dismissed(each: ServiceFigures) -> Iterator[str]:
    for key, status in each.service.statuses.items():
        if status.role == "dismissed" and each.by_status[key]:
            yield f"{number(each.by_status[key])} {status.name.lower()}"


def _overdue(each: ServiceFigures) -> html.Span:
    late = each.overdue
    if late is None:
        words, classes = "tanpa tenggat", "sub"
    elif not each.heard:
        words, classes = NOTHING, "sub"
    else:
        words = f"{'≥ ' if late.cut else ''}{number(late.n)}"
        words, classes = (f"■ {words} lewat", "status rank-3") if late.n else ("○ tidak ada", "status rank-0")
    sample = "tenggat contoh" if late and late.n and late.sample else ""
    return html.Span(
        [
            parts.link(
                f"services-late-{each.service.key}", words, _cases(each, overdue="ya") if late else None, classes
            ),
            parts.text(f"services-late-sample-{each.service.key}", sample, "sub"),
        ],
        className="verdict",
    )


def _days(each: ServiceFigures) -> html.Img:
    total, most = sum(each.days), max(each.days)
    said = f"{each.service.name}, 14 hari: {number(total)} masuk, paling banyak {number(most)} sehari"
    src = curve([float(n) for n in each.days] if each.heard else [], theme.CALM, floor=_QUIET_CURVE)
    return parts.picture(f"services-days-{each.service.key}", src, said)


def _cases(each: ServiceFigures, **filters: str) -> str:
    """The list of a service's cases."""
    return links.cases(service=each.service.key, **filters)


def _figure(each: ServiceFigures, n: int) -> str:
    return number(n) if each.heard else NOTHING


PANEL = Panel(
    key="services",
    title="Semua layanan",
    streams=frozenset({"cases"}),
    questions=(
        Question("service_counts", every=1.0),
        Question("service_days", every=5.0),
        Question("service_open", every=5.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(width=82, height=25.5, rows=(".service-row:not(.service-heads)",)),
)
