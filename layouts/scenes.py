"""Scenes: which panels make one wall page and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dash import html

from layouts.panel import Panel
from layouts.panels import PANELS


@dataclass(frozen=True, slots=True)
class Scene:
    """One wall page: its panels in reading order; `layouts` styles the grid by `.scene-<key>` with one area a panel."""

    key: str
    title: str
    panels: tuple[Panel, ...]


def _scene(key: str, title: str, *panels: str) -> Scene:
    return Scene(key, title, tuple(PANELS[name] for name in panels))


OVERVIEW = _scene(
    "overview", "Ikhtisar kota",
    "summary", "warnings", "air", "rivers", "map", "pulse", "prices", "complaints", "feeds", "sensors",
)  # fmt: skip

LAYANAN = _scene("layanan", "Layanan", "services", "emergency", "complaints", "feeds")

SCENES: Mapping[str, Scene] = MappingProxyType({scene.key: scene for scene in (OVERVIEW, LAYANAN)})
"""By key."""


def slot(panel: str) -> str:
    """The id of the place in which a panel stands."""
    return f"slot-{panel}"


def compose(scene: Scene) -> html.Main:
    """The scene's grid, one empty slot a panel; the event stream brings the pictures."""
    return html.Main(
        [html.Div(id=slot(panel.key), className=f"area area-{panel.key}") for panel in scene.panels],
        id=f"scene-{scene.key}",
        className=f"scene scene-{scene.key}",
    )
