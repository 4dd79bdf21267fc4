"""How services work: when people turn to them, when their desks are open, how long each step takes and how it may end.

Samples all (contoh), chosen so that most cases keep the deadlines of the pack and some do not; what a figure rests on
stands beside it. A service that has no row here takes the pace of its stages' unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sensors.city import Service
from sensors.pack.calendar import Calendar
from sensors.virtual_city.daytime import HOUR, LocalTime

# By full hour; people report after breakfast, and again in the evening.
_DAYTIME = (
    .3, .2, .1, .1, .2, .7, 1.8, 3, 4, 4.2, 4, 3.5,
    3, 3, 3, 3, 2.8, 2.6, 2.5, 2.6, 2.4, 1.8, 1.1, .6,
)  # fmt: skip
# Calls for help, and pranks, come at night too.
_NIGHT_TOO = (
    1.3, 1, .8, .7, .8, 1.1, 1.6, 2.1, 2.4, 2.6, 2.7, 2.7,
    2.7, 2.8, 2.9, 3, 3, 3, 3.1, 3.2, 3, 2.7, 2.2, 1.7,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desks:
    """Local hours between which a service acts; an `office` keeps to the city's working days, others work daily."""

    opens: float
    closes: float
    office: bool

    def next_open(self, at: float, local: LocalTime, calendar: Calendar) -> float:
        """The instant itself (epoch s) while the desks are open, else some time after they next open."""
        day, hour = local.day(at), local.hour(at)
        if self._works(day, calendar) and self.opens <= hour < self.closes:
            return at
        day += hour >= self.opens
        while not self._works(day, calendar):
            day += 1
        return local.instant(day, self.opens) + (at % (1.5 * HOUR))

    def _works(self, day: int, calendar: Calendar) -> bool:
        return not self.office or calendar.free(date.fromordinal(day)) is None


@dataclass(frozen=True, slots=True)
class Tempo:
    """The rhythm of one service. Times are median hours to each step, the last one holds for all that follow.

    `spread` are the sigmas of their lognormal distributions. `desks` None: it acts day and night. Shares of cases:
    never taken up (`waits_on`), never finished (`stuck`), closed without being done (`turned_away`), given back once
    to be completed (`sent_back`). `weekend` is a Saturday's part of a usual day, `least` the least s between steps.
    """

    hours: tuple[float, ...]
    spread: tuple[float, ...]
    desks: Desks | None
    by_category: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    waits_on: float = 0.0
    stuck: float = 0.0
    turned_away: float = 0.0
    sent_back: float = 0.0
    weekend: float = 0.85
    least: float = 1200.0
    comes: tuple[float, ...] = _DAYTIME
    channels: tuple[str, ...] = ("app", "app", "app", "app", "media-sosial", "loket")

    def to_step(self, category: str, number: int) -> tuple[float, float]:
        """Median hours to the step of this number (from 0), and their sigma."""
        hours = self.by_category.get(category, self.hours)
        return hours[min(number, len(hours) - 1)], self.spread[min(number, len(self.spread) - 1)]

    def busy(self, *, weekend: bool) -> float:
        """How a day compares to the mean of a week."""
        return self.weekend if weekend else (7 - 2 * self.weekend) / 5


_OFFICE = Desks(8.0, 16.0, office=True)
_COUNTER = ("app", "app", "app", "loket")
# A day for most things (street lights: one day, pusat-berita 2025-09-01); 2024: 95.9 % done, 4.1 % waiting.
_COMPLAINTS = Tempo(
    hours=(1.6, 22.0),
    spread=(0.8, 0.7),
    desks=Desks(7.5, 20.0, office=False),
    by_category={
        "jalan-rusak": (1.6, 54.0),
        "infrastruktur": (1.6, 48.0),
        "banjir": (1.6, 7.0),
        "pohon-tumbang": (1.6, 4.0),
        "kebakaran": (1.6, 2.0),
        "sampah": (1.6, 14.0),
    },
    waits_on=0.028,
    stuck=0.003,
)
# Answered -> dispatched -> arrived: about 12.4 minutes in the mean (12.37 in 2023, antaranews banten 289212).
_EMERGENCIES = Tempo(
    hours=(0.03, 0.163, 0.8),
    spread=(0.35,),
    desks=None,
    turned_away=0.04,
    weekend=1.0,
    least=2.0,
    comes=_NIGHT_TOO,
    channels=("telepon",),
)
_TEMPI: Mapping[str, Tempo] = MappingProxyType(
    {
        "polres": Tempo(
            hours=(0.5, 30.0),
            spread=(0.6, 0.8),
            desks=None,
            by_category={"kehilangan": (0.3, 0.7), "tawuran": (0.2, 12.0)},
            waits_on=0.01,
            stuck=0.02,
            turned_away=0.12,
            weekend=1.1,
            least=120.0,
            comes=_NIGHT_TOO,
            channels=("app", "telepon", "loket"),
        ),
        "pencaker": Tempo(
            hours=(18.0, 400.0),
            spread=(0.9, 0.5),
            desks=_OFFICE,
            waits_on=0.02,
            stuck=0.1,
            turned_away=0.35,
            weekend=0.3,
            channels=_COUNTER,
        ),
        # A low-risk NIB took about 15 minutes (mediabanten 2021).
        "perizinan": Tempo(
            hours=(8.0, 50.0),
            spread=(0.7, 0.6),
            desks=_OFFICE,
            by_category={"nib-rendah": (0.08, 0.15)},
            waits_on=0.01,
            stuck=0.01,
            turned_away=0.08,
            sent_back=0.12,
            weekend=0.4,
            least=60.0,
            channels=_COUNTER,
        ),
        "bebenah": Tempo(
            hours=(150.0, 220.0, 430.0),
            spread=(0.6, 0.4, 0.4),
            desks=_OFFICE,
            by_category={"pju-baru": (70.0, 90.0, 60.0), "infrastruktur": (90.0, 140.0, 190.0)},
            waits_on=0.03,
            stuck=0.03,
            turned_away=0.15,
            weekend=0.3,
            channels=_COUNTER,
        ),
    }
)


def tempo(service: Service) -> Tempo:
    """The rhythm of a service of any pack."""
    return _TEMPI.get(service.key, _EMERGENCIES if in_minutes(service) else _COMPLAINTS)


def in_minutes(service: Service) -> bool:
    """Whether people wait for this service: its stages are counted in minutes."""
    return any(stage.unit == "minutes" for stage in service.stages)
