"""Air at a station: fine dust from traffic and the night inversion, washed out by rain; temperature, humidity, wind."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sensors.virtual_city.chance import draw, drift
from sensors.virtual_city.daytime import DAY, HOUR
from sensors.virtual_city.fires import smoke
from sensors.virtual_city.moment import Model, Moment

# 24-hour PM2.5 (µg/m³) that the published ISPU of a place corresponds to: Tanah Tinggi 56-63, Karang Tengah 58,
# Cikokol 28, Pasir Jaya 67-81 (tangerangkota 50785, 56263; kumparan 2025-10-20). Elsewhere chance decides.
_USUAL = {"tanah-tinggi": 23.0, "karang-tengah": 22.0, "cikokol": 9.5, "pasir-jaya": 35.0}
_TIP = 0.2  # mm that tip the bucket of a rain gauge


def pm25(moment: Moment) -> float:
    """PM2.5 in µg/m³."""
    return max(1.0, _dust(moment) * (1 + 0.06 * moment.bell("pm25")))


def pm10(moment: Moment) -> float:
    """PM10 in µg/m³: the fine dust and what wheels stir up while the road is dry."""
    dry = math.exp(-moment.rain_mm(2 * HOUR) / 2)
    return max(2.0, _dust(moment) * (1.35 + 0.55 * moment.bustle * dry) * (1 + 0.06 * moment.bell("pm10")))


def temperature(moment: Moment) -> float:
    """Air temperature in °C."""
    own = draw(moment.seed, moment.device.key, "warm") - 0.5
    return moment.sky.temperature(moment.device.point, moment.at) + own + 0.1 * moment.bell("temperature")


def humidity(moment: Moment) -> float:
    """Relative humidity in %."""
    return min(100.0, moment.sky.humidity(moment.device.point, moment.at) + 0.5 * moment.bell("humidity"))


def rain(moment: Moment) -> float:
    """Rain in mm of the interval, in tips of 0.2 mm. The bucket keeps what is left over: no drop is lost."""
    local, since = moment.sky.local, moment.at - moment.seconds
    midnight = local.instant(local.day(since), 0)
    tipped = [math.floor(moment.rain_mm(moment.at - midnight) / _TIP)]
    tipped.append(math.floor(moment.sky.rain_mm(moment.device.point, midnight, since) / _TIP))
    return (tipped[0] - tipped[1]) * _TIP


def wind_speed(moment: Moment) -> float:
    """Wind speed in m/s."""
    return max(0.0, moment.sky.wind(moment.device.point, moment.at) + 0.25 * moment.bell("wind"))


def _dust(moment: Moment) -> float:
    inversion = 0.5 * (1 + math.cos((moment.hour - 2.5) / 24 * 2 * math.pi))  # 1 at 02:30, 0 at 14:30
    cycle = 0.62 + 0.4 * moment.bustle + 0.35 * inversion
    days = 1 + 0.3 * drift(moment.seed, "haze", moment.at, 2.5 * DAY) + 0.12 * moment.drift("dust", 2 * HOUR)
    staged = moment.sky.scenario.haze if moment.at >= moment.sky.begins else 1.0
    washed = 0.45 + 0.55 * math.exp(-moment.rain_mm(3 * HOUR) / 5)
    return _usual(moment) * cycle * days * staged * washed + smoke(moment.sky, moment.device.point, moment.at)


def _usual(moment: Moment) -> float:
    for place, value in _USUAL.items():
        if place in moment.device.key:
            return value
    return 12 + 18 * draw(moment.seed, moment.device.key, "usual")


MODELS: Mapping[str, Model] = {
    "pm25": pm25,
    "pm10": pm10,
    "temperature": temperature,
    "humidity": humidity,
    "rain": rain,
    "wind_speed": wind_speed,
}
