"""Earthquakes for the virtual city: where the ground of western Indonesia moves, as often as chance has it.

Not a catalogue: places, rates and shaking are made up to be plausible. In BMKG's form, on a channel that says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sensors.pack.quakes import MMI
from sensors.sphere import bearing, kilometres
from sensors.virtual_city.chance import count, dice
from sensors.virtual_city.daytime import utc
from sensors.virtual_city.world import World

CHANNEL = "bmkg-gempa-simulasi"
_A_DAY = 1.6  # quakes that BMKG lists
_WEAKEST, _STRONGEST, _FALL = 3.2, 6.9, 1.9  # magnitudes, and how fast their number falls (natural, a magnitude)
_LISTED_AFTER = 300.0  # s from a quake to its first notice
_FELT = 2  # from this step of MMI on somebody reports it
# Towns near which the ground moves, with the direction (degrees) in which it lies and its distances in km.
_TOWNS = (
    ("Bayah, Banten", -6.92, 106.25, 200, 15, 90, "laut"),
    ("Sumur, Banten", -6.66, 105.58, 250, 20, 110, "laut"),
    ("Kota Sukabumi", -6.92, 106.93, 190, 10, 120, "darat"),
    ("Kabupaten Cianjur", -6.82, 107.14, 230, 3, 25, "darat"),
    ("Kabupaten Pangandaran", -7.70, 108.65, 180, 30, 140, "laut"),
    ("Kota Bengkulu", -3.80, 102.27, 215, 20, 160, "laut"),
    ("Tanggamus, Lampung", -5.49, 104.62, 220, 20, 130, "laut"),
    ("Kabupaten Kebumen", -7.67, 109.65, 185, 30, 120, "laut"),
    ("Kabupaten Nias Selatan", 0.57, 97.81, 200, 20, 140, "laut"),
    ("Kabupaten Nagekeo", -8.67, 121.28, 20, 10, 90, "laut"),
    ("Kota Ternate", 0.79, 127.38, 300, 20, 150, "laut"),
)
_WAYS = ("utara", "timur laut", "timur", "tenggara", "selatan", "barat daya", "barat", "barat laut")


@dataclass(frozen=True, slots=True)
class Quake:
    """A quake `at` an instant (epoch s), with the document that tells of it."""

    at: float
    due: float
    gempa: dict[str, object]


def quakes(world: World, since: float, until: float) -> Iterator[Quake]:
    """The quakes that are told of in (since, until], in the order of time."""
    local = world.sky.local
    found = [quake for day in range(local.day(since) - 1, local.day(until) + 1) for quake in _day(world, day)]
    yield from sorted((quake for quake in found if since < quake.due <= until), key=lambda quake: quake.due)


def _day(world: World, day: int) -> Iterator[Quake]:
    for number in range(count(world.seed, _A_DAY, "quakes", day)):
        chance = dice(world.seed, "quake", day, number)
        at = float(round(world.sky.local.instant(day, 24 * chance.random())))
        yield Quake(at, at + _LISTED_AFTER, _gempa(world, at, chance))


def _gempa(world: World, at: float, chance: Random) -> dict[str, object]:
    town, lat, lon, way, near, far, ground = chance.choice(_TOWNS)
    km, turned = chance.uniform(near, far), math.radians(way + chance.uniform(-25, 25))
    there = (
        round(lat + km * math.cos(turned) / 111.2, 2),
        round(lon + km * math.sin(turned) / 111.2 / math.cos(math.radians(lat)), 2),
    )
    magnitude = round(min(_STRONGEST, _WEAKEST + chance.expovariate(_FALL)), 1)
    depth = round(chance.choice((5, 10, 10, 10, 16, 25, 44, 80)))
    from_town = round(kilometres((lat, lon), there))
    side = _WAYS[round(bearing((lat, lon), there) / 45) % len(_WAYS)]
    felt = _felt(world, magnitude, depth, there, (town, (lat, lon)))
    said = {"Potensi": "Gempa ini dirasakan untuk diteruskan pada masyarakat"} if felt else {}
    return {
        "DateTime": f"{utc(at):%Y-%m-%dT%H:%M:%S+00:00}",
        "Coordinates": f"{there[0]:.2f},{there[1]:.2f}",
        "Magnitude": f"{magnitude:.1f}",
        "Kedalaman": f"{depth} km",
        "Wilayah": f"Pusat gempa berada di {ground} {from_town} km {side} {town}",
        "Potensi": "Tidak berpotensi tsunami",
        "Dirasakan": felt or "-",
        **said,
    }


def _felt(
    world: World, magnitude: float, depth: float, there: tuple[float, float], town: tuple[str, tuple[float, float]]
) -> str:
    """`III Kota Sukabumi, II Kota Tangerang`: who would have felt it, by a rough law of distance."""
    middle = next(iter(world.city.districts.values())).point
    places = (town, (world.city.name, (middle.lat, middle.lon)))
    steps = [(name, _mmi(magnitude, math.hypot(kilometres(there, point), depth))) for name, point in places]
    return ", ".join(f"{MMI[step - 1]} {name.partition(',')[0]}" for name, step in steps if step >= _FELT)


def _mmi(magnitude: float, km: float) -> int:
    return max(1, min(len(MMI), round(1.5 * magnitude - 3.2 * math.log10(max(km, 5.0)) + 1.4)))
