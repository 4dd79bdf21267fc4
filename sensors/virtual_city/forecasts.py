"""BMKG's forecasts as the virtual city would get them: twice a day a document for every kelurahan, in BMKG's own form.

They follow the sky that will really come, with an error that grows with the hours ahead. They come on a channel whose
name says that they are simulated, so that no screen credits BMKG with them alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sensors.city import Subdistrict
from sensors.virtual_city.chance import draw, drift
from sensors.virtual_city.daytime import DAY, HOUR, utc
from sensors.virtual_city.pace import Pace
from sensors.virtual_city.world import World

CHANNEL = "bmkg-prakiraan-simulasi"
EVERY = 12 * HOUR
_STEP, _DAYS = 3 * HOUR, 3
_READY = 2.5 * HOUR  # from the analysis until it is published
_APART = 3.0  # s between two kelurahan: the public interface allows 60 requests a minute
_KMH = 3.6  # in a metre a second
_LETTERS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
# mm in three hours from which BMKG would speak of such rain, with the number it goes by; thunder comes by chance.
_RAIN = ((30.0, "Hujan Lebat", 65), (12.0, "Hujan Sedang", 63), (0.5, "Hujan Ringan", 61))
_THUNDER, _THUNDER_SHARE = 6.0, 0.35
_SKY = ((80.0, "Berawan Tebal", 4), (55.0, "Berawan", 3), (25.0, "Cerah Berawan", 1), (0.0, "Cerah", 0))


@dataclass(frozen=True, slots=True)
class Issue:
    """One document: for a kelurahan, due at an instant of the clock, by the analysis of `analysed` (both epoch s)."""

    due: float
    analysed: float
    place: Subdistrict


def issues(world: World, since: float, until: float) -> Iterator[Issue]:
    """The documents due in (since, until], in the order of time."""
    number = int((since - _READY) // EVERY)
    while number * EVERY + _READY <= until:
        for nth, place in enumerate(world.city.subdistricts.values()):
            due = number * EVERY + _READY + nth * _APART
            if since < due <= until:
                yield Issue(due, number * EVERY, place)
        number += 1


def newest(world: World, until: float) -> Iterator[Issue]:
    """The last whole issue before an instant: what a fetcher that starts then would find."""
    whole = _READY + len(world.city.subdistricts) * _APART
    analysed = (until - whole) // EVERY * EVERY
    for nth, place in enumerate(world.city.subdistricts.values()):
        yield Issue(analysed + _READY + nth * _APART, analysed, place)


def document(world: World, pace: Pace, issue: Issue) -> dict[str, object]:
    """One issue in BMKG's form; times of the forecast are of the clock, its sky is the world's."""
    place, city = issue.place, world.city
    lokasi = {
        "adm4": place.code,
        "kotkab": city.name,
        "kecamatan": city.districts[place.district].name,
        "desa": place.name,
        "lon": place.point.lon,
        "lat": place.point.lat,
        "timezone": city.zone.key,
    }
    steps = [_item(world, pace, issue, issue.analysed + number * _STEP) for number in range(round(_DAYS * DAY / _STEP))]
    a_day = round(DAY / _STEP)
    days = [steps[start : start + a_day] for start in range(0, len(steps), a_day)]
    return {"lokasi": lokasi, "data": [{"lokasi": lokasi, "cuaca": days}]}


def _item(world: World, pace: Pace, issue: Issue, at: float) -> dict[str, object]:
    sky, point = world.sky, issue.place.point
    begins = pace.world_time(at)
    ahead = (at - issue.analysed) / DAY
    error = drift(world.seed, f"forecast:{issue.place.district}:{issue.analysed:.0f}", at, 6 * HOUR)
    rain = round(sky.rain_mm(point, begins, begins + _STEP) * max(0.0, 1 + 0.5 * ahead * error), 1)
    cloud = min(100.0, max(0.0, 48 + 42 * drift(world.seed, "clouds", begins, 9 * HOUR) + 30 * min(rain, 1.0)))
    words, number = _weather(world, issue, at, rain, cloud)
    return {
        "datetime": f"{utc(at):%Y-%m-%dT%H:%M:%SZ}",
        "utc_datetime": f"{utc(at):%Y-%m-%d %H:%M:%S}",
        "local_datetime": f"{datetime.fromtimestamp(at, world.city.zone):%Y-%m-%d %H:%M:%S}",
        "t": round(sky.temperature(point, begins) + ahead * error),
        "hu": round(min(100.0, sky.humidity(point, begins))),
        "tp": rain,
        "tcc": round(cloud),
        "weather": number,
        "weather_desc": words,
        "ws": round(sky.wind(point, begins) * _KMH, 1),
        "wd": _LETTERS[int(4 + 3.9 * drift(world.seed, "direction", begins, DAY)) % len(_LETTERS)],
        "vs_text": "> 10 km",
        "analysis_date": f"{utc(issue.analysed):%Y-%m-%dT%H:%M:%S}",
    }


def _weather(world: World, issue: Issue, at: float, rain: float, cloud: float) -> tuple[str, int]:
    if rain >= _THUNDER and draw(world.seed, "thunder", issue.place.district, at) < _THUNDER_SHARE:
        return "Hujan Petir", 95
    scale, measure = (_RAIN, rain) if rain >= _RAIN[-1][0] else (_SKY, cloud)
    return next((words, number) for low, words, number in scale if measure >= low)
