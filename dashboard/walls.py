"""Which scenes there are to show and which choices an address may carry."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.errors import DashboardError
from dashboard.hub import Wall
from layouts.findings.measures import MEASURES
from layouts.scenes import OVERVIEW, SCENES


class OptionError(DashboardError):
    """A choice in the address that nothing offers; `name` is the field."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        """Say which field, what was found and what is on offer."""
        super().__init__(f"found {found!r}, expected one of {expected}")
        self.name = name


def choose_options(scene: str, query: Mapping[str, str]) -> dict[str, str]:
    """Return a view's options from an address. Raises `OptionError` naming the field."""
    if scene not in SCENES:
        raise OptionError("scene", scene, ", ".join(SCENES))
    measure = query.get("measure") or next(iter(MEASURES))
    if measure not in MEASURES:
        raise OptionError("measure", measure, ", ".join(MEASURES))
    return {"measure": measure}


def the_wall() -> Wall:
    """Return everything the layouts offer, with the overview kept warm."""
    panels = {panel.key: panel for scene in SCENES.values() for panel in scene.panels}
    scenes = {key: tuple(panel.key for panel in scene.panels) for key, scene in SCENES.items()}
    return Wall(panels, scenes, OVERVIEW.key, choose_options(OVERVIEW.key, {}))
