"""Which services' own summaries add up, and which cases took a step their service does not allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from layouts.formats import known
from layouts.panel import Row, Rows
from sensors.city import City, Service, ServiceTotals
from sensors.judge.steps import Step, impossible_steps
from sensors.judge.totals import TotalsJudgement, judge_totals


@dataclass(frozen=True, slots=True)
class Summary:
    """A service's own summary: its newest readings by kind, and whether they add up; None where that cannot be said."""

    service: Service
    totals: ServiceTotals
    rows: Mapping[str, Row]
    judged: TotalsJudgement | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A case with steps its service does not allow, the first of them; none when the pack has changed since."""

    row: Row
    service: Service
    step: Step | None


def summaries_of(rows: Rows, city: City) -> tuple[Summary, ...]:
    """The summaries the pack ties to services, by the rows of `latest_readings`."""
    devices: dict[str, dict[str, Row]] = {each.device: {} for each in city.service_totals.values()}
    for row in rows.get("latest_readings", ()):
        if row["device"] in devices and known(row["value"]) is not None:
            devices[row["device"]][row["kind"]] = row
    return tuple(
        Summary(city.services[key], each, devices[each.device], judge_totals(_figures(devices[each.device])))
        for key, each in city.service_totals.items()
    )


def flags_of(rows: Rows, city: City) -> tuple[Flag, ...]:
    """The rows of `case_flags`, the last changed first."""
    return tuple(
        Flag(row, service, next(iter(impossible_steps(row["statuses"] or (), service)), None))
        for row in rows.get("case_flags", ())
        if (service := city.services.get(row["service"])) is not None
    )


def _figures(rows: Mapping[str, Row]) -> dict[str, tuple[float, datetime]]:
    return {kind: (row["value"], row["observed_at"]) for kind, row in rows.items()}
