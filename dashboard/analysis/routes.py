"""The addresses for analysts: sums, files, what a file is, and how far it is."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from dashboard.analysis.download import TYPES, Download
from dashboard.analysis.filters import ExportQuestion, Question, SummaryQuestion, asked_of, stream_of
from dashboard.analysis.line import Job, Line, LineFull, Taken
from dashboard.analysis.record import record, sheet, statement_of
from dashboard.api.answers import answers
from dashboard.api.errors import Failure, FilterError, RefusedError
from dashboard.api.route import AGAIN, PROBLEM, ApiRoute, problem
from dashboard.origin import refusal
from data.analysis.answers import Answers
from data.analysis.asked import Asked
from data.analysis.asked import Step as Length
from data.exports.order import FORMS, Form, Order
from data.store import Store
from layouts.findings.explored import MOST_ITEMS, Answer, Step, answer_of, too_many
from sensors.city import City

V1 = "/api/v1"
EXPORT = f"{V1}/export"
JOBS = f"{EXPORT}/jobs"
IDENT = r"^[0-9a-f]{32}$"
DICTIONARY = "analysis_dictionary"


class StepItem(BaseModel):
    """One step of time, or all of them."""

    at: datetime | None = Field(None, description="Its first instant, with the city's offset; null for the whole.")
    n: int = Field(description="How many rows: readings, reported prices, cases, alarms.")
    value: float | None = Field(description="Mean (sum where readings add up), mean price, or how many.")
    low: float | None
    high: float | None
    share: float | None = Field(description="Of the readings that healthy devices would have sent, 0 to 1.")


class Summary(BaseModel):
    """The answer to a question, step by step and as a whole."""

    items: list[StepItem]
    total: StepItem
    sql: str = Field(description="The statement that answers the same, for whoever may read the schema `analisis`.")


class AnalysisDesk:
    """What analysts are served from: the pack, the answers of the database, and the line of exports."""

    def __init__(self, city: City, store: Store, url: str) -> None:
        self.city, self.answers, self._ask, self._url = city, Answers(store), store.ask, url
        self.line = Line(city.analysis.exports_at_once, city.analysis.exports_waiting)

    def asked(self, stream: str, question: Question, step: Length | None) -> Asked:
        """The question of an address. Raises `FilterError`."""
        days = (question.since, question.until)
        return asked_of(self.city, stream_of(stream), question.said(), days, step, datetime.now(UTC))

    async def answer(self, asked: Asked, now: datetime) -> Answer:
        """The sums of a question; how complete they are is judged as of now. Raises `DataError`."""
        found = await self.answers.sums(asked)
        return answer_of(asked, found.steps, found.total, now)

    async def record(self, asked: Asked) -> dict[str, Any]:
        """The metadata record of a question. Raises `DataError`."""
        return record(asked, self.city, await self._ask(DICTIONARY, {"view": asked.stream.view}))

    async def job(self, asked: Asked, form: Form, question: ExportQuestion) -> Job:
        """An export of a question, not yet in line. Raises `FilterError`, `DataError`."""
        found = await self.record(asked)
        order = Order(
            url=self._url, form=form, stream=asked.stream.key, since=asked.since, until=asked.until, zone=asked.zone,
            filters={name: list(words) for name, words in asked.filters}, step=asked.step, bom=question.bom == "1",
            most_rows=self.city.analysis.workbook_rows, sheet=sheet(found),
        )  # fmt: skip
        return Job(question.id or secrets.token_hex(16), order, found, f"{name_of(asked)}.{form}")


def name_of(asked: Asked) -> str:
    """The name of a file without its ending; made of keys and days alone, so that no header can be broken with it."""
    last = (asked.until - timedelta(days=1)).date()
    parts = (asked.stream.key, asked.step or "", asked.since.date().isoformat(), last.isoformat())
    return "-".join(part for part in parts if part)


def analysis_routes(desk: AnalysisDesk) -> APIRouter:
    """Return the routes of `/api/v1/summary`, `/api/v1/metadata` and `/api/v1/export`."""
    router = APIRouter(route_class=ApiRoute, tags=["analysis"])
    _add_answers(router, desk)
    _add_jobs(router, desk)
    _add_exports(router, desk)
    return router


def _add_answers(router: APIRouter, desk: AnalysisDesk) -> None:
    @router.get(
        f"{V1}/summary/{{stream}}", summary="A stream by steps of time", response_model=Summary, responses=answers()
    )
    async def summary(stream: str, question: Annotated[SummaryQuestion, Query()]) -> Response:
        asked = desk.asked(stream, question, question.step)
        if too_many(asked, MOST_ITEMS):
            raise FilterError("step", question.step, "a longer step for so long a time, or an export with `step`")
        found = summed(await desk.answer(asked, datetime.now(UTC)), desk.city)
        return Response(found.model_dump_json(), media_type="application/json")

    @router.get(
        f"{V1}/metadata/{{stream}}",
        summary="What a data set is: its record for Satu Data Indonesia",
        responses=answers(),
    )
    async def metadata(stream: str, question: Annotated[ExportQuestion, Query()]) -> JSONResponse:
        return JSONResponse(await desk.record(desk.asked(stream, question, question.step)))


def _add_jobs(router: APIRouter, desk: AnalysisDesk) -> None:
    @router.get(
        f"{JOBS}/{{ident}}", summary="How far an export is, and its checksum once it is whole", responses=_failing(404)
    )
    async def job_of(ident: Annotated[str, Path(pattern=IDENT)]) -> JSONResponse:
        job = desk.line.find(ident)
        if job is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "no export of this number is remembered")
        return JSONResponse(status_of(job, desk.line))

    @router.delete(
        f"{JOBS}/{{ident}}", summary="Cancel an export, from a page of this room", responses=_failing(403, 404)
    )
    async def cancel(request: Request, ident: Annotated[str, Path(pattern=IDENT)]) -> Response:
        if refusal(request) is not None:
            raise RefusedError(HTTPStatus.FORBIDDEN, "only a page of this room cancels; programs close the connection")
        job = desk.line.find(ident)
        if job is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "no export of this number is remembered")
        job.cancelled.set()
        return JSONResponse(status_of(job, desk.line))


def _add_exports(router: APIRouter, desk: AnalysisDesk) -> None:
    binary = {"schema": {"type": "string", "format": "binary"}}
    files: dict[str, Any] = dict.fromkeys(TYPES.values(), binary)

    @router.get(
        f"{EXPORT}/{{stream}}.{{form}}",
        summary="A data set as a file",
        response_class=Response,
        responses={**_failing(409), **answers(ends=False, **files)},
    )
    async def export(
        request: Request, stream: str, form: str, question: Annotated[ExportQuestion, Query()]
    ) -> Response:
        asked = desk.asked(stream, question, question.step)
        job = await desk.job(asked, form_of(form, asked), question)
        try:
            desk.line.enter(job)
        except LineFull as error:
            return problem(request, Failure(HTTPStatus.SERVICE_UNAVAILABLE, f"{error}: ask again", headers=AGAIN))
        except Taken:
            raise RefusedError(HTTPStatus.CONFLICT, "an export of this number was asked for before") from None
        return Download(job, desk.line, f"{JOBS}/{job.ident}")


def _failing(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an operation answers beside its success, as OpenAPI says it."""
    body = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    failures: dict[int | str, dict[str, Any]] = {
        status: {"description": HTTPStatus(status).phrase, "content": body} for status in statuses
    }
    return {**answers(), **failures}


def form_of(found: str, asked: Asked) -> Form:
    """The form a path names. Raises `FilterError`, also where it cannot hold the answer."""
    for form in FORMS:
        if form == found and not (form == "geojson" and asked.step):
            return form
    forms: tuple[Form, ...] = tuple(form for form in FORMS if not (form == "geojson" and asked.step))
    raise FilterError("form", found, f"one of {', '.join(forms)}")


def summed(found: Answer, city: City) -> Summary:
    """An answer as the interface says it."""
    return Summary(
        items=[_item(step, city) for step in found.steps],
        total=_item(found.whole, city),
        sql=statement_of(found.asked),
    )


def _item(step: Step, city: City) -> StepItem:
    local = step.at and step.at.astimezone(city.zone)
    return StepItem(at=local, n=step.n, value=step.value, low=step.low, high=step.high, share=step.share)


def status_of(job: Job, line: Line) -> dict[str, Any]:
    """How far an export is."""
    return {
        "id": job.ident,
        "file": job.name,
        "state": job.state,
        "position": line.position(job),
        "rows": job.progress.rows,
        "share": job.progress.share,
        "bytes": job.sent,
        "sha256": job.progress.sha256 if job.state == "done" else None,
        "wrong": job.wrong or None,
        "metadata": job.record,
    }
