"""The HTML document that every page is: its head, what it shows, and the scripts that keep it alive."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import Dash

from dashboard.assets import Assets
from layouts.theme import GROUND, LIGHT
from layouts.translate import SOURCE, Language

# Drawn in place: no file, and no request.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%230B1220'/%3E"
    "%3Cpath d='M2 10l3-4 3 3 3-6 3 7' fill='none' stroke='%23F0E442' stroke-width='2'/%3E%3C/svg%3E"
)
# The ground and the theme stand in the first bytes: no white flash.
DOCUMENT = """<!DOCTYPE html>
<html lang="{lang}" data-bs-theme="{theme}" style="background:{ground};color-scheme:{theme}{scale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="preload" href="/fonts/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{sheet}">
{head}{scripts}
</head>
<body>
{body}
{foot}<noscript>{unable}</noscript>
</body>
</html>
"""


UNABLE = "Ruang ini memerlukan JavaScript untuk tetap mutakhir."
DESK = ("live.js", "visit.js", "desk.js")
"""What keeps an operator's page alive."""
WALL = ("live.js", "pack.js", "fit.js", "stage.js", "takeover.js", "kiosk.js")
"""What a wall does beside being live: fit its screen, turn, let alarms take over, and stay well for years."""
REPLAY = "replay.js"
"""What moves a page through the past."""
FIRST = "screen.js"
"""What runs before a wall is drawn: what a screen has kept of itself decides its address."""
THEMES = {"dark": GROUND, "light": LIGHT["ground"]}
"""The ground of each, for the first bytes."""


class Controls(Dash):
    """Dash, for the pages on which people choose or sort: it draws into the page it finds, and never makes one itself.

    `pieces` are the tags that load it, known once it has been asked for its index (`dashboard.doors`).
    """

    pieces: dict[str, str] = {}  # noqa: RUF012 - replaced as a whole by the one instance there is

    def interpolate_index(self, **pieces: str) -> str:  # type: ignore[override]  # Dash calls it by keywords only
        """Keep what a page needs in order to load Dash; what is returned here is never shown to anybody."""
        self.pieces = pieces
        return "".join(pieces.values())


def document(
    assets: Assets,
    title: str,
    body: str,
    *,
    scripts: Sequence[str] = DESK,
    first: str = "",
    controls: Controls | None = None,
    theme: str = "dark",
    scale: float = 1,
    language: Language | None = None,
) -> str:
    """Return a whole page around `body`, in one of `THEMES`; with `controls` it loads Dash as well.

    The script `first` runs before anything is drawn, `scripts` once all is there. `scale` is by what the type of a wall
    grows (`layouts.screen`). `language` is that of title and body where it is not the one in which panels are drawn.
    """
    pieces = controls.pieces if controls else {}
    grid = _script(assets, "grid.js") if controls else ""
    return DOCUMENT.format(
        lang=SOURCE if language is None else language.code,
        unable=escape(UNABLE if language is None else language.say(UNABLE)),
        title=escape(title),
        theme=theme,
        ground=THEMES[theme],
        icon=ICON,
        sheet=assets.address("room.css"),
        scale=f";--scale:{scale:.4f}" if scale > 1 else "",
        scripts="".join(_script(assets, name, wait=True) for name in scripts),
        head=(_script(assets, first) if first else "") + pieces.get("css", ""),
        body=body,
        foot=grid + "".join(pieces.get(name, "") for name in ("config", "scripts", "renderer")),
    )


def _script(assets: Assets, name: str, *, wait: bool = False) -> str:
    return f'<script src="{assets.address(name)}"{" defer" if wait else ""}></script>\n'
