"""What a desk page is: one subject in depth, with its address, its panels and its place in the menu."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from layouts import html
from layouts.panel import Panel
from layouts.panels import PANELS
from layouts.scene import place_of, slot
from sensors.city import City

CONTROLS = "react-entry-point"
"""Where Dash draws; the name is Dash's."""
Objects: TypeAlias = Callable[[Mapping[str, str], City, datetime], tuple[str, str] | None]
NAMED = re.compile(r"\{(\w+)(?::\w+)?\}")  # `{case:path}` takes slashes too


@dataclass(frozen=True, slots=True)
class Page:
    """One desk page: `path` like `/wilayah/{district}`, whose braces name options; further ones stand behind the `?`.

    `title` says what the page is about under its options. `menu` is its word in the desk's menu, empty where one gets
    there by links only; `place` orders the menu. `wide` panels take a whole line. `controls` says that people choose
    or sort on it, so that Dash is loaded (`dashboard.controls`); `options` are choices that only these controls take.
    `deeds` says that people change something on it, under the position that they hold (`dashboard.duty`). `objects`
    says what is wrong with choices that are right each by itself: which of them, and in words; None where all is well.
    """

    key: str
    path: str
    title: Callable[[City, Mapping[str, str]], str]
    panels: tuple[Panel, ...]
    place: int = 0
    menu: str = ""
    wide: tuple[str, ...] = ()
    controls: bool = False
    options: tuple[str, ...] = ()
    deeds: bool = False
    objects: Objects | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The options that the path itself names."""
        return tuple(NAMED.findall(self.path))


def page_of(
    key: str,
    path: str,
    title: Callable[[City, Mapping[str, str]], str],
    *panels: str,
    place: int = 0,
    menu: str = "",
    wide: tuple[str, ...] = (),
    controls: bool = False,
    options: tuple[str, ...] = (),
    deeds: bool = False,
    objects: Objects | None = None,
) -> Page:
    """Return a page of these panels, by their keys."""
    shown = tuple(PANELS[name] for name in panels)
    return Page(key, path, title, shown, place, menu, wide, controls, options, deeds, objects)


def compose(page: Page) -> html.Main:
    """The page's panels under each other, or side by side where the window is wide; empty slots, as in a scene."""
    areas = [
        html.Div(
            id=slot(panel.key),
            className=" ".join(
                ["area", f"area-{panel.key}", *([f"look-{panel.look}"] if panel.look else []),
                 *(["area-wide"] if panel.key in page.wide else [])]
            ),
        )
        for panel in page.panels
    ]  # fmt: skip
    if page.controls:  # beside the slots: what Dash draws must stay when a picture is drawn anew
        areas.append(html.Div(id=CONTROLS, className="area area-wide area-controls"))
    return html.Main(areas, id=place_of(page.key), tabIndex="-1", className=f"desk desk-{page.key}")
