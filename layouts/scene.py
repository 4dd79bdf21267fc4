"""What a scene is: one wall page, its panels, and the grid they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html

from layouts.panel import Panel
from layouts.panels import PANELS


@dataclass(frozen=True, slots=True)
class Scene:
    """One wall page: its panels in reading order, and its place among the scenes.

    `dashboard/assets/scenes/<key>.css` styles the grid by `.scene-<key>` with one `.area-<panel>` a panel.
    """

    key: str
    title: str
    place: int
    panels: tuple[Panel, ...]


def scene_of(key: str, title: str, place: int, *panels: str) -> Scene:
    """Return a scene of these panels, by their keys."""
    return Scene(key, title, place, tuple(PANELS[name] for name in panels))


def slot(panel: str) -> str:
    """The id of the place in which a panel stands."""
    return f"slot-{panel}"


def place_of(scene: str) -> str:
    """The id of a scene's grid."""
    return f"scene-{scene}"


def compose(scene: Scene) -> html.Main:
    """The scene's grid, one empty slot a panel; the event stream brings the pictures."""
    return html.Main(
        [html.Div(id=slot(panel.key), className=f"area area-{panel.key}") for panel in scene.panels],
        id=place_of(scene.key),
        tabIndex="-1",  # where the skip link of an operator's desk leads
        className=f"scene scene-{scene.key}",
    )
