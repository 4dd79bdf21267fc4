"""The strip of exceptions: is anything wrong, where, and is it in hand?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from layouts import html, links, parts
from layouts.findings.air import air_findings, worst
from layouts.findings.alarms import PRIORITY_WORDS, UNSEEN, alarms_of, judged_at
from layouts.findings.case_states import OPEN
from layouts.findings.cases import counts_of
from layouts.findings.prices import price_findings
from layouts.findings.rivers import by_urgency, gauge_findings
from layouts.findings.silence import silent_devices
from layouts.formats import NOTHING, clock, number, percent
from layouts.panel import Context, Fit, Panel, Question, Rows

LATE, STALE = timedelta(minutes=10), timedelta(hours=1)
_FEW = 0.2
"""From this share of silent devices on it is more than single ones; the project's own."""
_UNJUDGED = timedelta(minutes=2)
"""After so long without a beat of whoever judges, what stands says nothing about now."""


def render(rows: Rows, context: Context) -> html.Section:
    """Draw six figures, each with its verdict and the place it comes from."""
    observed = parts.leading(
        (row["observed_at"] for row in rows.get("latest_readings", ())),
        (row["status_at"] for row in rows.get("recent_cases", ())),
    )
    figures = [
        _alarms(rows, context),
        _air(rows, context),
        _rivers(rows, context),
        _cases(rows, context),
        _prices(rows, context),
        _devices(rows, context),
    ]
    return parts.frame(PANEL, figures, observed, empty=observed is None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How bad a figure is (0..3), said in words, and the place it comes from."""

    rank: int
    words: str
    where: str = ""


UNKNOWN = Verdict(0, "belum ada data")


def _figure(key: str, title: str, figure: str, unit: str, verdict: Verdict, href: str | None = None) -> html.Div:
    """One tile; with `href` its title is a link that takes in the whole of it."""
    value = [parts.text(f"summary-{key}", figure, "key"), parts.text(f"summary-{key}-unit", unit, "unit")]
    judged = [
        parts.badge(f"summary-{key}-badge", verdict.rank, verdict.words),
        parts.text(f"summary-{key}-where", verdict.where, "sub"),
    ]
    heading = html.H3(html.A(title, href=href, className="whole") if href else title)
    return html.Div([heading, html.Div(value, className="line"), html.Div(judged, className="line")], className="kpi")


def _alarms(rows: Rows, context: Context) -> html.Div:
    """How many stand, and the gravest of those nobody has taken, else the gravest."""
    city, judged = context.city, judged_at(rows)
    standing = alarms_of(rows, city, context.now)
    alarms = [alarm for group in standing.groups for alarm in group.alarms]
    if judged is None and not alarms:
        return _figure("alarms", "Alarm", NOTHING, "alarm", Verdict(0, "belum dinilai"), links.alarms())
    if judged is not None and context.now - judged > _UNJUDGED:
        verdict = Verdict(0, f"tidak dinilai sejak {clock(judged, city.zone)}")
    elif not alarms:
        verdict = Verdict(0, "tidak ada")
    else:
        first = alarms[0]
        verdict = Verdict(first.rank, PRIORITY_WORDS[first.row["priority"]].capitalize(), first.row["name"])
    unseen = sum(alarm.state in UNSEEN for alarm in alarms)
    unit = f"alarm, {number(unseen)} belum diterima" if unseen else "alarm"
    return _figure("alarms", "Alarm", number(len(alarms)), unit, verdict, links.alarms())


def _air(rows: Rows, context: Context) -> html.Div:
    found = worst(air_findings(rows, context.city))
    if found is None or found.verdict is None:
        return _figure("air", "Udara terburuk", NOTHING, "ISPU", UNKNOWN)
    verdict = Verdict(found.rank, found.verdict.category.word, found.station.name)
    if not found.complete:
        verdict = Verdict(0, f"baru {percent(found.share * 100)} data", found.station.name)
    return _figure("air", "Udara terburuk", found.words, "ISPU", verdict)


def _rivers(rows: Rows, context: Context) -> html.Div:
    """How many of the city's own stand high, and the worst of all: what stands upstream is on its way here."""
    judged = [each for each in by_urgency(gauge_findings(rows, context.city)) if each.siaga is not None]
    told = [each for each in judged if not each.gauge.upstream]
    raised = [each for each in told if each.rank]
    if not told:
        return _figure("rivers", "Sungai di atas normal", NOTHING, "pos", UNKNOWN)
    verdict = Verdict(0, "semua normal")
    first = max(judged, key=lambda each: (each.rank, not each.gauge.upstream))
    if first.rank and first.row:
        here = f"{number(first.row['value'])} cm, {first.gauge.name}"
        verdict = Verdict(first.rank, first.words, f"{first.gauge.name}, hulu" if first.gauge.upstream else here)
    return _figure("rivers", "Sungai di atas normal", number(len(raised)), f"dari {len(told)} pos", verdict)


def _cases(rows: Rows, context: Context) -> html.Div:
    counts = counts_of(rows, context.city)
    if not rows.get("recent_cases") and not counts.open:
        return _figure("cases", "Aduan terbuka", NOTHING, "aduan", UNKNOWN)
    waiting = next(iter(counts.by_status.values()), 0)
    days = rows.get("case_days", ())
    today = f"{number(days[-1]['opened'])} masuk hari ini" if days else ""
    verdict = Verdict(1, f"{number(waiting)} menunggu", today) if waiting else Verdict(0, "semua ditangani", today)
    return _figure(
        "cases", "Aduan terbuka", number(counts.open), "aduan", verdict, links.cases(service=counts.service, state=OPEN)
    )


def _prices(rows: Rows, context: Context) -> html.Div:
    title = "Harga di atas acuan"
    told = [each for each in price_findings(rows, context.city, context.now) if each.middle is not None]
    if not told:
        return _figure("prices", title, NOTHING, "komoditas", Verdict(0, "belum ada laporan hari ini"))
    above = sorted((each for each in told if each.over_rank), key=lambda each: -(each.over or 0))
    verdict = Verdict(0, "dalam HET/HAP")
    if above:
        verdict = Verdict(above[0].over_rank, percent(above[0].over, sign=True), above[0].commodity.name)
    return _figure("prices", title, number(len(above)), f"dari {len(told)} komoditas", verdict)


def _devices(rows: Rows, context: Context) -> html.Div:
    silent = silent_devices(rows, context.city, context.now)
    total = len(context.city.devices)
    verdict = Verdict(0, "lengkap")
    if silent:
        others = f" +{number(len(silent) - 1)}" if len(silent) > 1 else ""
        verdict = Verdict(
            1 if len(silent) < _FEW * total else 2, f"{number(len(silent))} diam", silent[0].name + others
        )
    return _figure("devices", "Perangkat melapor", number(total - len(silent)), f"dari {number(total)}", verdict)


PANEL = Panel(
    key="summary",
    title="Ringkasan",
    streams=frozenset({"readings", "cases", "prices", "alarms", "components"}),
    questions=(
        Question("alarms_now", every=0.2, anyway=10.0),
        Question("alarm_minutes", every=1.0, anyway=10.0),
        Question("components", every=1.0),
        Question("latest_readings"),
        Question("maintenance_now", every=5.0),
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
    fit=Fit(width=103, height=7, tall=18, rows=(".kpi",), yields=(".line > .sub",)),
)
