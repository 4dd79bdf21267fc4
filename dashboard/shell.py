"""The page around a scene: who we are, the time, what is connected, and the links to the other scenes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component

from dashboard.errors import DashboardError
from dashboard.hub import Hub
from dashboard.walls import choose_options
from layouts.findings.measures import MEASURES
from layouts.parts import marked
from layouts.scenes import OVERVIEW, SCENES, compose, place_of
from sensors.city import City

# Drawn in place: no file, and no request.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%230B1220'/%3E"
    "%3Cpath d='M2 10l3-4 3 3 3-6 3 7' fill='none' stroke='%23F0E442' stroke-width='2'/%3E%3C/svg%3E"
)
INDEX = """<!DOCTYPE html>
<html lang="id" data-bs-theme="dark" style="background:#0B1220;color-scheme:dark">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="preload" href="/fonts/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="icon" href="{icon}">
{%css%}
</head>
<body>
{%app_entry%}
{%config%}{%scripts%}{%renderer%}
<noscript>Ruang ini memerlukan JavaScript.</noscript>
</body>
</html>
""".replace("{icon}", ICON)


_UNHEARD: dict[str, Any] = {"aria-hidden": "true"}


def frame_page() -> Component:
    """Return what stands before the address is known."""
    return html.Div([dcc.Location(id="address", refresh=False), html.Div(id="page")])


def register_page(app: Dash, hub: Hub, city: City) -> None:
    """Register the one callback that renders the page around a scene; the stream fills the scene itself."""

    @app.callback(Output("page", "children"), Input("address", "pathname"), Input("address", "search"))
    async def show(pathname: str | None, search: str | None) -> Component:
        wall, scene = scene_of(pathname or "/")
        query = dict(parse_qsl((search or "").removeprefix("?")))
        try:
            options = choose_options(scene, query)
            hub.open(scene, options)
        except DashboardError as error:
            return lost(city, str(error))
        return room(city, scene, options, chrome=not wall)


def scene_of(pathname: str) -> tuple[bool, str]:
    """Return whether an address is a bare wall, and the scene it names (which may not exist)."""
    if pathname == "/":
        return False, OVERVIEW.key
    kind, _, scene = pathname.strip("/").partition("/")
    return True, scene if kind == "wall" else ""


def room(city: City, scene: str, options: Mapping[str, str], *, chrome: bool) -> Component:
    """Return the whole page of one scene; `chrome` adds the links and choices of an operator's desk."""
    address = urlencode({"scene": scene, **options})
    marks = {
        "room": "stale",
        "scene": scene,
        "live": f"/live?{address}",
        "zone": city.zone.key,
        "zone_word": city.zone_word,
        "title": f"{SCENES[scene].title} · {city.name} LIVE Room",
    }
    return html.Div(
        [
            *([skip_link(scene)] if chrome else []),
            header(city, SCENES[scene].title),
            *([html.Div([scene_links(), measure_links(options)], className="room-desk")] if chrome else []),
            compose(SCENES[scene]),
        ],
        id="room",
        className="room" if chrome else "room room-wall",
        **marked(**marks),
    )


def skip_link(scene: str) -> Component:
    """Return the first thing a keyboard reaches: past all links, straight to the picture. Seen while it has focus."""
    return html.A("Langsung ke layar", href=f"#{place_of(scene)}", className="room-skip")


def header(city: City, title: str) -> Component:
    """Return the line above a scene of this title. The browser writes what changes by the second."""
    words = html.H1(
        [
            html.Span(city.name, className="room-city"),
            html.Span("LIVE Room", className="room-word"),
            html.Span(title, className="room-scene"),
        ],
        className="room-title",
    )
    return html.Header(
        [
            words,
            # Seen, with an age that counts; and said, once: a counting alert would never be silent.
            html.Div(id="banner", className="room-banner", **_UNHEARD),
            html.Span(id="alert", className="unseen", role="alert"),
            html.Span(id="simulation", className="room-simulation", hidden=True),
            html.Span(id="oldest-feed", className="room-feed"),
            html.Span(id="connection", className="room-connection", role="status"),
            html.Div(
                [html.Span(id="clock-date", className="room-date"), html.Span(id="clock-time", className="room-time")],
                className="room-clock",
            ),
        ],
        className="room-header",
    )


def scene_links() -> Component:
    """Return the links to every wall scene."""
    links = [dcc.Link(scene.title, href=f"/wall/{key}", className="room-link") for key, scene in SCENES.items()]
    return html.Nav(
        [html.Span("Layar", className="room-label"), *links], className="room-links", **labelled("Layar dinding")
    )


def measure_links(options: Mapping[str, str]) -> Component:
    """Return the choice of what colours the map, kept in the address."""
    chosen = options.get("measure")
    links = [_choice(measure.title, f"/?measure={key}", chosen=key == chosen) for key, measure in MEASURES.items()]
    return html.Nav(
        [html.Span("Peta", className="room-label"), *links],
        className="room-links",
        **labelled("Ukuran pada peta"),
    )


def _choice(words: str, href: str, *, chosen: bool) -> Component:
    said: list[str | Component] = [words]
    if chosen:
        said.append(html.Span(", dipilih", className="unseen"))
    return dcc.Link(said, href=href, className="room-link room-chosen" if chosen else "room-link")


def labelled(words: str) -> dict[str, Any]:
    """Return the name of a part for those who hear the page."""
    return {"aria-label": words}


def lost(city: City, reason: str) -> Component:
    """Return the page for an address that shows nothing, with the links that do."""
    links = [html.Li(dcc.Link(f"Layar {scene.title}", href=f"/wall/{key}")) for key, scene in SCENES.items()]
    return html.Main(
        [
            html.H1("Halaman tidak ditemukan"),
            html.P(reason),
            html.Ul([html.Li(dcc.Link(f"{city.name}: ikhtisar", href="/")), *links]),
        ],
        className="room-lost",
    )


def lost_html(city: City, links: Mapping[str, str]) -> str:
    """Return the same page for a request that never becomes a live one (a real 404)."""
    items = "".join(f'<li style="margin:.6rem 0"><a href="{href}">{word}</a></li>' for href, word in links.items())
    return (
        '<!DOCTYPE html><html lang="id" style="background:#0B1220;color:#E5E7EB;color-scheme:dark;font:18px system-ui">'
        "<head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Tidak ditemukan · {city.name}</title></head>"
        f"<body style='margin:4rem'><main><h1>Halaman tidak ditemukan</h1><ul>{items}</ul></main></body></html>"
    )
