"""The HTML document that every page is: its head, what it shows, and the scripts that keep it alive."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import Dash

from dashboard.assets import Assets

# Drawn in place: no file, and no request.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%230B1220'/%3E"
    "%3Cpath d='M2 10l3-4 3 3 3-6 3 7' fill='none' stroke='%23F0E442' stroke-width='2'/%3E%3C/svg%3E"
)
# The ground and the theme stand in the first bytes: no white flash.
DOCUMENT = """<!DOCTYPE html>
<html lang="id" data-bs-theme="dark" style="background:#0B1220;color-scheme:dark{scale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="preload" href="/fonts/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{sheet}">
{head}<script src="{live}" defer></script>
{scripts}</head>
<body>
{body}
{foot}<noscript>Ruang ini memerlukan JavaScript untuk tetap mutakhir.</noscript>
</body>
</html>
"""


class Controls(Dash):
    """Dash, for the pages on which people choose or sort: it draws into the page it finds, and never makes one itself.

    `pieces` are the tags that load it, known once it has been asked for its index (`dashboard.doors`).
    """

    pieces: dict[str, str] = {}  # noqa: RUF012 - replaced as a whole by the one instance there is

    def interpolate_index(self, **pieces: str) -> str:  # type: ignore[override]  # Dash calls it by keywords only
        """Keep what a page needs in order to load Dash; what is returned here is never shown to anybody."""
        self.pieces = pieces
        return "".join(pieces.values())


WALL = ("pack.js", "fit.js", "stage.js", "kiosk.js")
"""What a wall does beside being live: fit its screen, turn, and stay well for years."""
FIRST = "screen.js"
"""What runs before a wall is drawn: what a screen has kept of itself decides its address."""


def document(
    assets: Assets,
    title: str,
    body: str,
    *,
    controls: Controls | None = None,
    first: str = "",
    scripts: Sequence[str] = (),
    scale: float = 1,
) -> str:
    """Return a whole page around `body`; with `controls` it loads Dash as well.

    The script `first` runs before anything is drawn, `scripts` once all is there. `scale` is by what the type of a wall
    grows (`layouts.screen`).
    """
    pieces = controls.pieces if controls else {}
    at_once = f'<script src="{assets.address(first)}"></script>\n' if first else ""
    return DOCUMENT.format(
        title=escape(title),
        icon=ICON,
        sheet=assets.address("room.css"),
        live=assets.address("live.js"),
        scale=f";--scale:{scale:.4f}" if scale > 1 else "",
        head=at_once + pieces.get("css", ""),
        scripts="".join(f'<script src="{assets.address(name)}" defer></script>\n' for name in scripts),
        body=body,
        foot="".join(pieces.get(name, "") for name in ("config", "scripts", "renderer")),
    )
