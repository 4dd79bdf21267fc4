"""Rivers: level, siaga step in number and word, direction, and what is missing to the next worse step."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.rivers import HOUR, STEADY, STEP, GaugeFinding, by_urgency, gauge_findings, rank_of
from layouts.formats import number
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import Device

SHOWN = 10
"""Rows that fit; the most urgent come first and the rest is counted in one line."""
LATE, STALE = timedelta(minutes=15), timedelta(hours=1)


def render(rows: Rows, context: Context) -> html.Section:
    """Draw the most urgent gauges, worst first, then the pack's order."""
    findings = by_urgency(gauge_findings(rows, context.city))
    if not findings:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat pos duga air."), None, empty=True)
    observed = parts.newest(each.row["observed_at"] for each in findings if each.row)
    body = [*(_row(finding) for finding in findings[:SHOWN]), _rest(findings[SHOWN:])]
    sample = any(each.gauge.ladder and each.gauge.ladder.sample for each in findings)
    note = "ambang siaga: contoh" if sample else ""
    return parts.frame(PANEL, body, observed, empty=observed is None, note=note)


def _row(finding: GaugeFinding) -> html.Div:
    gauge, key = finding.gauge, finding.gauge.key
    return html.Div(
        [
            html.Div(
                [
                    html.Span(html.A(_name(gauge), href=links.device(gauge)), className="name"),
                    parts.text(f"rivers-move-{key}", _move(finding), "sub"),
                ],
                className="who",
            ),
            _trend(finding),
            html.Div(
                [
                    parts.reading("rivers", finding.row, key, "water_level", classes="figure"),
                    html.Span(" cm", className="unit"),
                ],
                className="level",
            ),
            html.Div(
                [
                    parts.badge(f"rivers-badge-{key}", finding.rank, _siaga(finding)),
                    parts.text(f"rivers-next-{key}", _next(finding), "sub"),
                ],
                className="verdict",
            ),
        ],
        id=f"rivers-row-{key}",
        className="row river-row",
        **parts.ageing(finding.row["observed_at"] if finding.row else None, LATE, STALE),
    )


def _name(gauge: Device) -> str:
    return f"{gauge.name} · hulu" if gauge.upstream else gauge.name


def _siaga(finding: GaugeFinding) -> str:
    return finding.words or ("belum ada data" if finding.row is None else "tanpa ambang")


def _move(finding: GaugeFinding) -> str:
    if finding.rate is None:
        return finding.gauge.river or ""
    if abs(finding.rate) < STEADY:
        return "→ tetap"
    return f"{'↑' if finding.rate > 0 else '↓'} {number(abs(finding.rate))} cm/jam"


def _next(finding: GaugeFinding) -> str:
    siaga = finding.siaga
    if siaga is None:
        return ""
    if siaga.next_step is None:
        return f"ambang {number(siaga.step.threshold)} cm"
    return f"{number(siaga.to_next)} cm ke Siaga {siaga.next_step.level}"


def _trend(finding: GaugeFinding) -> html.Img:
    values = [value for value in finding.trend if value is not None]
    hours = int(len(finding.trend) * STEP / HOUR)
    said = f"{hours} jam: {number(min(values))} sampai {number(max(values))} cm" if values else "Belum ada data"
    steps = () if finding.gauge.ladder is None else finding.gauge.ladder.steps
    marks = [Mark(step.threshold, theme.level(rank_of(step.level)).colour) for step in steps if rank_of(step.level)]
    return parts.picture(f"rivers-trend-{finding.gauge.key}", curve(finding.trend, theme.SKY, marks, floor=30.0), said)


def _rest(findings: list[GaugeFinding]) -> html.P:
    calm = sum(each.rank == 0 and each.row is not None for each in findings)
    silent = sum(each.row is None for each in findings)
    worse = len(findings) - calm - silent
    said = [f"{calm} pos lain normal"] if calm else []
    said += [f"{worse} pos lain di atas normal"] if worse else []
    said += [f"{silent} belum melapor"] if silent else []
    return html.P(" · ".join(said), id="rivers-rest", className="rest")


PANEL = Panel(
    key="rivers",
    title="Sungai",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("gauge_trend", every=30.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    fit=Fit(width=31, height=18, rows=(".row",)),
    warns=True,
)
