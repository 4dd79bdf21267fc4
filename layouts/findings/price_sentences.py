"""What is said about a price that wants a look: name, figure, and three sentences: the price, the rule, the markets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from layouts import theme
from layouts.findings.price_concerns import Concern, Why
from layouts.findings.price_words import bound, change, distance, local_date, market_name, per_unit, share, threshold
from layouts.findings.standings import WEEK, Standing
from layouts.formats import number, rupiah, short
from sensors.city import City, ReferencePrice

NAMED = 2
"""Markets named of a concern; more are counted."""
_LONGEST = 74
_HALF = 40


@dataclass(frozen=True, slots=True)
class Sentences:
    """Words for one place; a sentence there is nothing to say in is empty."""

    name: str = ""
    figure: str = ""
    price: str = ""
    rule: str = ""
    where: str = ""


NOTHING_SAID = Sentences()


def sentences(each: Concern, city: City) -> Sentences:
    """The words about one concern."""
    return _SAYS[each.why](each, city)


def _above(each: Concern, city: City) -> Sentences:
    one, alarm = each.standing, each.alarm
    if one.reference is None or alarm is None or one.over is None:
        return Sentences(one.commodity.name)
    held = alarm.reference
    rule = f"{_regulation(held)}."
    if held != one.reference:
        rule = f"Dimulai saat {held.instrument} {rupiah(held.high)}: {short(held.regulation, _HALF)}."
    days = f"{number(alarm.days)} hari" if alarm.days > 1 else "hari ini"
    return Sentences(
        _headed(each),
        f"{share(one.over)} di atas",
        f"{_median(one)}, {_money(one.reference)}. Sejak {_since(alarm.raised_on, one)}, {days}.",
        rule,
        _where(one, city),
    )


def _jumped(each: Concern, city: City) -> Sentences:
    one, found = each.standing, each.standing.changes[WEEK]
    if found is None or found.step is None:
        return Sentences(one.commodity.name)
    dearest = one.offers[-1] if one.offers else None
    return Sentences(
        _headed(each),
        f"{'naik' if found.percent > 0 else 'turun'} {share(abs(found.percent))}",
        f"{_median(one)}, pada {local_date(found.since)} {rupiah(found.earlier)}.",
        f"Ambang proyek, bukan peraturan: lebih dari {threshold(found.step.percent)} dalam 7 hari.",
        f"Termahal di {market_name(city, dearest['market'])}, {rupiah(dearest['price'])}." if dearest else "",
    )


def _released(each: Concern, _: City) -> Sentences:
    one, alarm = each.standing, each.alarm
    if alarm is None or alarm.ended_by is None or alarm.ended_on is None:
        return Sentences(one.commodity.name)
    old, new = alarm.reference, alarm.ended_by
    return Sentences(
        f"✓ {one.commodity.name}",
        "berakhir",
        f"Di atas {_money(old)} sejak {_since(alarm.raised_on, one)}: {short(old.regulation, _HALF)}.",
        f"Diakhiri {_money(new)} pada {local_date(alarm.ended_on)}: {short(new.regulation, _HALF)}.",
        f"Harga tidak turun: {_median(one).lower()}.",
    )


def _near(each: Concern, _: City) -> Sentences:
    one = each.standing
    if one.reference is None or one.over is None:
        return Sentences(one.commodity.name)
    above, week = len(one.markets_above), one.changes[WEEK]
    some = f"{number(above)} dari {number(len(one.offers))} pasar di atas acuan."
    return Sentences(
        one.commodity.name,
        distance(one.over, one.reference),
        f"{_median(one)}, {bound(one.reference)}.",
        some if above else "Belum ada pasar di atas acuan.",
        f"7 hari: {change(week.percent)}." if week else "",
    )


_SAYS: Mapping[Why, Callable[[Concern, City], Sentences]] = {
    "above": _above,
    "change": _jumped,
    "released": _released,
    "watch": _jumped,
    "near": _near,
}


def _headed(each: Concern) -> str:
    return f"{theme.level(each.rank).sign} {each.standing.commodity.name}"


def _median(one: Standing) -> str:
    return f"Median {rupiah(one.middle)}{per_unit(one.commodity)}"


def _money(reference: ReferencePrice) -> str:
    return f"{reference.instrument} {rupiah(reference.high)}"


def _where(one: Standing, city: City) -> str:
    above, of = one.markets_above, len(one.offers)
    names = [market_name(city, row["market"]) for row in above]
    if len(above) == of > 1:
        return f"Semua {number(of)} pasar, termahal {names[0]}."
    rest = [f"+{number(len(names) - NAMED)}"] if len(names) > NAMED else []
    return f"{number(len(above))} dari {number(of)} pasar: {', '.join([*names[:NAMED], *rest])}."


def _regulation(reference: ReferencePrice) -> str:
    """Its regulation, with the instrument in front where that is not said anyway."""
    words = short(reference.regulation, _LONGEST)
    return words if words.startswith(reference.instrument) else f"{reference.instrument}: {words}"


def _since(day: date, one: Standing) -> str:
    """The first day; where all that is known begins above the reference it may have been earlier."""
    return f"{local_date(day)} atau lebih awal" if day == one.first else local_date(day)
