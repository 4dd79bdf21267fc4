"""Numbers, money and times as Indonesians write them: 1.234,5 · Rp13.500 · Sab 21 Nov 14.05 WIB."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal

LOCALE = Locale.parse("id_ID")
NOTHING = "–"
"""Stands where no value is known."""

_UNWRITABLE = 1e12
"""From here on a number is only said to be beyond it: no cell could hold it."""
_EXACT = 1e15
"""Below this a float holds whole numbers exactly."""
_LONG_MINUTES, _LONG_HOURS = 90, 48
"""From here on hours say it better than minutes, and days than hours."""

Number = float | int | Decimal


@lru_cache(maxsize=8192)
def _decimal(value: float, decimals: int, *, sign: bool) -> str:
    places = "0" if decimals == 0 else f"0.{'0' * decimals}"
    pattern = f"#,##{places}"
    written = format_decimal(value, f"+{pattern};-{pattern}" if sign and value else pattern, locale=LOCALE)
    return written.replace("-", "−")


def known(value: Number | None) -> float | None:
    """The value as a finite float, or None."""
    if value is None:
        return None
    number_ = float(value)
    return number_ if isfinite(number_) else None


def number(value: Number | None, decimals: int = 0, *, sign: bool = False) -> str:
    """`1234.5` as `1.234,5`; with `sign` a plus is written too; `–` for nothing."""
    found = known(value)
    if found is None:
        return NOTHING
    if abs(found) >= _UNWRITABLE:
        return "> 10¹²" if found > 0 else "< −10¹²"
    return _decimal(round(found, decimals) + 0.0, decimals, sign=sign)


def plain(value: Number | None) -> str:
    """The value for `data-value`: a machine's number, `13400` or `40.2`; empty for nothing."""
    found = known(value)
    if found is None:
        return ""
    return str(int(found)) if found == int(found) and abs(found) < _EXACT else repr(found)


def rupiah(value: Number | None) -> str:
    """`13500` as `Rp13.500`."""
    return NOTHING if known(value) is None else f"Rp{number(value)}"


def percent(value: Number | None, decimals: int = 0, *, sign: bool = False) -> str:
    """A figure in percent with its sign behind: `92.5` as `93 %`."""
    return NOTHING if known(value) is None else f"{number(value, decimals, sign=sign)} %"


def rfc3339(at: datetime | None) -> str:
    """The time for `data-observed-at`; empty for nothing."""
    return "" if at is None else at.isoformat(timespec="milliseconds")


def clock(at: datetime, zone: ZoneInfo) -> str:
    """`14.05` in the city's zone."""
    return at.astimezone(zone).strftime("%H.%M")


def day(at: datetime, zone: ZoneInfo) -> str:
    """`21 Nov` in the city's zone."""
    return format_datetime(at.astimezone(zone), "d MMM", locale=LOCALE)


def weekday(at: datetime, zone: ZoneInfo) -> str:
    """`Sab 21 Nov` in the city's zone."""
    return format_datetime(at.astimezone(zone), "EEE d MMM", locale=LOCALE)


def duration(seconds: Number | None) -> str:
    """A span in the unit that says it best: `12 menit`, `5,5 jam`, `3,2 hari` (of 24 hours)."""
    found = known(seconds)
    if found is None:
        return NOTHING
    if found < _LONG_MINUTES * 60:
        return f"{number(found / 60)} menit"
    return f"{number(found / 3600, 1)} jam" if found < _LONG_HOURS * 3600 else f"{number(found / 86400, 1)} hari"


def moment(at: datetime, zone: ZoneInfo, word: str) -> str:
    """`Sab 21 Nov 14.05 WIB`: weekday, day, time and the zone's word."""
    return f"{weekday(at, zone)} {clock(at, zone)} {word}"


def inside(name: str) -> str:
    """A name inside a sentence: `Tinggi muka air` begins small, `PM2,5` and `O₃` stay as they are."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def short(text: str | None, most: int) -> str:
    """At most `most` characters of a text, the cut shown by `…`."""
    words = " ".join((text or "").split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
