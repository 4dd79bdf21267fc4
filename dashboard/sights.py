"""Everything an address can show: the pack's wall scenes and the desk pages, and which choices each may carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.errors import DashboardError
from dashboard.hub import Wall
from layouts import html
from layouts import page as pages
from layouts import scene as scenes
from layouts.options import LANGUAGE, OPTIONS
from layouts.page import Page
from layouts.pages import PAGES
from layouts.panel import Panel
from layouts.scene import OVER, Rotation, Scene, overview_of, scenes_of
from layouts.translate import Language, languages_of
from sensors.city import City

DESK = "desk/"
"""What the name of a desk page begins with, so that a scene of a city may be called the same."""
TURNING = "turning/all"
"""The name of the wall that turns through its scenes: one for all of them, whichever scenes they choose."""


class OptionError(DashboardError):
    """A choice in the address that nothing offers; `name` is the field, `found` what it said.

    `words` say it to people where it is not simply a choice that does not exist.
    """

    def __init__(self, name: str, found: str, expected: str, words: str = "") -> None:
        """Say which field, what was found and what is on offer."""
        super().__init__(f"{name}: found {found!r}, expected {expected}")
        self.name, self.found = name, found
        self.words = words or f"Pilihan {name}: {found} tidak ada."


@dataclass(frozen=True, slots=True)
class Sight:
    """A scene, a rotation of scenes or a desk page under the name by which the hub and the event stream know it."""

    name: str
    source: Scene | Rotation | Page

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Its panels in reading order; on a wall what may stand over them comes last."""
        return self.source.panels if isinstance(self.source, Page) else (*self.source.panels, OVER)

    @property
    def options(self) -> tuple[str, ...]:
        """The choices that decide what it shows, each once."""
        own = (*self._named, *(self.source.options if isinstance(self.source, Page) else ()))
        return tuple(dict.fromkeys([*own, *(option for panel in self.panels for option in panel.options), LANGUAGE]))

    @property
    def _named(self) -> tuple[str, ...]:
        """Those that the path of a page names, which it therefore must say."""
        return self.source.named if isinstance(self.source, Page) else ()

    @property
    def page(self) -> Page | None:
        """The desk page it is, or None for a wall."""
        return self.source if isinstance(self.source, Page) else None

    def title(self, city: City, options: Mapping[str, str]) -> str:
        """What it is called on screen."""
        return self.source.title(city, options) if isinstance(self.source, Page) else self.source.title

    def compose(self) -> html.Main:
        """Its panels' slots, empty."""
        return pages.compose(self.source) if isinstance(self.source, Page) else scenes.compose(self.source)

    def choose(self, city: City, query: Mapping[str, str]) -> dict[str, str]:
        """Return its options from an address; what it does not use is passed over. Raises `OptionError`."""
        chosen = dict(self._chosen(city, query))
        wrong = self.page.objects(chosen, city, datetime.now(UTC)) if self.page and self.page.objects else None
        if wrong is not None:
            name, words = wrong
            raise OptionError(name, chosen[name], words, words)
        return chosen

    def _chosen(self, city: City, query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name in self.options:
            option = OPTIONS[name]
            default = None if name in self._named else option.default
            found = query.get(name) or default
            if found is None:
                raise OptionError(name, "", "a value")
            expected = None if found == default else option.wrong(city, found)
            if expected is not None:
                raise OptionError(name, found, expected)
            yield name, found


@dataclass(frozen=True, slots=True)
class Sights:
    """All of a city's, by name; `overview` is the scene that `/` shows."""

    city: City
    by_name: Mapping[str, Sight]
    overview: Sight
    languages: Mapping[str, Language]

    @classmethod
    def of(cls, city: City) -> Sights:
        """Collect them. Raises `LayoutError` naming file and entry where the pack names an unknown panel."""
        walls = scenes_of(city)
        found = [Sight(key, scene) for key, scene in walls.items()]
        found.append(Sight(TURNING, Rotation.of(tuple(walls.values()))))
        found += [Sight(DESK + key, page) for key, page in PAGES.items()]
        return cls(city, {sight.name: sight for sight in found}, found[0], languages_of(city))

    @property
    def scenes(self) -> Mapping[str, Sight]:
        """The wall scenes by key, in the order in which a wall turns through them."""
        return {name: sight for name, sight in self.by_name.items() if isinstance(sight.source, Scene)}

    @property
    def pages(self) -> Mapping[str, Sight]:
        """The desk pages by the address of each."""
        return {sight.page.path: sight for sight in self.by_name.values() if sight.page is not None}

    def turning(self, keys: Sequence[str]) -> Sight:
        """Return the wall that turns through the scenes of these keys; all where none is. Raises `OptionError`."""
        rotation = self.by_name[TURNING].source
        assert isinstance(rotation, Rotation)  # noqa: S101 - made so above
        for key in keys:
            if key not in self.scenes:
                raise OptionError("scenes", key, f"some of {', '.join(self.scenes)}")
        return Sight(TURNING, rotation.only(keys) if keys else rotation)

    def find(self, name: str) -> Sight:
        """Return the sight of this name. Raises `OptionError`."""
        if name not in self.by_name:
            raise OptionError("scene", name, f"one of {', '.join(self.by_name)}")
        return self.by_name[name]

    def wall(self) -> Wall:
        """Return what the hub keeps, with the overview kept warm."""
        panels = {panel.key: panel for sight in self.by_name.values() for panel in sight.panels}
        shown = {name: tuple(panel.key for panel in sight.panels) for name, sight in self.by_name.items()}
        return Wall(panels, shown, overview_of(self.city), self.overview.choose(self.city, {}), self.languages)
