"""What a scene is: one wall page of the city pack, with its panels and the grid they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from layouts import html
from layouts.errors import LayoutError
from layouts.panel import Panel
from layouts.panels import PANELS
from sensors.city import City, SceneEntry
from sensors.words import one_of


@dataclass(frozen=True, slots=True)
class Scene:
    """One wall page: what the pack says of it, and its panels in reading order."""

    entry: SceneEntry
    panels: tuple[Panel, ...]

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.entry.key

    @property
    def title(self) -> str:
        """Its name on screen."""
        return self.entry.title


def scenes_of(city: City) -> Mapping[str, Scene]:
    """The city's scenes by key, the overview first. Raises `LayoutError` naming file and entry for an unknown panel."""
    return MappingProxyType({entry.key: Scene(entry, tuple(_panels(entry))) for entry in city.scenes.values()})


def overview_of(city: City) -> str:
    """The key of the scene that `/` shows: the pack's first one."""
    return next(iter(city.scenes))


def slot(panel: str) -> str:
    """The id of the place in which a panel stands."""
    return f"slot-{panel}"


def place_of(scene: str) -> str:
    """The id of a scene's grid."""
    return f"scene-{scene}"


def compose(scene: Scene) -> html.Main:
    """The scene's grid, one empty slot a panel; whoever shows it fills in the pictures."""
    entry = scene.entry
    lines = " ".join(f'"{" ".join(line)}"' for line in entry.areas)
    return html.Main(
        [_area(scene, panel) for panel in scene.panels],
        id=place_of(scene.key),
        tabIndex="-1",  # where the skip link of an operator's desk leads
        className=f"scene scene-{scene.key}",
        style={"--columns": _tracks(entry.columns), "--rows": _tracks(entry.rows), "--areas": lines},
    )


def _area(scene: Scene, panel: Panel) -> html.Div:
    classes = ["area", f"area-{panel.key}", *([f"look-{panel.look}"] if panel.look else [])]
    if panel.key in scene.entry.unseen:
        return html.Div(id=slot(panel.key), className=" ".join([*classes, "area-unseen"]))
    if panel.key in scene.entry.areas[0]:
        classes.append("area-top")  # no divider above: the header has one
    return html.Div(id=slot(panel.key), className=" ".join(classes), style={"gridArea": panel.key})


def _tracks(tracks: tuple[str, ...]) -> str:
    """A share of what is left may be as small as it must: what stands in it never widens it."""
    return " ".join(f"minmax(0, {track})" if track.endswith("fr") else track for track in tracks)


def _panels(entry: SceneEntry) -> Iterator[Panel]:
    for name in entry.panels:
        if name not in PANELS:
            raise LayoutError(f"{entry.where}: key 'areas': found panel {name!r}, expected {one_of(name, PANELS)}")
        yield PANELS[name]
