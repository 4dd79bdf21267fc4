"""Figures, money and times in a text, from the way Indonesians write them to that of another language, by Babel."""

from __future__ import annotations

import re

from babel import Locale
from babel.numbers import format_decimal, parse_decimal

from layouts.formats import LOCALE

_LOCALES = {"en": Locale.parse("en_GB")}  # the day before the month, as the room writes it
_MONTHS, _DAYS = LOCALE.months["format"], LOCALE.days["format"]


def _words(names: object) -> str:
    return "|".join(map(str, dict(names).values()))  # type: ignore[call-overload]  # a mapping without types


_MONTH = f"(?:{_words(_MONTHS['wide'])}|{_words(_MONTHS['abbreviated'])})"
_DAY = f"(?:{_words(_DAYS['wide'])}|{_words(_DAYS['abbreviated'])})"
_CLOCK = re.compile(r"(?<![\d.,:])([01]?\d|2[0-4])\.([0-5]\d)(?![.,]?\d)")
_FIGURE = re.compile(r"(?<![\d.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![.,]?\d)")
_PERCENT = re.compile(r"(?<=[\d¹²–])[ \xa0]%")
_DATED = re.compile(rf"\b(?:({_DAY}),? )?(\d{{1,2}}[ \xa0])({_MONTH})\b|\b({_MONTH})(?= \d{{4}}\b)")

NUMBER = r"(?:Rp)?(?:[<>≥≤] )?(?:[+−±-] ?)?(?:\d[\d.,]*\d|\d)(?:¹²)?(?:[ \xa0]?%)?|(?:Rp)?–(?:[ \xa0]%)?"
"""What a figure looks like, whatever its unit; `–` where nothing is known."""
_DATE = rf"{_MONTH} \d{{4}}|(?:{_DAY},? )?\d{{1,2}}[ \xa0]{_MONTH}(?: \d{{4}})?(?: \d\d\.\d\d)?"
VALUE = rf"(?:{_DATE}|{NUMBER})(?:–(?:{_DATE}|{NUMBER}))?"
"""A figure, a date, a time, or a span of these."""


class Spelling:
    """How one language writes figures and times."""

    def __init__(self, language: str) -> None:
        """Take a language's code."""
        self._locale = _LOCALES.get(language) or Locale.parse(language)
        self._names = {
            str(name): str(own["format"][width][key])
            for found, own in ((_MONTHS, self._locale.months), (_DAYS, self._locale.days))
            for width in ("wide", "abbreviated")
            for key, name in found[width].items()
        }

    def value(self, text: str) -> str:
        """Return a text with every figure, date and time in it as this language writes them."""
        text = _CLOCK.sub(r"\1:\2", _DATED.sub(self._dated, text))
        return _PERCENT.sub("%", _FIGURE.sub(self._figure, text))

    def _dated(self, found: re.Match[str]) -> str:
        day = f"{self._names[found[1]]} " if found[1] else ""
        return f"{day}{found[2] or ''}{self._names[found[3] or found[4]]}"

    def _figure(self, found: re.Match[str]) -> str:
        decimals = len(found[0].partition(",")[2])
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return format_decimal(parse_decimal(found[0], locale=LOCALE), pattern, locale=self._locale)
