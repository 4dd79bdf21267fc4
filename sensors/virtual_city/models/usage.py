"""The city's application, the certificates it issues, and the regions that have taken it over."""

from __future__ import annotations

from collections.abc import Mapping

from sensors.virtual_city.chance import count, draw
from sensors.virtual_city.daytime import HOUR, profile
from sensors.virtual_city.moment import Model, Moment

# 14 services, 36 menus, 1 062 235 downloads and 47 regions at the end of 2023, as the city's own papers say.
_SERVICES, _MENUS, _REGIONS = 14, 36, 47
_DOWNLOADS, _COUNTED, _A_DAY = 1_062_235, 738_885, 260
_AWAKE = (
    0.12,
    0.07,
    0.05,
    0.05,
    0.1,
    0.3,
    0.6,
    0.85,
    1,
    0.98,
    0.92,
    0.85,
    0.8,
    0.78,
    0.76,
    0.74,
    0.7,
    0.66,
    0.7,
    0.8,
    0.76,
    0.6,
    0.4,
    0.22,
)
_USERS = 3600.0  # an hour at the busiest
_OPENS, _CLOSES = 8.0, 16.0
_CERTIFICATES = 14.0  # an office hour


def app_downloads(moment: Moment) -> float:
    """Downloads so far, growing evenly since they were last counted."""
    days = moment.sky.local.day(moment.at) - _COUNTED + moment.hour / 24
    return float(_DOWNLOADS + int(_A_DAY * max(0.0, days)))


def app_users(moment: Moment) -> float:
    """People who used the application in the interval."""
    mean = _USERS * profile(_AWAKE, moment.hour) * moment.seconds / HOUR
    mean *= 0.75 if moment.sky.local.weekend(moment.at) else 1.0
    return float(count(moment.seed, mean * (1 + 0.12 * moment.drift("use", 4 * HOUR)), moment.device.key, moment.at))


def certificates_issued(moment: Moment) -> float:
    """Certificates of the interval, in office hours of working days."""
    if moment.sky.local.weekend(moment.at) or not _OPENS <= moment.hour < _CLOSES:
        return 0.0
    busy = 0.7 + 0.6 * draw(moment.seed, "certificates", moment.sky.local.day(moment.at))
    mean = _CERTIFICATES * busy * moment.seconds / HOUR
    return float(count(moment.seed, mean, moment.device.key, "certificates", moment.at))


MODELS: Mapping[str, Model] = {
    "app_downloads": app_downloads,
    "app_users": app_users,
    "app_services": lambda _: float(_SERVICES),
    "app_menus": lambda _: float(_MENUS),
    "certificates_issued": certificates_issued,
    "replicating_regions": lambda _: float(_REGIONS),
}
