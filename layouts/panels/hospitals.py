"""Hospitals: free beds of all beds, and whether enough are in reserve."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, parts, theme
from layouts.curves import curve
from layouts.findings.series import Latest, latest_of
from layouts.findings.usual import courses_of, percent_of, sensing, standing_of
from layouts.formats import number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows

FREE, TOTAL = "beds_free", "beds_total"
LATE, STALE = timedelta(hours=2), timedelta(hours=12)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw all free beds and each hospital in the pack's order."""
    latest, hospitals = latest_of(rows.get("latest_readings", ())), sensing(context.city, FREE)
    observed = parts.newest(latest[key, FREE]["observed_at"] for key in hospitals if (key, FREE) in latest)
    courses = courses_of(rows, FREE, context.city)
    both = [key for key in hospitals if (key, FREE) in latest and (key, TOTAL) in latest]
    free, beds = (sum(float(latest[key, kind]["value"]) for key in both) if both else None for kind in (FREE, TOTAL))
    standing = standing_of(context.city, percent_of(free, beds), FREE, "share", context.now)
    body = [
        parts.lead(
            parts.text("hospitals-free", number(free), "figure"),
            f"dari {number(beds)} tempat tidur kosong",
            parts.badge(
                "hospitals-state", standing.rank if standing else 0, f"{percent(percent_of(free, beds))} kosong"
            ),
            parts.text("hospitals-heard", f"{number(len(both))} dari {number(len(hospitals))} melapor", "sub"),
        ),
        *(_hospital(key, latest, courses.get(key, ()), context) for key in hospitals),
    ]
    sample = standing is not None and standing.target.sample
    note = f"cadangan {number(standing.target.target)} %: contoh" if standing and sample else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _hospital(key: str, latest: Latest, course: tuple[float | None, ...], context: Context) -> html.Div:
    free, total = latest.get((key, FREE)), latest.get((key, TOTAL))
    values = [None if row is None else float(row["value"]) for row in (free, total)]
    share = percent_of(values[0], values[1])
    standing = standing_of(context.city, share, FREE, "share", context.now, (key,))
    device = context.city.devices[key]
    heard = [value for value in course if value is not None]
    said = f"{len(course)} jam: {number(min(heard))} sampai {number(max(heard))} kosong" if heard else "Belum ada data"
    return html.Div(
        [
            html.Span(
                [
                    html.Span(device.name.removeprefix("RSUD "), className="name"),
                    html.Span("jumlah: contoh" if "contoh" in device.source else "", className="sub"),
                ],
                className="who",
            ),
            parts.picture(f"hospitals-course-{key}", curve(course, theme.SKY, floor=10.0), said),
            html.Span(
                [
                    parts.reading("hospitals", free, key, FREE, classes="figure"),
                    html.Span(" dari ", className="unit"),
                    parts.reading("hospitals", total, key, TOTAL, classes="count"),
                ],
                className="level",
            ),
            parts.badge(f"hospitals-badge-{key}", standing.rank if standing else 0, f"{percent(share)} kosong"),
        ],
        className="row hospitals-row",
        **parts.ageing(free["observed_at"] if free else None, LATE, STALE),
    )


PANEL = Panel(
    key="hospitals",
    title="Tempat tidur RSUD",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("hour_means", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="works",
    every=1.0,
    fit=Fit(width=32, height=11, rows=(".row",)),
)
