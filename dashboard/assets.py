"""Sheets and scripts: one sheet of all, each script by itself, under an address that changes with what is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from dashboard.errors import DashboardError

FOLDER = Path(__file__).parent / "assets"
FIRST = ("room.css", "shell.css")  # the others build upon them
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
KINDS = {".css": "text/css", ".js": "text/javascript", ".json": "application/json"}
LIBRARIES = {"maplibre-gl.js": ("maplibre", "maplibre/srcjs/maplibre-gl.js")}
"""Scripts of others, by package and file: only read from the package, which is never imported."""


class Assets:
    """The files of the folder at the start of the process, by their addresses."""

    def __init__(self, font: Path, areas: Mapping[str, Any]) -> None:
        """Read them all. `font` is the file that `/fonts/inter.woff2` gives, once it is there; `areas` the map's."""
        sheets = sorted(FOLDER.rglob("*.css"), key=lambda path: (path.name not in FIRST, str(path)))
        self._bodies: Mapping[str, bytes] = {
            "room.css": b"\n".join(path.read_bytes() for path in sheets),
            **{path.name: path.read_bytes() for path in FOLDER.glob("*.js")},
            **{name: _of_package(*where) for name, where in LIBRARIES.items()},
            "areas.json": msgspec.json.encode(areas),
        }
        self._font = font

    def address(self, name: str) -> str:
        """Return where a page finds a file: another one whenever its content changes. Raises `DashboardError`."""
        if name not in self._bodies:
            raise DashboardError(f"no asset {name!r}: expected one of {', '.join(self._bodies)}")
        return f"/assets/{name}?m={hashlib.sha256(self._bodies[name]).hexdigest()[:12]}"

    def routes(self) -> APIRouter:
        """Return the routes that give them."""
        router = APIRouter()

        @router.get("/assets/{name}", include_in_schema=False)
        async def asset(name: str) -> Response:
            body = self._bodies.get(name)
            if body is None:
                return Response(status_code=404)
            return Response(body, media_type=KINDS[Path(name).suffix], headers=FOR_EVER)

        @router.get("/fonts/inter.woff2", include_in_schema=False)
        async def font() -> FileResponse:
            return FileResponse(self._font, media_type="font/woff2", headers=FOR_EVER)

        return router


def _of_package(package: str, file: str) -> bytes:
    return Path(str(distribution(package).locate_file(file))).read_bytes()
