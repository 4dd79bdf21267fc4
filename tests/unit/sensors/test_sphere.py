"""Distance and direction on the sphere, by figures that are known."""

import pytest

from sensors.sphere import bearing, kilometres


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (1, 0), 111.2),
        ((0, 0), (0, 180), 111.2 * 180),
        ((-6.1754, 106.8272), (-7.7956, 110.3695), 430),  # Jakarta to Yogyakarta
    ],
)
def test_kilometres(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert kilometres(one, other) == pytest.approx(km, rel=0.01)
    assert kilometres(other, one) == pytest.approx(kilometres(one, other))


@pytest.mark.parametrize(
    ("other", "degrees"), [((1, 0), 0), ((0, 1), 90), ((-1, 0), 180), ((0, -1), 270), ((1, 1), 45), ((-1, -1), 225)]
)
def test_bearing(other: tuple[float, float], degrees: float) -> None:
    assert bearing((0, 0), other) == pytest.approx(degrees, abs=0.1)
