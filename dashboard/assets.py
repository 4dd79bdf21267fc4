"""Sheets and scripts: one sheet of all, each script by itself, under an address that changes with what is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from dashboard.errors import DashboardError

FOLDER = Path(__file__).parent / "assets"
FIRST = ("room.css", "shell.css")  # the others build upon them
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
KINDS = {".css": "text/css", ".js": "text/javascript"}


class Assets:
    """The files of the folder at the start of the process, by their addresses."""

    def __init__(self, font: Path) -> None:
        """Read them all. `font` is the file that `/fonts/inter.woff2` gives, once it is there."""
        sheets = sorted(FOLDER.rglob("*.css"), key=lambda path: (path.name not in FIRST, str(path)))
        self._bodies: Mapping[str, bytes] = {
            "room.css": b"\n".join(path.read_bytes() for path in sheets),
            **{path.name: path.read_bytes() for path in FOLDER.glob("*.js")},
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
