"""The page around a picture: who we are, the time, what is connected, and where one may go from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dashboard import past
from dashboard.moments import Moment, present
from dashboard.past import Address
from dashboard.sights import Sight, Sights
from layouts import alarm_forms, html
from layouts.findings.measures import MEASURES
from layouts.html import Element
from layouts.options import LANGUAGE
from layouts.pages import PAGES
from layouts.parts import marked
from layouts.scene import over, place_of
from layouts.translate import LANGUAGES
from sensors.city import City
from sensors.pack.duty import Position

_UNHEARD: dict[str, Any] = {"aria-hidden": "true"}


def room(
    sights: Sights,
    sight: Sight,
    options: Mapping[str, str],
    here: Address,
    *,
    wall: bool,
    moment: Moment | None = None,
    desk: Element | None = None,
) -> Element:
    """Return the whole page of one sight with empty slots; a `wall` has no links and no choices.

    `here` is its address; with a `moment` it shows the past. `desk` is what stands below the links of a desk page
    (`duty_line`).
    """
    city, title, now = sights.city, sight.title(sights.city, options), present()
    marks = {
        "room": "stale",
        "scene": sight.name,
        "live": f"/live?{urlencode({'scene': sight.name, **options, **(moment.query if moment else {})})}",
        "zone": city.zone.key,
        "zone_word": city.zone_word,
        "title": f"{title} · {city.name} LIVE Room",
    }
    if moment is not None:
        returns = city.replay.wall_returns_after if wall else city.replay.desk_returns_after
        marks |= {
            "past": f"PUTAR ULANG {past.words(city, moment.at)}",
            "at": moment.at.isoformat(),
            "speed": f"{moment.speed}",
            "kept_since": moment.since.isoformat(),
            "returns_after": f"{returns}",
        }
    elif wall:
        night = city.night
        marks |= {"dims_from": night.dims_from, "dims_until": night.dims_until, "reloads_at": night.reloads_at}
    picture = sight.compose()
    return html.Div(
        [
            *([] if wall else [skip_link(sight)]),
            header(city, title, moment),
            *([] if wall else [desk_links(sights, sight, options, here, desk=desk, live=moment is None)]),
            picture,
            *([over(city)] if wall else []),
            *([past.bar(city, moment, here, now)] if moment else []),
        ],
        id="room",
        className=" ".join(
            [
                "room",
                *(["room-wall"] if wall else ["room-page"] if sight.page else []),
                *(["room-past"] if moment else []),
            ]
        ),
        **marked(**marks),
    )


def desk_links(
    sights: Sights,
    sight: Sight,
    options: Mapping[str, str],
    here: Address,
    *,
    desk: Element | None = None,
    live: bool = True,
) -> Element:
    """Return the line below the header: the desk pages, and on the overview the walls and what colours its map.

    From a `live` page one gets into the past.
    """
    choices = [measure_links(options)] if sight is sights.overview else []
    entry = [past.entry(sights.city, here, present())] if live else []
    buttons = [*entry, language_button(options), theme_button()]
    return html.Div(
        [menu(sight), *choices, scene_links(sights), *buttons, *([desk] if desk else [])], className="room-desk"
    )


def duty_line(city: City, position: Position | None, said: str, back: str) -> Element:
    """Return who is on duty at this desk, with the way to change it, and what the last deed came to."""
    found: list[Element] = []
    if position is not None:
        form = alarm_forms.question("room", city, back, position.key, classes="")
        found = [
            html.Span(["Bertugas sebagai ", html.Strong(position.name)]),
            html.Details([html.Summary("ganti", className="room-link"), form], className="room-change"),
        ]
    if said:
        found.append(html.Span(said, id="said", className="room-said", role="status"))
    return html.Section(found, className="room-duty", hidden=not found, **labelled("Bertugas"))


def menu(sight: Sight) -> Element:
    """Return the links to the overview and to the desk pages that one can go to straight away."""
    links = [_choice("Ikhtisar", "/", chosen=not sight.page)]
    links += [_choice(page.menu, page.path, chosen=sight.page is page) for page in PAGES.values() if page.menu]
    return html.Nav(
        [html.Span("Meja", className="room-label"), *links], className="room-links", **labelled("Halaman meja")
    )


def skip_link(sight: Sight) -> Element:
    """Return the first thing a keyboard reaches: past all links, straight to the picture. Seen while it has focus."""
    return html.A("Langsung ke layar", href=f"#{place_of(sight.source.key)}", className="room-skip")


def header(city: City, title: str, moment: Moment | None = None) -> Element:
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
            *([past.mark(city, moment)] if moment else []),
            # Seen, with an age that counts; and said, once: a counting alert would never be silent.
            html.Div(id="banner", className="room-banner", **_UNHEARD),
            html.Span(id="alert", className="unseen", role="alert"),
            html.Span(
                [html.Span(), html.Span(className="simulation-since")],
                id="simulation",
                className="room-simulation",
                hidden=True,
            ),
            html.Span(id="oldest-feed", className="room-feed"),
            html.Span(id="connection", className="room-connection", role="status"),
            html.Div(
                [html.Span(id="clock-date", className="room-date"), html.Span(id="clock-time", className="room-time")],
                className="room-clock",
            ),
        ],
        className="room-header",
    )


def theme_button() -> Element:
    """Return the choice between light and dark; the page's script says which one it leads to."""
    return html.Button("Terang", id="theme", type="button", className="room-theme")


def language_button(options: Mapping[str, str]) -> Element:
    """Return the choice of the other language, called by its own name; the page's script keeps it."""
    other = next(code for code in LANGUAGES if code != options[LANGUAGE])
    return html.Button(LANGUAGES[other], id="language", type="button", value=other, lang=other, className="room-theme")


def scene_links(sights: Sights) -> Element:
    """Return the links to every wall scene."""
    links = [
        _choice(sight.title(sights.city, {}), f"/wall/{name}", chosen=False) for name, sight in sights.scenes.items()
    ]
    links += [_choice("Bergantian", "/wall", chosen=False), _choice("Pasang layar", "/layar", chosen=False)]
    return html.Details(
        [
            html.Summary("Layar dinding", className="room-link"),
            html.Nav(links, className="room-menu", **labelled("Layar dinding")),
        ],
        className="room-walls",
    )


def measure_links(options: Mapping[str, str]) -> Element:
    """Return the choice of what colours the map, kept in the address."""
    chosen = options.get("measure")
    links = [_choice(measure.title, f"/?measure={key}", chosen=key == chosen) for key, measure in MEASURES.items()]
    return html.Nav(
        [html.Span("Peta", className="room-label"), *links],
        className="room-links",
        **labelled("Ukuran pada peta"),
    )


def _choice(words: str, href: str, *, chosen: bool) -> Element:
    said: list[str | Element] = [words]
    if chosen:
        said.append(html.Span(", dipilih", className="unseen"))
    return html.A(said, href=href, className="room-link room-chosen" if chosen else "room-link")


def labelled(words: str) -> dict[str, Any]:
    """Return the name of a part for those who hear the page."""
    return {"aria-label": words}


def refused(reason: str, back: str) -> Element:
    """Return the page for a form that was not taken, with the way back."""
    return html.Main(
        [
            html.H1("Tidak disimpan"),
            html.P(reason, id="refused", role="alert"),
            html.P(html.A("Kembali ke halamannya", href=back)),
        ],
        className="room-lost",
    )


def busy(here: Address, reason: str) -> Element:
    """Return the page for whoever cannot look at the past just now."""
    return html.Main(
        [
            html.H1("Putar ulang belum bisa"),
            html.P(f"{reason} Coba lagi sebentar lagi."),
            here.form([html.Button("Kembali ke sekarang", type="submit")]),
        ],
        className="room-lost",
    )


def lost(sights: Sights, reason: str) -> Element:
    """Return the page for an address that shows nothing, with the links that do."""
    links = {"/": f"{sights.city.name}: ikhtisar"}
    links |= {f"/wall/{name}": f"Layar {sight.title(sights.city, {})}" for name, sight in sights.scenes.items()}
    return html.Main(
        [
            html.H1("Halaman tidak ditemukan"),
            html.P(reason),
            html.Ul([html.Li(html.A(words, href=href)) for href, words in links.items()]),
        ],
        className="room-lost",
    )
