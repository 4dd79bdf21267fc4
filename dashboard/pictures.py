"""Rows to pictures: the one door where a panel may fail without taking the wall with it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.answers import Asked, options_in
from dashboard.diff import Change, changes
from dashboard.figures import RENDER_FAILURES
from dashboard.sources import options_of
from dashboard.tree import Tree
from layouts import html
from layouts.options import as_asked
from layouts.panel import Context, Panel, Row
from layouts.parts import marked, named_by, title_of
from sensors.city import City

log = logging.getLogger(__name__)

UNSEEN = 1.0
"""Least seconds between two drawings of a picture that stands on no display: it is only kept warm."""


@dataclass(slots=True)
class Picture:
    """The newest picture of one panel with one choice of options. Times are seconds of the monotonic clock."""

    panel: Panel
    options: Mapping[str, str]
    asks: Collection[Asked]
    tree: Tree
    drawn: bool = False
    pending: bool = True
    failed: bool = False
    displays: int = 0
    rendered_at: float = float("-inf")

    @classmethod
    def begin(cls, panel: Panel, options: Mapping[str, str]) -> Picture:
        """Begin without rows. `options` are those on which the panel depends."""
        asks = {(each.name, options_in(as_asked(options), options_of(each.name))) for each in panel.questions}
        return cls(panel, options, asks, placeholder(panel))

    def due(self) -> float:
        """When it may be drawn again; never while nothing changed."""
        every = self.panel.every if self.displays else max(self.panel.every, UNSEEN)
        return self.rendered_at + every if self.pending else float("inf")

    def draw(self, rows: Mapping[str, Sequence[Row]], city: City, now: datetime) -> list[Change]:
        """Draw the panel and return what changed. A failure keeps the last picture and says so in `failed`."""
        self.pending = False
        try:
            tree = self.panel.render(rows, Context(city, now, self.options))
        except Exception:  # the live loop's door: one panel's mistake must not stop the wall; counted and logged
            RENDER_FAILURES.labels(self.panel.key).inc()
            if not self.failed:
                log.exception("panel %s could not be drawn; its last picture stays", self.panel.key)
            self.failed = True
            return []
        before, self.tree = self.tree, tree
        self.drawn, self.failed = True, False
        return changes(before, tree)


def placeholder(panel: Panel) -> Tree:
    """Return the picture of a panel that has never been drawn: its title, and that nothing is known yet."""
    body = html.Div(html.P("Belum ada data", className="nothing"), className="body")
    head = html.Header(html.H2(panel.title, id=title_of(panel.key)), className="head")
    return html.Section(
        [head, body],
        id=f"panel-{panel.key}",
        className="panel",
        **named_by(title_of(panel.key)),
        **marked(panel=panel.key, state="empty"),
    )
