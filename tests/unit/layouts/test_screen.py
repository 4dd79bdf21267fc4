"""Type sizes of the control room's table: 16 minutes of arc at the farthest reader."""

from __future__ import annotations

import pytest

from layouts.screen import Screen

DISTANCES = (3, 5, 8, 10)
TABLE = {  # diagonal in inches, screens across and down -> px of a 1080-line picture at each distance
    (55, 1): (30, 50, 81, 101),
    (75, 1): (22, 37, 59, 74),
    (98, 1): (17, 28, 45, 57),
    (55, 2): (15, 25, 40, 50),
    (55, 3): (10, 17, 27, 34),
}


@pytest.mark.parametrize(("screen", "sizes"), TABLE.items())
def test_the_least_type_is_that_of_the_table(screen: tuple[int, int], sizes: tuple[int, ...]) -> None:
    diagonal, tiles = screen
    found = [Screen(distance, diagonal, tiles, tiles).least_px for distance in DISTANCES]
    assert [round(px) for px in found] == list(sizes)


def test_the_root_grows_with_the_type_and_never_shrinks() -> None:
    assert Screen(8, 55, 2, 2).scale == pytest.approx(40.35 / 15, rel=1e-3)
    assert Screen(3, 55, 3, 3).scale == 1


def test_a_row_of_screens_is_as_high_as_one() -> None:
    assert Screen(5, 55, 3, 1).least_px == pytest.approx(Screen(5, 55).least_px)
    assert Screen(5, 55, 1, 2).least_px < Screen(5, 55).least_px
