"""Street lights by the sun: burning at night, resting by day, and nothing judged between the two."""

from datetime import UTC, datetime

import pytest

from sensors.judge.street_light import judge_light
from sensors.sun import dark, height_at

TANGERANG = (-6.18, 106.63)


@pytest.mark.parametrize(
    ("lit", "sun", "state"),
    [
        (60, -30, "burning"), (0, -30, "dark-at-night"), (0, -6.01, "dark-at-night"), (0, -6, "twilight"),
        (1, -3, "burning"), (0, 0, "twilight"), (5, 0, "burning"), (5, 0.1, "lit-by-day"), (0, 0.1, "resting"),
    ],
)  # fmt: skip
def test_a_feeder_by_the_sun(lit: float, sun: float, state: str) -> None:
    assert judge_light(lit, sun) == state


@pytest.mark.parametrize(
    ("wib", "low", "high"),
    [((5, 25), -2.5, 2.5), ((11, 39), 75, 90), ((17, 50), -2.5, 2.5), ((0, 0), -90, -60), ((18, 15), -9, -5)],
)
def test_the_sun_over_tangerang_in_november(wib: tuple[int, int], low: float, high: float) -> None:
    # Almanacs give sunrise 05.25 and sunset 17.51 WIB for Jakarta in the second half of November.
    hour, minute = wib
    day, hour = (22, hour - 7) if hour >= 7 else (21, hour + 17)
    assert low < height_at(datetime(2026, 11, day, hour, minute, tzinfo=UTC), *TANGERANG) < high


def test_photocells_switch_a_little_after_sunset() -> None:
    switched = [dark(datetime(2026, 11, 22, 10, minute, tzinfo=UTC).timestamp(), *TANGERANG) for minute in (52, 59)]
    after = dark(datetime(2026, 11, 22, 11, 10, tzinfo=UTC).timestamp(), *TANGERANG)
    assert (switched[0], after) == (False, True)
