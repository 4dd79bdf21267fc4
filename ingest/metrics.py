"""What a worker counts, as Prometheus text; the dashboard serves it for all workers."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from data.batch import Outcome

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """One worker's metrics in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._messages = Counter(
            "liveroom_messages",
            "Committed messages (outcome=messages) and what they held, by stream and outcome",
            ["stream", "outcome"],
            registry=self._registry,
        )
        self._rejected = Counter(
            "liveroom_rejected", "Refusals by reason; a message may have several", ["reason"], registry=self._registry
        )
        self._commit = Histogram(
            "liveroom_commit_seconds",
            "From the first statement of a batch to its commit",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._lag = Gauge(
            "liveroom_ingest_lag_seconds",
            "Age of the oldest message of the newest batch when it was committed",
            registry=self._registry,
        )
        self._batch = Gauge("liveroom_batch_messages", "Messages in the newest batch", registry=self._registry)
        self._queue = Gauge("liveroom_queue_messages", "Messages waiting for the writer", registry=self._registry)
        self._behind = Gauge(
            "liveroom_backlog_seconds",
            "How old what comes from the broker's queue is; 0 while nothing waits there",
            registry=self._registry,
        )
        self._failures = Counter(
            "liveroom_commit_failures", "Commits that failed and were tried again", registry=self._registry
        )

    def committed(self, outcome: Outcome, messages: int, seconds: float, oldest: datetime, now: datetime) -> None:
        """Count a committed batch."""
        for (stream, name), count in outcome.counts.items():
            if count:
                self._messages.labels(stream, name).inc(count)
        for reason, count in outcome.reasons.items():
            self._rejected.labels(reason).inc(count)
        self._commit.observe(seconds)
        self._batch.set(messages)
        self._lag.set(max(0.0, (now - oldest).total_seconds()))

    def failed(self) -> None:
        """Count a commit that has to be tried again."""
        self._failures.inc()

    def text(self, queue: int, behind: float) -> str:
        """The metrics as text; `queue` are the messages waiting now, `behind` the seconds of the broker's own queue."""
        self._queue.set(queue)
        self._behind.set(behind)
        return generate_latest(self._registry).decode()
