"""The strip of exceptions: is anything wrong, where, and is it in hand?"""

from __future__ import annotations

from datetime import timedelta

from dash import html

from layouts import parts
from layouts.findings.air import air_findings, worst
from layouts.findings.cases import counts_of
from layouts.findings.prices import price_findings
from layouts.findings.rivers import by_urgency, gauge_findings
from layouts.findings.series import Latest, latest_of
from layouts.formats import NOTHING, number, percent
from layouts.panel import Context, Panel, Question, Rows
from sensors.kinds import KINDS

LATE, STALE = timedelta(minutes=10), timedelta(hours=1)
_PATIENCE = 3
"""A device counts as silent after this many of its expected intervals."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw five figures, each with its verdict and the place it comes from."""
    observed = parts.newest(
        [*(row["observed_at"] for row in rows.get("latest_readings", ())), *(row["status_at"] for row in rows.get("recent_cases", ()))]
    )
    figures = [_air(rows, context), _rivers(rows, context), _cases(rows, context), _prices(rows, context), _devices(rows, context)]
    return parts.frame(PANEL, figures, observed, empty=observed is None)


def _figure(key: str, title: str, figure: str, unit: str, rank: int, verdict: str, where: str) -> html.Div:
    return html.Div(
        [
            html.H3(title),
            html.Div(
                [parts.text(f"summary-{key}", figure, "key"), parts.text(f"summary-{key}-unit", unit, "unit")], className="line"
            ),
            html.Div(
                [parts.badge(f"summary-{key}-badge", rank, verdict), parts.text(f"summary-{key}-where", where, "sub")],
                className="line",
            ),
        ],
        className="kpi",
    )


def _air(rows: Rows, context: Context) -> html.Div:
    found = worst(air_findings(rows, context.city))
    if found is None or found.verdict is None:
        return _figure("air", "Udara terburuk", NOTHING, "ISPU", 0, "belum ada rerata", "")
    return _figure("air", "Udara terburuk", number(found.verdict.index), "ISPU", found.rank, found.verdict.category.word, found.station.name)


def _rivers(rows: Rows, context: Context) -> html.Div:
    findings = by_urgency(gauge_findings(rows, context.city))
    known_ = [each for each in findings if each.siaga is not None]
    raised = [each for each in known_ if each.rank >= 1]
    if not known_:
        return _figure("rivers", "Sungai di atas normal", NOTHING, "pos", 0, "belum ada data", "")
    if not raised:
        return _figure("rivers", "Sungai di atas normal", "0", f"dari {len(known_)} pos", 0, "semua normal", "")
    first = raised[0]
    level = f"{number(first.row['value'])} cm, {first.gauge.name}" if first.row else first.gauge.name
    return _figure("rivers", "Sungai di atas normal", str(len(raised)), f"dari {len(known_)} pos", first.rank, first.words, level)


def _cases(rows: Rows, context: Context) -> html.Div:
    counts = counts_of(rows, context.city)
    waiting = next(iter(counts.by_status.values()), 0)
    days = rows.get("case_days", ())
    if not rows.get("recent_cases") and not counts.open:
        return _figure("cases", "Aduan terbuka", NOTHING, "aduan", 0, "belum ada data", "")
    today = f"{number(days[-1]['opened'])} masuk hari ini" if days else ""
    verdict = f"{number(waiting)} menunggu" if waiting else "semua ditangani"
    return _figure("cases", "Aduan terbuka", number(counts.open), "aduan", 1 if waiting else 0, verdict, today)


def _prices(rows: Rows, context: Context) -> html.Div:
    findings = price_findings(rows, context.city, context.now)
    told = [each for each in findings if each.middle is not None]
    if not told:
        return _figure("prices", "Harga di atas acuan", NOTHING, "komoditas", 0, "belum ada laporan hari ini", "")
    above = sorted((each for each in told if each.over_rank), key=lambda each: -(each.over or 0))
    unit = f"dari {len(told)} komoditas"
    if not above:
        return _figure("prices", "Harga di atas acuan", "0", unit, 0, "dalam HET/HAP", "")
    first = above[0]
    return _figure("prices", "Harga di atas acuan", str(len(above)), unit, first.over_rank, percent(first.over, sign=True), first.commodity.name)


def _devices(rows: Rows, context: Context) -> html.Div:
    latest = latest_of(rows.get("latest_readings", ()))
    silent = [device for device in context.city.devices.values() if not _heard(device.key, device.kinds, latest, context)]
    total = len(context.city.devices)
    verdict = f"{len(silent)} diam" if silent else "lengkap"
    where = silent[0].name + (" dan lainnya" if len(silent) > 1 else "") if silent else ""
    share = len(silent) / total if total else 0
    rank = 0 if not silent else 1 if share < 0.2 else 2
    return _figure("devices", "Perangkat melapor", number(total - len(silent)), f"dari {number(total)}", rank, verdict, where)


def _heard(device: str, kinds: tuple[str, ...], latest: Latest, context: Context) -> bool:
    for kind in kinds:
        row = latest.get((device, kind))
        if row is not None and context.now - row["observed_at"] <= KINDS[kind].expected_interval * _PATIENCE:
            return True
    return False


PANEL = Panel(
    key="summary",
    title="Ringkasan",
    streams=frozenset({"readings", "cases", "prices"}),
    questions=(
        Question("latest_readings"),
        Question("air_day_means", every=10.0),
        Question("case_counts"),
        Question("case_days", every=5.0),
        Question("recent_cases"),
        Question("price_board"),
        Question("price_trend", every=30.0),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
)
