"""The devices of a place as a table: what each says now, how that compares, and whether it is silent."""

from __future__ import annotations

from collections.abc import Sequence

from layouts import html, links, parts
from layouts.findings.air import air_findings
from layouts.findings.rain import rain_findings
from layouts.findings.rivers import gauge_findings
from layouts.findings.series import Latest, latest_of
from layouts.formats import NOTHING, number
from layouts.panel import Context, Question, Rows
from sensors.city import City, Device
from sensors.kinds import KINDS

QUESTIONS = (
    Question("latest_readings"),
    Question("air_day_means", every=10.0),
    Question("rain_sums", every=10.0),
)
_PATIENCE = 3
"""A reading is late after so many of its expected intervals, and stale after three times as many."""
_HEADS = ("Perangkat", "Mengukur", "Kini", "Keadaan", "Terakhir")


def table(panel: str, devices: Sequence[Device], rows: Rows, context: Context) -> html.Table:
    """One row a device."""
    latest = latest_of(rows.get("latest_readings", ()))
    judged = _judged(rows, context.city)
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in _HEADS]))
    return html.Table(
        [head, html.Tbody([_row(panel, device, latest, judged) for device in devices])], className="sheet numbers"
    )


def _judged(rows: Rows, city: City) -> dict[str, tuple[int, str]]:
    """How bad, and in which words, by device: rivers by siaga, air by ISPU, rain by its class."""
    found: dict[str, tuple[int, str]] = {}
    for gauge in gauge_findings(rows, city):
        if gauge.siaga is not None:
            found[gauge.gauge.key] = gauge.rank, gauge.words
    for air in air_findings(rows, city):
        if air.verdict is not None:
            partial = "" if air.complete else " (belum lengkap)"
            found[air.station.key] = air.rank, f"ISPU {air.words} {air.verdict.category.word}{partial}"
    for rain in rain_findings(rows, city):
        if rain.hour.mm is not None:
            word = rain.hour.found.word if rain.hour.found else "tidak lebat"
            found[rain.device.key] = rain.rank, f"{number(rain.hour.mm, 1)} mm dalam 1 jam, {word.lower()}"
    return found


def _row(panel: str, device: Device, latest: Latest, judged: dict[str, tuple[int, str]]) -> html.Tr:
    heard = [(kind, latest[device.key, kind]) for kind in device.kinds if (device.key, kind) in latest]
    newest = max((row["observed_at"] for _, row in heard), default=None)
    said = ", ".join(f"{number(row['value'], KINDS[kind].decimals)} {KINDS[kind].unit}" for kind, row in heard[:2])
    rank, words = judged.get(device.key, (0, "belum pernah terdengar" if newest is None else "melapor"))
    patience = max(KINDS[kind].expected_interval for kind in device.kinds) * _PATIENCE
    return html.Tr(
        [
            html.Th(html.A(device.name, href=links.device(device)), scope="row"),
            html.Td(", ".join(KINDS[kind].name for kind in device.kinds[:2]), className="wraps"),
            html.Td(parts.text(f"{panel}-said-{device.key}", said or NOTHING)),
            html.Td(parts.badge(f"{panel}-state-{device.key}", rank, words)),
            html.Td(parts.ago(f"{panel}-ago-{device.key}", newest)),
        ],
        id=f"{panel}-device-{device.key}",
        **parts.ageing(newest, patience, patience * _PATIENCE),
    )
