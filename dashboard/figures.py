"""The dashboard's own figures for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()

DISPLAYS = Gauge("liveroom_displays", "Displays with an open event stream", ["scene"], registry=REGISTRY)
REPLAYS = Gauge("liveroom_replays", "Displays that look at the past", registry=REGISTRY)
PUSH_SECONDS = Histogram(
    "liveroom_push_seconds",
    "From the database's notice of a commit to the frame handed to the displays",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=REGISTRY,
)
FRAMES = Counter("liveroom_frames_total", "Frames of changes made, one per view and push", registry=REGISTRY)
QUESTIONS = Counter(
    "liveroom_questions_total", "Questions asked of the database", ["question", "outcome"], registry=REGISTRY
)
REPLICA_LAG = Gauge(
    "liveroom_replica_lag_seconds",
    "Seconds that the database which is read lags behind the one which is written; 0 below one",
    registry=REGISTRY,
)
RENDER_FAILURES = Counter(
    "liveroom_render_failures_total", "Pictures that could not be drawn", ["panel"], registry=REGISTRY
)
API_REQUESTS = Counter(
    "liveroom_api_requests_total",
    "Requests of other programs, by interface (api, open311, sta) and status",
    ["interface", "status"],
    registry=REGISTRY,
)
