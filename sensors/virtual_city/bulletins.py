"""What offices announce: the city's news, its paper each morning, police notices, and a notice of the room's keepers.

All of it is made up and general: no event that happened, no name of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from sensors.city import District
from sensors.virtual_city.chance import count, dice
from sensors.virtual_city.daytime import DAY, HOUR, SATURDAY
from sensors.virtual_city.headlines import CLOSED, NEWS, POLICE
from sensors.virtual_city.world import World

_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
_LONGEST_DAYS = 1  # an announcement is made on its own day


@dataclass(frozen=True, slots=True)
class Announcement:
    """One bulletin of level info or waspada, made at an instant (epoch s); `lasts` s, None where it says no end."""

    at: float
    channel: str
    ident: str
    title: str
    body: str
    severity: str
    areas: tuple[str, ...]
    lasts: float | None


def announcements(world: World, since: float, until: float) -> Iterator[Announcement]:
    """What is announced in (since, until], in the order of time, on the channels that the pack has."""
    local = world.sky.local
    days = range(local.day(since) - _LONGEST_DAYS, local.day(until) + 1)
    found = [made for day in days for made in announced(world, day) if since < made.at <= until]
    yield from sorted(found, key=lambda made: made.at)


def announced(world: World, day: int) -> Iterator[Announcement]:
    """Everything announced on one local day."""
    makers = {"news": _news, "epaper": _edition, "police": _police, "notice": _notice}
    told: set[str] = set()
    for channel in world.city.channels.values():
        if channel.kind in makers and channel.kind not in told:
            told.add(channel.kind)
            yield from makers[channel.kind](world, channel.key, day)


def _news(world: World, channel: str, day: int) -> Iterator[Announcement]:
    chance = dice(world.seed, "news", day)
    n = chance.choice((2, 2, 3)) if date.fromordinal(day).weekday() >= SATURDAY else chance.choice((4, 5, 6))
    for number, (title, body) in enumerate(chance.sample(NEWS, n)):
        where = _somewhere(world, chance)
        at = world.sky.local.instant(day, chance.uniform(7.5, 19.0))
        yield _made(channel, day, number, at, (title, body), where)


def _edition(world: World, channel: str, day: int) -> Iterator[Announcement]:
    chance, today = dice(world.seed, "epaper", day), date.fromordinal(day)
    main = min(_news(world, channel, day - 1), key=lambda item: item.at)
    name = world.city.channels[channel].name
    title = f"{name} edisi {today.day} {_MONTHS[today.month - 1]} {today.year}"
    at = world.sky.local.instant(day, 5.9 + chance.random() / 4)
    yield Announcement(
        round(at), channel, _ident(channel, day, 0), title, f"{main.title}. {main.body}", "info", (), None
    )


def _police(world: World, channel: str, day: int) -> Iterator[Announcement]:
    chance = dice(world.seed, "police", day)
    for number in range(1 + count(world.seed, 1.8, "police", day)):
        title, body, hours = CLOSED if (closed := chance.random() < 0.15) else chance.choice(POLICE)  # noqa: PLR2004
        at, where = world.sky.local.instant(day, chance.uniform(5.5, 20.5)), _somewhere(world, chance)
        lasts = hours * HOUR * chance.uniform(0.8, 1.3)
        severity = "waspada" if closed else "info"
        yield _made(channel, day, number, at, (title, body), where, severity, lasts)


def _notice(world: World, channel: str, day: int) -> Iterator[Announcement]:
    if date.fromordinal(day).weekday() == SATURDAY - 2:  # the day before working weeks end
        at = world.sky.local.instant(day, 14.0)
        words = "Pemeliharaan berkala Tangerang LIVE", "Beberapa layanan aplikasi dapat lambat pada malam hari."
        yield Announcement(at, channel, _ident(channel, day, 0), *words, "info", (), DAY)


def _made(
    channel: str, day: int, number: int, at: float, words: tuple[str, str], where: District,
    severity: str = "info", lasts: float | None = None,
) -> Announcement:  # fmt: skip
    title, body = (text.format(place=where.name) for text in words)
    return Announcement(
        float(round(at)), channel, _ident(channel, day, number), title, body, severity, (where.code,), lasts
    )


def _somewhere(world: World, chance: Random) -> District:
    return chance.choice(list(world.city.districts.values()))


def _ident(channel: str, day: int, number: int) -> str:
    return f"{channel}-{date.fromordinal(day).isoformat()}-{number + 1}"
