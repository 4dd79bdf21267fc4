"""`/layar`: for whoever hangs a screen. Which scenes, from how far, how large; out comes the address to open on it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse, Response

from dashboard.assets import Assets
from dashboard.document import document
from dashboard.languages import spoken
from dashboard.markup import markup
from dashboard.screens import screen_of
from dashboard.sights import OptionError, Sights
from layouts import html
from layouts.formats import number
from layouts.options import LANGUAGE
from layouts.screen import LONG, SHORT, SMALLEST, Screen
from layouts.translate import LANGUAGES, SOURCE, Language

FIELDS = {
    "distance": ("Jarak pembaca terjauh", "meter, misalnya 8"),
    "diagonal": ("Diagonal satu layar", "inci, misalnya 55"),
    "tiles": ("Susunan layar", "ke samping x ke bawah, misalnya 2x2"),
    "name": ("Nama layar", "boleh kosong"),
}
STANDING = "tegak"
ROOT_PX = 16


class Setup:
    """Answers `/layar`. It keeps nothing: all of it stands in the address, and the screen itself remembers that."""

    def __init__(self, sights: Sights, assets: Assets) -> None:
        """Take what can be shown, and the files of the page."""
        self._sights, self._assets = sights, assets

    def routes(self) -> APIRouter:
        """Return its route."""
        router = APIRouter()

        @router.get("/layar", include_in_schema=False)
        async def layar(request: Request) -> Response:
            query, host = request.query_params, str(request.base_url).rstrip("/")
            try:
                self._sights.turning(scenes_in(query))
                outcome, wrong = list(_outcome(query, host, screen_of(query))), None
            except OptionError as error:
                outcome, wrong = [], error
            status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
            return HTMLResponse(self._page(query, spoken(self._sights, request), wrong, outcome), status_code=status)

        return router

    def _page(
        self, query: QueryParams, language: Language | None, wrong: OptionError | None, outcome: list[html.Element]
    ) -> str:
        city = self._sights.city
        chosen = set(scenes_in(query)) or set(self._sights.scenes)
        scenes = [
            html.Label(
                [html.Input(type="checkbox", name="scenes", value=key, checked=key in chosen), sight.title(city, {})]
            )
            for key, sight in self._sights.scenes.items()
        ]
        form = html.Form(
            [
                html.Fieldset([html.Legend("Layar yang ditampilkan bergantian"), *scenes]),
                *_fields(query, wrong),
                html.Button("Buat alamat", type="submit"),
            ],
            action="/layar",
        )
        words = (
            "Isi ukuran layar, lalu buka alamatnya pada layar itu. Layar mengingatnya; tidak ada akun dan kata sandi."
        )
        body = html.Main([html.H1("Pasang layar dinding"), html.P(words), form, *outcome], className="setup")
        title, tree = f"Pasang layar · {city.name} LIVE Room", body
        if language is not None:
            title, tree = language.say(title), language.tree(body)
        return document(self._assets, title, markup(tree), scripts=("setup.js",), language=language)


def scenes_in(query: QueryParams) -> list[str]:
    """The scenes that a filled form names, one by one or with commas."""
    return [key for found in query.getlist("scenes") for key in found.split(",") if key]


def wall_address(query: QueryParams) -> str:
    """The address of the wall that a filled form describes."""
    settings = {name: query[name] for name in (*FIELDS, LANGUAGE) if query.get(name)}
    scenes = ",".join(scenes_in(query))
    told = ({"scenes": scenes} if scenes else {}) | settings
    return "/wall" + (f"?{urlencode(told, safe=',')}" if told else "")


def _fields(query: QueryParams, wrong: OptionError | None) -> Iterator[html.Element]:
    for name, (title, hint) in FIELDS.items():
        bad = wrong is not None and wrong.name == name
        told: dict[str, html.Prop] = {"aria-describedby": f"{name}-wrong", "aria-invalid": "true"} if bad else {}
        field = html.Input(None, name=name, value=query.get(name, ""), placeholder=hint, maxlength="60", **told)
        yield html.Label([html.Span(title), field])
        if bad:
            yield html.P(f"{title}: isi {hint}.", id=f"{name}-wrong", className="setup-wrong", role="alert")
    standing = query.get("posisi") == STANDING
    choices = [
        html.Option("mendatar", value="mendatar", selected=not standing),
        html.Option(STANDING, value=STANDING, selected=standing),
    ]
    yield html.Label([html.Span("Posisi, untuk pratinjau"), html.Select(choices, name="posisi")])
    said = query.get(LANGUAGE, SOURCE)
    tongues = [html.Option(name, value=code, lang=code, selected=code == said) for code, name in LANGUAGES.items()]
    yield html.Label([html.Span("Bahasa layar"), html.Select(tongues, name=LANGUAGE)])


def _outcome(query: QueryParams, host: str, screen: Screen | None) -> Iterator[html.Element]:
    """The address, what it means for the type, and a picture of it."""
    address, scale = wall_address(query), screen.scale if screen else 1.0
    rem = ROOT_PX * scale
    size = f"Huruf terkecil {number(SMALLEST * scale)} px pada gambar {number(SHORT)} baris"
    room = f"ruang {number(LONG / rem)} × {number(SHORT / rem)} em."
    wide, high = (SHORT, LONG) if query.get("posisi") == STANDING else (LONG, SHORT)
    yield html.H2("Alamat layar ini")
    yield html.P(html.A(host + address, href=address, id="wall-address"), className="setup-address")
    yield html.P(f"{size}; {room}")
    yield html.P("Menghitung yang muat …", id="wall-fits", role="status")
    frame = html.Iframe(src=address, title="Pratinjau layar", width=str(wide), height=str(high), id="wall-preview")
    yield html.Div(frame, className="setup-preview", style={"--wide": str(wide), "--high": str(high)})
    yield html.Button("Lupakan setelan layar di peramban ini", type="button", id="wall-forget")
