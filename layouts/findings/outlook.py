"""The next 24 hours as BMKG expects them: a kecamatan has the gravest weather and the most rain of its kelurahan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.findings.credit import credit
from layouts.findings.rain import rank_of_rain
from layouts.formats import known
from layouts.panel import Row, Rows
from layouts.skies import UNKNOWN, Sky, sky_of
from sensors.city import City, District, Subdistrict
from sensors.forecast import STEP
from sensors.judge.rain import RainAhead, judge_rain_ahead

STEPS = 8
"""Three-hourly steps in the 24 hours that are shown and judged."""
_DAYLIGHT = range(6, 18)
_RAINS = 0.5
"""mm in a step from which a kelurahan counts as rainy: BMKG's lowest class of rain."""


@dataclass(frozen=True, slots=True)
class Step:
    """A kecamatan in three hours: gravest words with their drawing, by night or not, mean °C and most mm."""

    sky: Sky
    night: bool
    words: str
    temperature: float | None
    rain: float | None


NO_STEP = Step(UNKNOWN, False, "", None, None)


@dataclass(frozen=True, slots=True)
class DistrictOutlook:
    """A kecamatan: its eight steps, and its wettest kelurahan with the 24 hours' sum (None while nothing is known)."""

    district: District
    steps: tuple[Step, ...]
    wettest: Subdistrict | None
    ahead: RainAhead | None

    @property
    def rank(self) -> int:
        """How bad the rain of its wettest kelurahan is, 0 to 3."""
        return rank_of_rain(self.ahead.found if self.ahead else None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All kecamatan, the worst first; `heard` of `total` kelurahan have a forecast, `soaked` expect lebat or more."""

    times: tuple[datetime, ...]
    districts: tuple[DistrictOutlook, ...]
    heard: int
    total: int
    soaked: int
    low: float | None
    high: float | None
    analysed_at: datetime | None
    credit: str

    @property
    def wettest(self) -> DistrictOutlook | None:
        """The kecamatan with the most rain, unless no rain is expected anywhere."""
        wet = [each for each in self.districts if each.ahead is not None and each.ahead.total >= _RAINS]
        return max(wet, key=lambda each: each.ahead.total if each.ahead else 0.0, default=None)

    @property
    def first_rain(self) -> tuple[datetime, tuple[District, ...]] | None:
        """The first step with rain, and the kecamatan it comes to."""
        for number, at in enumerate(self.times):
            reached = tuple(each.district for each in self.districts if (each.steps[number].rain or 0.0) >= _RAINS)
            if reached:
                return at, reached
        return None


def outlook_of(rows: Rows, city: City) -> Outlook:
    """Sort out `forecast_steps`; kelurahan that the pack does not name are left out."""
    here = [row for row in rows.get("forecast_steps", ()) if row["subdistrict"] in city.subdistricts]
    times = tuple(sorted({row["valid_at"] for row in here})[:STEPS])
    by_place: dict[str, dict[datetime, Row]] = defaultdict(dict)
    for row in here:
        by_place[row["subdistrict"]][row["valid_at"]] = row
    sums = {code: _ahead(steps, times, city) for code, steps in by_place.items()}
    warmth = _finite(row["temperature"] for row in here)
    return Outlook(
        times=times,
        districts=_districts(by_place, sums, times, city),
        heard=len(by_place),
        total=len(city.subdistricts),
        soaked=sum(rank_of_rain(each.found) > 0 for each in sums.values() if each),
        low=min(warmth, default=None),
        high=max(warmth, default=None),
        analysed_at=max((row["analysed_at"] for row in here), default=None),
        credit=credit(here),
    )


def _districts(
    by_place: Mapping[str, Mapping[datetime, Row]],
    sums: Mapping[str, RainAhead | None],
    times: Sequence[datetime],
    city: City,
) -> tuple[DistrictOutlook, ...]:
    found = []
    nights = {at: _is_night(at, city) for at in times}
    for district in city.districts.values():
        codes = [code for code, place in city.subdistricts.items() if place.district == district.code]
        steps = [_step(_at(by_place, codes, at), night=nights[at]) for at in times]
        wettest, ahead = _wettest([(city.subdistricts[code], sums.get(code)) for code in codes])
        found.append(DistrictOutlook(district, (*steps, *[NO_STEP] * (STEPS - len(steps))), wettest, ahead))
    return tuple(sorted(found, key=lambda each: -each.rank))


def _ahead(steps: Mapping[datetime, Row], times: Sequence[datetime], city: City) -> RainAhead | None:
    amounts = [known(steps[at]["rain"]) if at in steps else None for at in times]
    return judge_rain_ahead([*amounts, *[None] * (STEPS - len(amounts))], city.rain_classes)


def _wettest(places: Iterable[tuple[Subdistrict, RainAhead | None]]) -> tuple[Subdistrict | None, RainAhead | None]:
    judged = [(place, ahead) for place, ahead in places if ahead is not None]
    return max(judged, key=lambda each: each[1].total, default=(None, None))


def _at(by_place: Mapping[str, Mapping[datetime, Row]], codes: Iterable[str], at: datetime) -> list[Row]:
    return [by_place[code][at] for code in codes if at in by_place.get(code, {})]


def _is_night(at: datetime, city: City) -> bool:
    """Whether most of the three hours are dark: near the equator the sun is up from six to six all the year."""
    return (at.astimezone(city.zone) + STEP / 2).hour not in _DAYLIGHT


def _step(rows: Sequence[Row], *, night: bool) -> Step:
    if not rows:
        return NO_STEP
    gravest = max(rows, key=lambda row: sky_of(row["words"]).gravity)
    warmth, rain = _finite(row["temperature"] for row in rows), _finite(row["rain"] for row in rows)
    mean = sum(warmth) / len(warmth) if warmth else None
    return Step(sky_of(gravest["words"]), night, gravest["words"] or "", mean, max(rain, default=None))


def _finite(values: Iterable[float | None]) -> list[float]:
    return [value for value in map(known, values) if value is not None]
