"""Which device publishes a service's own yearly summary; `sensors.judge.totals` adds it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sensors.pack.devices import Device
from sensors.pack.entry import once
from sensors.pack.files import entries
from sensors.pack.offices import Service

TOTAL, PARTS = "cases_total", ("cases_done", "cases_working", "cases_waiting")
"""The kinds such a device must publish: what came in, and the states it must be in."""


@dataclass(frozen=True, slots=True)
class ServiceTotals:
    """A service and the device with its summary. `sample`: that this feed exists is not confirmed."""

    service: str
    device: str
    source: str
    sample: bool


def read_service_totals(
    path: Path, services: Mapping[str, Service], devices: Mapping[str, Device]
) -> dict[str, ServiceTotals]:
    """Summaries by service; the file may have none."""
    found: dict[str, ServiceTotals] = {}
    for line in entries(path, ("service", "device", "source", "sample"), at_least=0):
        once(line, "service", found)
        service, device = line.known("service", services), line.known("device", devices)
        if not {TOTAL, *PARTS} <= set(devices[device].kinds):
            raise line.wrong("device", f"a device with the kinds {' '.join((TOTAL, *PARTS))}")
        found[service] = ServiceTotals(service, device, line.text("source"), line.truth("sample"))
    return found
