"""What a scene is: one wall page of the city pack, with its panels and the grid they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from layouts import html
from layouts.errors import LayoutError
from layouts.panel import Panel
from layouts.panels import PANELS
from layouts.parts import marked
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

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Itself: what a page of this one scene turns through."""
        return (self,)


@dataclass(frozen=True, slots=True)
class Rotation:
    """Several scenes on one page, shown in turn. `panels` are those of all the scenes there are, each once.

    So every turning wall shares one view of the hub, whichever scenes it turns through.
    """

    scenes: tuple[Scene, ...]
    panels: tuple[Panel, ...]

    @classmethod
    def of(cls, scenes: Sequence[Scene]) -> Rotation:
        """Turn through all of them."""
        return cls(tuple(scenes), tuple({panel.key: panel for scene in scenes for panel in scene.panels}.values()))

    def only(self, keys: Sequence[str]) -> Rotation:
        """Return the one that turns through the scenes of these keys, in that order."""
        by_key = {scene.key: scene for scene in self.scenes}
        return Rotation(tuple(by_key[key] for key in keys), self.panels)

    @property
    def key(self) -> str:
        """The key of the scene it begins with."""
        return self.scenes[0].key

    @property
    def title(self) -> str:
        """The name on screen of the scene it begins with."""
        return self.scenes[0].title


def scenes_of(city: City) -> Mapping[str, Scene]:
    """The city's scenes by key, the overview first. Raises `LayoutError` naming file and entry of a wrong panel."""
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


OVER = PANELS["takeover"]
"""What may stand over the picture of every wall."""


def over(city: City) -> html.Div:
    """The place of what takes a wall over: empty and hidden until `assets/takeover.js` shows it."""
    told = {"seconds": f"{city.takeover.seconds}", "apart": f"{60 / city.takeover.most_per_minute:g}"}
    place = html.Div(
        id=slot(OVER.key),
        className=f"area area-{OVER.key}",
        **marked(spare=_selectors(OVER.fit.spare), says=_selectors(OVER.fit.says)),
    )
    spoken = {"aria-modal": "true", "aria-live": "off"}
    return html.Div(
        place,
        id=OVER.key,
        className="takeover",
        hidden=True,
        role="alertdialog",
        tabIndex="-1",
        **spoken,
        **marked(**told),
    )


def compose(wall: Scene | Rotation) -> html.Main:
    """The first scene's grid, one empty slot a panel; whoever shows it fills in the pictures.

    Each panel has one slot, however many scenes it is in; `assets/stage.js` turns through them by the plan.
    """
    entry = wall.scenes[0].entry
    lines = " ".join(f'"{" ".join(line)}"' for line in entry.areas)
    return html.Main(
        [_area(entry, panel) for panel in wall.panels],
        id=place_of(wall.key),
        tabIndex="-1",  # where the skip link of an operator's desk leads
        className=f"scene scene-{entry.key}",
        style={"--columns": _tracks(entry.columns), "--rows": _tracks(entry.rows), "--areas": lines},
        **marked(
            plan=json.dumps([_plan(scene.entry) for scene in wall.scenes], separators=(",", ":")),
            titles=" · ".join(scene.title for scene in wall.scenes),  # words, so that they can be said in any language
        ),
    )


def _plan(entry: SceneEntry) -> Mapping[str, object]:
    """What the browser needs in order to turn to a scene, and to lay it out on a screen of another size."""
    return {
        "key": entry.key,
        "dwell": entry.dwell,
        "columns": entry.columns,
        "rows": entry.rows,
        "areas": entry.areas,
    }


def _area(first: SceneEntry, panel: Panel) -> html.Div:
    classes = ["area", f"area-{panel.key}", *([f"look-{panel.look}"] if panel.look else [])]
    if panel.key in first.unseen:
        return html.Div(id=slot(panel.key), className=" ".join([*classes, "area-unseen"]))
    shown = panel.key in first.panels
    if panel.key in first.areas[0]:
        classes.append("area-top")  # no divider above: the header has one
    if panel.warns:
        classes.append("area-warns")
    fit = panel.fit
    return html.Div(
        id=slot(panel.key),
        className=" ".join(classes),
        style={"gridArea": panel.key} if shown else None,
        hidden=not shown,
        **marked(
            area=panel.key,
            width=f"{fit.width:g}",
            height=f"{fit.height:g}",
            tall=f"{fit.height if fit.tall is None else fit.tall:g}",
            broad=f"{fit.broad[0]:g} {fit.broad[1]:g}" if fit.broad else None,
            grows=None if fit.grows else "no",
            spare=_selectors(fit.spare),
            rows=_selectors(fit.rows),
            yields=_selectors(fit.yields),
            says=_selectors(fit.says),
        ),
    )


def _selectors(names: Sequence[str]) -> str | None:
    return "|".join(names) or None


def _tracks(tracks: tuple[str, ...]) -> str:
    """A share of what is left may be as small as it must: what stands in it never widens it."""
    return " ".join(f"minmax(0, {track})" if track.endswith("fr") else track for track in tracks)


def _panels(entry: SceneEntry) -> Iterator[Panel]:
    for name in entry.panels:
        if name not in PANELS:
            raise LayoutError(f"{entry.where}: key 'areas': found panel {name!r}, expected {one_of(name, PANELS)}")
        if PANELS[name].desk_only:
            raise LayoutError(
                f"{entry.where}: key 'areas': found panel {name!r}, which belongs on no wall: expected another"
            )
        yield PANELS[name]
