"""`python -m data maintain`: say that a device is worked on, that it is done, or ask which ones are."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from data.errors import DataError
from data.maintenance_windows import MaintenanceWindow, end_window, set_window, windows
from sensors.city import City, load_city
from sensors.settings import load_settings

Say = Callable[[str], None]
_MOST_REASON = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("device", nargs="?", help="its name in messages; without one, those worked on are listed")
    parser.add_argument("--until", help="when the work will be done, e.g. 2026-12-01T12:00 (the city's time)")
    parser.add_argument("--from", dest="since", help="when it began; default: now")
    parser.add_argument("--reason", help="what is done, in a few words; no names of people")
    parser.add_argument("--end", action="store_true", help="the work is done now")


def run_maintain(asked: argparse.Namespace, say: Say) -> None:
    """Do what was asked and say what holds now. Raises one-line errors."""
    settings = load_settings()
    url, city, now = settings.require_database_url(), load_city(settings.city), datetime.now(UTC)
    if asked.device is None:
        _list(windows(url), city.zone, say)
    elif asked.end:
        ended = end_window(url, asked.device, now, city.zone.key)
        say(f"{asked.device}: done, its readings count again" if ended else f"{asked.device}: was not worked on")
    else:
        _list([set_window(url, _wanted(asked, city, now), city.zone.key)], city.zone, say)


def _list(found: list[MaintenanceWindow], zone: tzinfo, say: Say) -> None:
    for each in found:
        since, until = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (each.starts_at, each.ends_at))
        say(f"{each.device}: worked on from {since} until {until} ({zone}): {each.reason}")
    if not found:
        say("no device is worked on")


def _wanted(asked: argparse.Namespace, city: City, now: datetime) -> MaintenanceWindow:
    if not asked.until or not asked.reason:
        raise DataError("maintain: expected --until and --reason, or --end")
    if len(asked.reason) > _MOST_REASON or not asked.reason.isprintable():
        raise DataError(f"--reason: expected one line of at most {_MOST_REASON} characters")
    since, until = _instant("--from", asked.since, city.zone) or now, _instant("--until", asked.until, city.zone)
    # One day less than the readings are kept: a day that is counted again needs all of its readings.
    earliest = now - timedelta(days=city.retention_days - 1)
    if since < earliest:
        raise DataError(f"--from: found {asked.since}, expected {earliest:%Y-%m-%d} or later: older readings are gone")
    if until is None or until <= max(since, now):
        raise DataError(f"--until: found {asked.until}, expected a time to come, after --from")
    return MaintenanceWindow(asked.device, since, until, asked.reason.strip())


def _instant(name: str, found: str | None, zone: tzinfo) -> datetime | None:
    if found is None:
        return None
    try:
        instant = datetime.fromisoformat(found)
    except ValueError:
        raise DataError(f"{name}: found {found}, expected a time such as 2026-12-01T12:00") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)
