"""Air: each station's ISPU with the pollutant that decides it, how complete its mean is, and PM2.5 now."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.air import AirFinding, air_findings, healthy_limit, written
from layouts.formats import number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a station in the pack's order."""
    findings = air_findings(rows, context.city)
    observed = parts.newest(row["observed_at"] for each in findings for row in each.readings.values())
    if not findings:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat stasiun udara."), None, empty=True)
    limit = healthy_limit(context.city)
    table = [_row(finding, limit) for finding in findings]
    return parts.frame(
        PANEL, table, observed, empty=observed is None, note=f"ISPU rerata 24 jam · kini {KINDS['pm25'].unit}"
    )


def _row(finding: AirFinding, limit: float | None) -> html.Div:
    key, readings = finding.station.key, finding.readings
    observed = parts.newest(row["observed_at"] for row in readings.values())
    return html.Div(
        [
            html.Div(
                [
                    html.Span(html.A(finding.station.name, href=links.device(finding.station)), className="name"),
                    html.Span(
                        [
                            f"{written('pm25')} ",
                            parts.reading("air", readings.get("pm25"), key, "pm25", classes="small-value"),
                            f" · {written('pm10')} ",
                            parts.reading("air", readings.get("pm10"), key, "pm10", classes="small-value", decimals=0),
                        ],
                        className="sub",
                    ),
                ],
                className="who",
            ),
            _trend(finding, limit),
            parts.text(f"air-index-{key}", finding.words, "figure" if finding.complete else "figure rank-0"),
            html.Div([_badge(finding), parts.text(f"air-share-{key}", _share(finding), "sub")], className="verdict"),
        ],
        id=f"air-row-{key}",
        className="row air-row",
        **parts.ageing(observed, LATE, STALE),
    )


def _trend(finding: AirFinding, limit: float | None) -> html.Img:
    key = finding.station.key
    values = [value for value in finding.trend if value is not None]
    said = (
        f"PM2,5 {len(finding.trend)} jam: {number(min(values))} sampai {number(max(values))} µg/m³"
        if values
        else "PM2,5: belum ada data"
    )
    marks = () if limit is None else (Mark(limit, theme.LEVELS[1].colour),)
    return parts.picture(f"air-trend-{key}", curve(finding.trend, theme.SKY, marks, floor=20.0), said)


def _badge(finding: AirFinding) -> html.Span:
    verdict = finding.verdict
    word = "belum ada rerata" if verdict is None else verdict.category.word
    colour = verdict.category.colour if verdict is not None and finding.complete else "tanpa"
    return html.Span(word, id=f"air-badge-{finding.station.key}", className=f"ispu ispu-{colour}")


def _share(finding: AirFinding) -> str:
    if finding.verdict is None:
        return "0 % dari 24 jam"
    if not finding.complete:
        return f"◇ hanya {percent(finding.share * 100)} data"
    return f"{written(finding.verdict.pollutant)} · {percent(finding.share * 100)} data"


PANEL = Panel(
    key="air",
    title="Udara",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("air_day_means", every=10.0), Question("air_trend", every=15.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    fit=Fit(width=31, height=14.5, rows=(".row",)),
)
