"""What is known of a device of another network, and what the pack would have to say for it to be more."""

from __future__ import annotations

from layouts.formats import known, number, percent
from layouts.panel import Row
from layouts.parts import Fact
from sensors.city import City

NAMES = {"chirpstack": "LoRaWAN (ChirpStack)", "sparkplug": "Sparkplug B", "tasmota": "Tasmota", "esphome": "ESPHome"}
_SHOWN = 6  # fields named in a suggestion


def network_facts(row: Row, city: City) -> list[Fact]:
    """Its network, address and profile, what it lost on the way, and the lines that the pack lacks."""
    said: list[Fact] = [
        ("Jaringan", NAMES.get(row["network"]) or row["network"], "network"),
        ("Alamat di sana", row["address"], "address"),
    ]
    if row["profile"] or row["label"]:
        said.append(("Profil; nama", "; ".join(filter(None, (row["profile"], row["label"]))), "profile"))
    if (battery := known(row["battery"])) is not None:
        said.append(("Baterai", percent(battery), "battery"))
    if row["counter"] is not None:
        said.append(("Pesan hilang di jalan", f"{number(row['lost'])}, sampai nomor {number(row['counter'])}", "lost"))
    return [*said, *_suggestions(row, city)]


def _suggestions(row: Row, city: City) -> list[Fact]:
    said: list[Fact] = []
    if (row["network"], row["address"]) not in city.networks.devices:
        said.append(("Saran network_devices.csv", row["device_line"], "entry"))
    if lines := row["field_lines"]:
        more = [f"{number(len(lines) - _SHOWN)} lainnya"] if len(lines) > _SHOWN else []
        said.append(("Saran network_fields.csv", " · ".join([*lines[:_SHOWN], *more]), "fields"))
    return said
