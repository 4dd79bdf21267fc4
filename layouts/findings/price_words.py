"""How prices are said: per unit, changes with a direction, a reference without the doubts of its source."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from layouts.formats import LOCALE, NOTHING, number, percent
from sensors.city import City, Commodity, ReferencePrice

_STEADY = 0.05
"""Percent below which a price is called steady: it would be written 0,0."""
_WHOLE = 9.95
_UNBROKEN = "\N{NO-BREAK SPACE}"
"""No line ends between a figure and its unit."""
_MOST = 1000.0


def per_unit(commodity: Commodity) -> str:
    """`/kg`, `/kaleng 397 g`."""
    return f"/{commodity.unit}"


def change(value: float | None) -> str:
    """A change as it is written in a column: `+1,2 %`, `−12 %`, `tetap`."""
    if value is None:
        return NOTHING
    return "tetap" if abs(value) < _STEADY else share(value, sign=True)


def against(value: float | None) -> str:
    """How far a price is from another one: `+1,2 %`, `sama`."""
    if value is None:
        return NOTHING
    return "sama" if abs(value) < _STEADY else share(value, sign=True)


def share(value: float, *, sign: bool = False) -> str:
    """Percent with one decimal below ten, where it still says something."""
    if abs(value) > _MOST:
        return "> 1.000 %" if value > 0 else "< −1.000 %"
    return percent(value, 1 if abs(value) < _WHOLE else 0, sign=sign).replace(" ", _UNBROKEN)


def threshold(value: float) -> str:
    """A threshold as its pack says it: `5 %`, `7,5 %`."""
    return percent(value, 0 if value == int(value) else 1).replace(" ", _UNBROKEN)


def distance(over: float, reference: ReferencePrice) -> str:
    """How far a price is from its reference: `7,0 % di atas HAP`, `tepat di HET`."""
    if abs(over) < _STEADY:
        return f"sedikit di atas {reference.instrument}" if over > 0 else f"tepat di {reference.instrument}"
    return f"{share(abs(over))} di {'atas' if over > 0 else 'bawah'} {reference.instrument}"


def bound(reference: ReferencePrice) -> str:
    """`HET 13.500`; of a range the upper bound, which counts."""
    return f"{reference.instrument} {number(reference.high)}"


def local_date(on: date) -> str:
    """`21 Nov`."""
    return format_date(on, "d MMM", locale=LOCALE).replace(" ", _UNBROKEN)


def market_name(city: City, key: str) -> str:
    """The market's short name; its key where the pack does not name it."""
    market = city.markets.get(key)
    return market.short if market else key
