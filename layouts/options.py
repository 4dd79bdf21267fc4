"""The choices an address may carry: which there are, what they may say, and what holds when they say nothing.

`/?measure=pm25`, `/wilayah/36.71.08`: whatever decides what a page shows stands in its address, so that a link shows
the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from data.analysis.streams import STREAMS
from layouts.findings.air import stations
from layouts.findings.alarm_list import GROUPED, LIVES
from layouts.findings.alarm_list import ORDERS as ALARM_ORDERS
from layouts.findings.case_states import NO_AGENCY_KEY, SORTS, STATES
from layouts.findings.device_words import ORDERS, UNPLACED
from layouts.findings.explored import LENGTHS
from layouts.findings.health import STATES as HEALTH
from layouts.findings.history import PERIODS, SPANS
from layouts.findings.measures import DEFAULT, MEASURES
from layouts.findings.noise import meters
from layouts.findings.rivers import gauges
from layouts.translate import LANGUAGES, SOURCE
from sensors.alarm import PRIORITIES
from sensors.city import City
from sensors.kinds import KINDS
from sensors.pack.entry import ID
from sensors.words import one_of


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: one of the words `known` in a city, or any that `form` and `fits` take; `expected` says which.

    `default` holds where an address does not say it; without one it must, and so must what a path names, as
    `/wilayah/{district}` does. `asked_as` is what questions call it where several choices are of one nature: a gauge
    and a station are devices.
    """

    key: str
    known: Callable[[City], Collection[str]] | None = None
    form: re.Pattern[str] | None = None
    fits: Callable[[str], bool] = bool
    expected: str = ""
    default: str | None = None
    asked_as: str = ""

    def wrong(self, city: City, found: str) -> str | None:
        """What was expected instead of `found`; None where it is right."""
        if self.known is not None:
            words = self.known(city)
            if found in words:
                return None
            if self.form is None:
                return one_of(found, words)
        right = self.form is not None and self.form.fullmatch(found) and self.fits(found)
        return None if right else self.expected


LANGUAGE = "lang"
"""The choice that every page has; no panel depends on it, a picture is translated when it is shown."""


def _is_moment(found: str) -> bool:
    try:
        datetime.fromisoformat(found)
    except ValueError:
        return False
    return True


def _statuses(city: City) -> Collection[str]:
    return dict.fromkeys(status for service in city.services.values() for status in service.statuses)


def _categories(city: City) -> Collection[str]:
    return dict.fromkeys(category for service in city.services.values() for category in service.categories)


_MOMENT = re.compile(r"20\d\d-\d\d-\d\d(T\d\d:\d\d)?")
_A_MOMENT = "a day like 2026-11-21, or a minute of it like 2026-11-21T14:05, in the city's time"
ALL = ""
"""What a filter says that leaves everything in."""


def _measuring_air(city: City) -> Collection[str]:
    return [device.key for device in (*stations(city), *meters(city))]


OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        option.key: option
        for option in (
            Option(LANGUAGE, known=lambda _: LANGUAGES, default=SOURCE),
            Option("measure", known=lambda _: MEASURES, default=DEFAULT),
            Option("district", known=lambda city: city.districts, default=ALL),
            Option("subdistrict", known=lambda city: city.subdistricts, default=ALL),
            Option("agency", known=lambda city: (*city.agencies, NO_AGENCY_KEY), default=ALL),
            Option("service", known=lambda city: city.services, default=ALL),
            Option("case", form=re.compile(r"[^\x00-\x1f]{1,64}"), expected="the id of a case, at most 64 characters"),
            Option("status", known=_statuses, default=ALL),
            Option("state", known=lambda _: STATES, default=ALL),
            Option("category", known=_categories, default=ALL),
            Option("overdue", known=lambda _: ("ya",), default=ALL),
            Option("days", form=re.compile(r"[1-9]\d{0,3}"), expected="a number of days, 1 to 9999", default=ALL),
            Option("from", form=_MOMENT, fits=_is_moment, expected=_A_MOMENT, default=ALL),
            Option("to", form=_MOMENT, fits=_is_moment, expected=_A_MOMENT, default=ALL),
            Option("until", form=_MOMENT, fits=_is_moment, expected=_A_MOMENT, default=ALL),
            Option("sort", known=lambda _: SORTS, default=SORTS[0]),
            Option("page", form=re.compile(r"[1-9]\d{0,5}"), expected="a page, from 1 on", default="1"),
            Option("range", known=lambda _: SPANS, default="24h"),
            Option("period", known=lambda _: PERIODS, default="30d"),
            Option("commodity", known=lambda city: city.commodities, default=ALL),
            Option("market", known=lambda city: city.markets, default=ALL),
            Option("gauge", known=lambda city: [device.key for device in gauges(city)], asked_as="device"),
            Option("station", known=_measuring_air, asked_as="device"),
            Option("kind", known=lambda _: KINDS, default=ALL),
            Option("only", known=lambda _: (*HEALTH, UNPLACED), default=ALL),
            Option("reason", form=ID, expected="a reason like unknown-kind", default=ALL),
            Option("order", known=lambda _: ORDERS, default="state"),
            Option("alarm", form=re.compile(r"[1-9]\d{0,17}"), expected="the number of an alarm"),
            Option("priority", known=lambda _: PRIORITIES, default=ALL),
            Option("life", known=lambda _: [life for life in LIVES if life], default=ALL),
            Option("arrange", known=lambda _: ALARM_ORDERS, default=GROUPED),
            # Devices that no pack places have a page too: any name that a device may have.
            Option("device", known=lambda city: city.devices, form=ID, expected="the id of a device", default=ALL),
            Option("stream", known=lambda _: STREAMS, default=next(iter(STREAMS))),
            Option("step", known=lambda _: LENGTHS, default="day"),
            Option("versus", form=_MOMENT, fits=_is_moment, expected=_A_MOMENT, default=ALL),
            Option("other", known=lambda city: city.districts, default=ALL),
            Option("after", form=re.compile(r"[A-Za-z0-9_-]{1,512}"), expected="the `after` of a page", default=ALL),
            Option("rows", form=re.compile(r"[1-9]\d{0,3}"), expected="how many rows a page has", default="50"),
        )
    }
)
"""By key: what `Panel.options` may name, and what a question then takes as a parameter of that name."""


def as_asked(options: Mapping[str, str]) -> dict[str, str]:
    """The choices under the names by which questions take them."""
    return {OPTIONS[key].asked_as or key: value for key, value in options.items()}
