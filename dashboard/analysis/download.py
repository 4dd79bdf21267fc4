"""The answer that is a file: it waits for its turn, starts the process that makes it, and passes its bytes on.

Whoever goes away, cancels or stops reading ends the process, and with it the query at the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

import msgspec
from fastapi import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from dashboard.analysis.line import Job, Line
from dashboard.api.errors import Failure
from dashboard.api.route import AGAIN, problem
from data.exports.order import Form, Progress

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_PIECE = 256 * 1024
_STALLED = 60.0
"""Seconds in which somebody who downloads must have taken a piece."""
TYPES: Mapping[Form, str] = MappingProxyType(
    {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "parquet": "application/vnd.apache.parquet",
        "geojson": "application/geo+json",
    }
)


class Download(Response):
    """One export. It must have entered the line."""

    def __init__(self, job: Job, line: Line, status_address: str) -> None:
        super().__init__(
            media_type=TYPES[job.order.form],
            headers={
                "content-disposition": f'attachment; filename="{job.name}"',
                "link": f'<{status_address}>; rel="describedby"',
                "cache-control": "no-store",
                "x-accel-buffering": "no",
            },
        )
        del self.headers["content-length"]
        del self.body  # it is no whole answer: what looks at those passes it by
        self._job, self._line = job, line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; end everything when the other side goes."""
        work = asyncio.create_task(self._deliver(scope, receive, send))
        ends = [asyncio.create_task(_gone(receive)), asyncio.create_task(self._job.cancelled.wait())]
        try:
            await asyncio.wait([work, *ends], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (work, *ends):
                task.cancel()
            results = await asyncio.gather(work, *ends, return_exceptions=True)
            if self._job.state in ("waiting", "running"):
                self._job.state = "cancelled"
            self._line.leave(self._job)
        if isinstance(results[0], Exception) and not isinstance(results[0], TimeoutError):
            raise results[0]

    async def _deliver(self, scope: Scope, receive: Receive, send: Send) -> None:
        job = self._job
        await job.turn.wait()
        job.state = "running"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "data.exports", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, limit=_PIECE, cwd=_ROOT,
        )  # fmt: skip
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None  # noqa: S101, PT018
        hearing = asyncio.create_task(self._hear(process.stderr))
        try:
            process.stdin.write(msgspec.json.encode(job.order))
            process.stdin.close()
            begun = False
            while piece := await process.stdout.read(_PIECE):
                if not begun:
                    await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                    begun = True
                async with asyncio.timeout(_STALLED):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                job.sent += len(piece)
            await process.wait()
            await hearing
            await self._finish(scope, receive, send, begun=begun)
        finally:
            hearing.cancel()
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _hear(self, said: asyncio.StreamReader) -> None:
        while line := await said.readline():
            try:
                self._job.progress = msgspec.json.decode(line, type=Progress)
            except msgspec.DecodeError:
                log.warning("export %s: %s", self._job.name, line.decode(errors="replace").rstrip())

    async def _finish(self, scope: Scope, receive: Receive, send: Send, *, begun: bool) -> None:
        """End the answer well, or refuse where nothing was sent yet; else cut it, so that nobody takes it for whole."""
        job = self._job
        if job.progress.sha256:
            job.state = "done"
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        job.state, job.wrong = "failed", job.progress.wrong or "the export ended early"
        log.warning("export %s: %s", job.name, job.wrong)
        if not begun:
            refused = job.progress.refused
            status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.SERVICE_UNAVAILABLE
            failure = Failure(status, job.wrong, headers={} if refused else AGAIN)
            await problem(Request(scope), failure)(scope, receive, send)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
