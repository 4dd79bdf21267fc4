"""`/metrics`: the dashboard's own figures and those of every process that writes, each family once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector
from starlette.responses import Response

from dashboard.figures import REGISTRY
from data.errors import DataError
from layouts.panel import Row

log = logging.getLogger(__name__)


class Workers(Collector):
    """The figures that workers left in the database, with a `worker` label, families of one name merged."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Take rows of `component_metrics`: name, instance, metrics (Prometheus text)."""
        self._rows = rows

    def collect(self) -> Iterable[Metric]:
        """Return one metric per family."""
        merged: dict[str, Metric] = {}
        for row in self._rows:
            for family in _families(row):
                known = merged.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    labels = {**sample.labels, "worker": row["instance"]}
                    known.samples.append(sample._replace(labels=labels))
        return merged.values()


def _families(row: Row) -> Iterator[Metric]:
    try:
        yield from text_string_to_metric_families(row["metrics"])
    except ValueError as error:
        log.warning("the figures of %s cannot be read: %s", row["instance"], error)


def exposition(rows: Sequence[Row]) -> bytes:
    """Return the Prometheus text of the dashboard and of the workers' rows."""
    registry = CollectorRegistry()
    registry.register(Workers(rows))
    return generate_latest(REGISTRY) + generate_latest(registry)


def metrics_routes(ask: Callable[[], Awaitable[Sequence[Row]]]) -> APIRouter:
    """Return the route of the figures; without a database only the dashboard's own are given."""
    router = APIRouter()

    @router.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        try:
            rows = await ask()
        except DataError:
            rows = []
        return Response(exposition(rows), media_type=CONTENT_TYPE_LATEST)

    return router
