"""What every section is drawn from: the answers, the city and the period; and words that many of them need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from layouts.case_words import agency as agency_words
from layouts.charts import Tick
from layouts.formats import clock, day
from layouts.panel import Row, Rows
from layouts.reports.periods import Period
from sensors.city import City
from sensors.kinds import KINDS

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers to a report's questions, asked of one period of one city; `simulated` where a virtual city fed it.

    `about` is the agency of a report about one, empty otherwise; `before` are the facts of the period before, where the
    report compares.
    """

    rows: Rows
    city: City
    period: Period
    simulated: bool = False
    about: str = ""
    before: Facts | None = None

    @property
    def moment(self) -> datetime:
        """When what is asked "as of now" was asked: at the end of the period."""
        return self.period.moment

    def of(self, question: str) -> Sequence[Row]:
        """The answer to a question."""
        return self.rows.get(question, ())

    def series(self, kind: str) -> Mapping[str, Row]:
        """What each device gave of a kind in the period, by its key; from `series_between`."""
        return {row["device"]: row for row in self.of("series_between") if row["kind"] == kind and row["n"]}

    def heard(self, kind: str, row: Row | None) -> float:
        """Which share (0 to 1) of the readings that a healthy device would have sent in the period came."""
        expected = (self.period.until - self.period.since) / KINDS[kind].expected_interval
        return min(1.0, row["n"] / expected) if row and expected else 0.0

    def clock(self, at: datetime) -> str:
        """A time of the period: the hour within a day, else the day too."""
        zone = self.city.zone
        here = self.city.calendar.local_day(at)
        return (
            clock(at, zone) if self.period.first == self.period.last == here else f"{day(at, zone)} {clock(at, zone)}"
        )

    def place(self, code: str | None) -> str:
        """A kecamatan; what has none lies outside the city."""
        district = self.city.districts.get(code or "")
        return district.name if district else "hulu, di luar kota"

    def agency(self, key: str | None) -> str:
        """An agency's short name."""
        return agency_words(key, self.city)

    def hour_ticks(self, every: int) -> tuple[Tick, ...]:
        """Marks at whole local hours of a day, from its midnight on."""
        hours = range(0, 24, every)
        marks = ((self.period.since + hour * _HOUR, f"{hour:02}.00") for hour in hours)
        found = [Tick(at, words) for at, words in marks if at < self.period.until]
        return (*found, Tick(self.period.until, "24.00")) if self.period.whole else tuple(found)


def newest(times: Iterable[datetime | None]) -> datetime | None:
    """The latest of some times, or None."""
    return max((at for at in times if at is not None), default=None)


def listed(names: Sequence[str], most: int = 3) -> str:
    """`A, B dan C`; beyond `most` names the others are counted."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} lainnya")
    return " dan ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
