"""Panels on screens of every size: what a sheet gives below a width is what the panel says of it."""

from __future__ import annotations

import re

import pytest

from dashboard.assets import FOLDER
from layouts.panels import PANELS
from layouts.screen import Screen
from sensors.city import City
from tests.pack import SCENES

SHEETS = "\n".join(path.read_text() for path in sorted(FOLDER.rglob("*.css")))
BELOW = {float(width) for width in re.findall(r"@container area \(width < ([\d.]+)rem\)", SHEETS)}
PADDING = 2.5
LARGEST_TYPE = 120 / Screen(8, 55, 2, 2).scale - PADDING  # rem across a 2x2 wall of 55 inches, read from 8 m
ON_WALLS = sorted({name for scene in SCENES.values() for row in scene.entry.areas for name in row})


@pytest.mark.parametrize("key", ON_WALLS)
def test_a_panel_wider_than_the_wall_has_a_narrow_form_from_just_there_on(key: str) -> None:
    width = PANELS[key].fit.width
    if width > LARGEST_TYPE:
        assert width in BELOW


@pytest.mark.parametrize("key", ON_WALLS)
def test_a_panel_leaves_out_only_what_it_names(key: str) -> None:
    fit = PANELS[key].fit
    assert fit.width > 0
    assert fit.height > 0
    assert all("|" not in name for name in (*fit.spare, *fit.rows, *fit.yields))


def test_warnings_keep_a_wall_bright(city: City) -> None:
    assert {"warnings", "rivers", "gauges"} <= {key for key in ON_WALLS if PANELS[key].warns}
