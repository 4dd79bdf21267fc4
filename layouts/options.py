"""The choices an address may carry: which there are, what they may say, and what holds when they say nothing.

`/?measure=pm25`, `/wilayah/36.71.08`: whatever decides what a page shows stands in its address, so that a link shows
the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from layouts.findings.measures import DEFAULT, MEASURES
from layouts.translate import LANGUAGES, SOURCE
from sensors.city import City
from sensors.words import one_of


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: one of the words `known` in a city, or any that `form` fits; `expected` says that form in words.

    `default` holds where an address does not say it; without one it must, as `/wilayah/{district}` does.
    """

    key: str
    known: Callable[[City], Collection[str]] | None = None
    form: re.Pattern[str] | None = None
    expected: str = ""
    default: str | None = None

    def wrong(self, city: City, found: str) -> str | None:
        """What was expected instead of `found`; None where it is right."""
        if self.known is not None:
            words = self.known(city)
            return None if found in words else one_of(found, words)
        return None if self.form is not None and self.form.fullmatch(found) else self.expected


LANGUAGE = "lang"
"""The choice that every page has; no panel depends on it, a picture is translated when it is shown."""

OPTIONS: Mapping[str, Option] = MappingProxyType(
    {
        option.key: option
        for option in (
            Option(LANGUAGE, known=lambda _: LANGUAGES, default=SOURCE),
            Option("measure", known=lambda _: MEASURES, default=DEFAULT),
            Option("district", known=lambda city: city.districts),
        )
    }
)
"""By key: what `Panel.options` may name, and what a question then takes as a parameter of the same name."""
