"""Noise: each zone's level of day and night together against KEP-48, over or under in shape and word."""

from __future__ import annotations

from datetime import timedelta

from layouts import html, links, parts, theme
from layouts.curves import Mark, curve
from layouts.findings.noise import EXCEEDED, HOURS, TOLERATED, NoiseFinding, by_excess, noise_findings
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=15), timedelta(hours=1)
_FLOOR = 15.0
_HEADS = ("Zona", "Siang-malam", "Terhadap baku", "Siang", "Malam", "Kini", "Data", "Tiap jam; garis: baku")


def render(rows: Rows, context: Context) -> html.Section:
    """Draw one row a sound level meter, those above their zone's level first."""
    findings = by_excess(noise_findings(rows, context.city))
    if not findings:
        return parts.frame(PANEL, parts.nothing("Paket kota tidak memuat alat ukur bising."), None, empty=True)
    observed = parts.newest(each.row["observed_at"] for each in findings if each.row)
    body = [
        html.Div([html.Span(words) for words in _HEADS], className="noise-row noise-heads"),
        *(_row(each) for each in findings),
        html.P(_rule(context.city), className="rest"),
    ]
    return parts.frame(PANEL, body, observed, empty=observed is None, note=f"24 jam terakhir, {KINDS['noise'].unit}")


def _row(finding: NoiseFinding) -> html.Div:
    key, verdict = finding.meter.key, finding.verdict
    figure = "figure" if finding.complete else "figure partial"
    return html.Div(
        [
            _zone(finding),
            parts.text(f"noise-level-{key}", number(verdict.level if verdict else None, 1), figure),
            html.Div(
                [_badge(finding), parts.text(f"noise-limit-{key}", _limit(finding), "sub")],
                className="verdict",
            ),
            _cell("Siang", parts.text(f"noise-day-{key}", number(verdict.day if verdict else None, 1), "part")),
            _cell("Malam", parts.text(f"noise-night-{key}", number(verdict.night if verdict else None, 1), "part")),
            _cell("Kini", parts.reading("noise", finding.row, key, "noise", classes="part")),
            html.Div(
                [
                    parts.text(f"noise-share-{key}", percent(finding.share * 100), "part"),
                    parts.text(f"noise-hours-{key}", f"{number(finding.hours_heard)} dari {HOURS} jam", "sub"),
                ],
                className="verdict",
            ),
            _trend(finding),
        ],
        id=f"noise-row-{key}",
        className="row noise-row",
        **parts.ageing(finding.row["observed_at"] if finding.row else None, LATE, STALE),
    )


def _cell(label: str, value: html.Span) -> html.Div:
    """A figure with its name, which is read aloud on a wall and shown where a small screen has no heads."""
    return html.Div([html.Span(label, className="unseen"), value], className="noise-cell")


def _zone(finding: NoiseFinding) -> html.Div:
    name = finding.limit.name if finding.limit else finding.meter.name
    if finding.zone is None:
        where = "zona belum ditetapkan"
    else:
        where = f"{finding.meter.name}{' · contoh' if finding.zone.sample else ''}"
    link = html.A(name, href=links.device(finding.meter))
    return html.Div([html.Span(link, className="name"), html.Span(where, className="sub")], className="who")


def _badge(finding: NoiseFinding) -> html.Span:
    ident, verdict = f"noise-badge-{finding.meter.key}", finding.verdict
    if finding.limit is None:
        return parts.badge(ident, 0, "tanpa baku")
    if verdict is None:
        return parts.badge(ident, 0, "belum ada siang dan malam")
    if not finding.complete:
        return parts.badge(ident, 0, f"belum lengkap, data {percent(finding.share * 100)}")
    over = number(abs(verdict.over), 1)
    if finding.rank == EXCEEDED:
        return parts.badge(ident, finding.rank, f"melebihi {over} dB")
    if finding.rank == TOLERATED:
        return parts.badge(ident, finding.rank, f"+{over} dB, dalam toleransi")
    return parts.badge(ident, finding.rank, f"{over} dB di bawah baku")


def _limit(finding: NoiseFinding) -> str:
    if (limit := finding.limit) is None:
        return NOTHING
    return f"baku {number(limit.limit)}, toleransi {number(limit.tolerance)} dB"


def _trend(finding: NoiseFinding) -> html.Img:
    values = [value for value in finding.trend if value is not None]
    said = f"24 jam: {number(min(values))} sampai {number(max(values))} dB(A)" if values else "24 jam: belum ada data"
    marks = () if finding.limit is None else (Mark(finding.limit.limit, theme.LEVELS[1].colour),)
    src = curve(finding.trend, theme.SKY, marks, floor=_FLOOR)
    return parts.picture(f"noise-trend-{finding.meter.key}", src, said)


def _rule(city: City) -> str:
    tolerance = ", toleransi contoh" if any(limit.tolerance_sample for limit in city.noise_limits.values()) else ""
    return f"Siang-malam (Lsm): rerata energi dari siang 06–22 dan malam 22–06 + 5 dB. KEP-48/MENLH/11/1996{tolerance}."


PANEL = Panel(
    key="noise",
    title="Bising",
    streams=frozenset({"readings"}),
    questions=(Question("latest_readings"), Question("noise_hours", every=60.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    fit=Fit(width=74, height=16, spare=(".rest",), rows=(".row",)),
)
