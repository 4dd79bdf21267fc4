"""Devices that speak the words of their own network: which field is which kind, and which device is which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sensors.codecs import NETWORKS
from sensors.kinds import KINDS
from sensors.pack.devices import Device
from sensors.pack.entry import CityError, Entry
from sensors.pack.files import entries, shown

FIELD_COLUMNS = ("network", "profile", "field", "kind", "factor", "source")
DEVICE_COLUMNS = ("network", "address", "device")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field is: a value of `kind` once multiplied by `factor`, which turns its unit into the kind's."""

    kind: str
    factor: float


@dataclass(frozen=True, slots=True)
class NetworkWords:
    """What a pack knows of networks. Only those that it names a field of are listened to.

    `fields` by network, profile ("" for every profile) and field; `devices` are keys by network and address.
    """

    fields: Mapping[tuple[str, str, str], Meaning]
    devices: Mapping[tuple[str, str], str]

    @property
    def heard(self) -> tuple[str, ...]:
        """The networks listened to."""
        return tuple(dict.fromkeys(network for network, _, _ in self.fields))

    def meaning(self, network: str, profile: str, field: str) -> Meaning | None:
        """What a field of a profile is; None where the pack says nothing of it and it has no kind's own name."""
        found = self.fields.get((network, profile, field)) or self.fields.get((network, "", field))
        return found or (Meaning(field, 1.0) if field in KINDS else None)


def read_networks(pack: Path, devices: Mapping[str, Device]) -> NetworkWords:
    """From network_fields.csv and network_devices.csv; a pack without the first listens to no network."""
    fields: dict[tuple[str, str, str], Meaning] = {}
    if (pack / "network_fields.csv").exists():
        for line in entries(pack / "network_fields.csv", FIELD_COLUMNS):
            line.text("source")
            key = (line.known("network", NETWORKS), line.cells["profile"], line.text("field"))
            if key in fields:
                raise line.wrong("field", "one that no earlier line has for this network and profile")
            fields[key] = Meaning(line.known("kind", KINDS), _factor(line))
    words = NetworkWords(fields, {})
    path = pack / "network_devices.csv"
    return NetworkWords(fields, _devices(path, words.heard, devices)) if path.exists() else words


def _factor(line: Entry) -> float:
    factor = line.number("factor", -1e9, 1e9)
    if not factor:
        raise line.wrong("factor", "another number than 0")
    return factor


def _devices(path: Path, heard: tuple[str, ...], devices: Mapping[str, Device]) -> dict[tuple[str, str], str]:
    if not heard:
        raise CityError(f"{shown(path)}: found devices of networks, expected network_fields.csv beside it")
    found: dict[tuple[str, str], str] = {}
    for line in entries(path, DEVICE_COLUMNS, at_least=0):
        key = (line.known("network", heard), line.text("address"))
        if key in found:
            raise line.wrong("address", "an address that no earlier line has in this network")
        found[key] = line.known("device", devices)
    return found
