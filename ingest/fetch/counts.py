"""What the fetcher counts, as Prometheus text; the dashboard serves it with the workers' figures."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, generate_latest


class Counts:
    """Answers by source and outcome: published, known, unchanged, or why there was none."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._fetches = Counter(
            "liveroom_fetches", "Documents and answers by source and outcome", ["source", "outcome"],
            registry=self._registry,
        )  # fmt: skip

    def add(self, source: str, outcome: str) -> None:
        """Count one."""
        self._fetches.labels(source, outcome).inc()

    def text(self) -> str:
        """The counts as text."""
        return generate_latest(self._registry).decode()
