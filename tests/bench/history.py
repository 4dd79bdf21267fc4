"""A long past, made by the database itself: readings with their rollups, prices, cases and bulletins of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from sensors.city import City
from sensors.kinds import KINDS
from sensors.virtual_city.courses import straight

Session = psycopg.Connection[tuple[object, ...]]
CASES_A_DAY = 170  # of all six services, as the virtual city opens them
_STRETCH = timedelta(days=15)  # readings are made by stretches, so that no statement holds millions of rows

_SERIES = """
INSERT INTO devices (key) SELECT DISTINCT device FROM unnest(%(devices)s::text[]) AS d (device) ON CONFLICT DO NOTHING;
"""
_KINDS = (
    "INSERT INTO kinds (key, unit) SELECT * FROM unnest(%(kinds)s::text[], %(units)s::text[]) ON CONFLICT DO NOTHING"
)
_PLAN = """
CREATE TEMP TABLE series AS
SELECT d.id AS device_id, k.id AS kind_id, s.example
FROM unnest(%(devices)s::text[], %(kinds)s::text[], %(examples)s::float8[]) AS s (device, kind, example)
JOIN devices d ON d.key = s.device JOIN kinds k ON k.key = s.kind
"""
# Every series around its kind's example, with a daily cycle and noise.
_READINGS = """
INSERT INTO readings (observed_at, received_at, device_id, kind_id, value)
SELECT t + s.device_id * interval '0.1 seconds', t + interval '1 second', s.device_id, s.kind_id,
       s.example * (1 + 0.2 * sin(extract(epoch FROM t) / 86400 * 2 * pi()) + 0.1 * (random() - 0.5))
FROM generate_series(%(since)s::timestamptz, %(until)s::timestamptz - interval '1 microsecond', %(step)s::interval) AS t
CROSS JOIN series AS s
"""
_ROLLUPS = {
    "rollup_minute": "date_trunc('minute', observed_at)",
    "rollup_hour": "date_trunc('hour', observed_at)",
    "rollup_day": "date_trunc('day', observed_at, %(zone)s)",
}
_LATEST = """
INSERT INTO latest_readings (device_id, kind_id, observed_at, received_at, value)
SELECT DISTINCT ON (device_id, kind_id) device_id, kind_id, observed_at, received_at, value
FROM readings WHERE observed_at > %(until)s::timestamptz - interval '1 day'
ORDER BY device_id, kind_id, observed_at DESC
"""
_PRICES = """
INSERT INTO prices (observed_at, received_at, market, commodity, price, unit)
SELECT day + interval '6 hours 30 minutes', day + interval '6 hours 31 minutes', market, commodity,
       round((13000 * (1 + 0.2 * sin(extract(epoch FROM day) / 2592000) + 0.05 * random()))::numeric, 0), unit
FROM generate_series(date_trunc('day', %(since)s::timestamptz, %(zone)s), %(until)s::timestamptz - interval '7 hours',
                     interval '1 day') AS day
CROSS JOIN unnest(%(markets)s::text[]) AS m (market)
CROSS JOIN unnest(%(commodities)s::text[], %(goods_units)s::text[]) AS c (commodity, unit)
"""
_SERVICES = "CREATE TEMP TABLE services (number int, service text, statuses text[], categories text[], agencies text[])"
_SERVICE = "INSERT INTO services VALUES (%s, %s, %s, %s, %s)"
# Each case passes its service's statuses, three hours apart; of the last days' some are open, however long the past is.
_CASES = """
WITH made AS (
    SELECT n, s.service, s.statuses, s.categories[1 + n %% cardinality(s.categories)] AS category,
           s.agencies[1 + n %% cardinality(s.agencies)] AS agency,
           %(subdistricts)s::text[] AS places,
           %(since)s::timestamptz + (n + random()) * (%(until)s::timestamptz - %(since)s::timestamptz) / %(cases)s AS at
    FROM generate_series(0, %(cases)s::int - 1) AS n
    JOIN services s ON s.number = n %% (SELECT count(*) FROM services)
)
INSERT INTO case_events (at, received_at, service, case_id, status, status_rank, is_open, category, subdistrict,
                         lat, lon, agency, priority, channel, summary)
SELECT at + (step - 1) * interval '3 hours', at + (step - 1) * interval '3 hours', service,
       upper(service) || '-' || lpad(n::text, 8, '0'), statuses[step], step - 1, step < cardinality(statuses), category,
       places[1 + n %% cardinality(places)], -6.2 + 0.05 * random(), 106.65 + 0.05 * random(), agency, 'normal', 'app',
       'Laporan warga'
FROM made CROSS JOIN generate_series(1, 9) AS step
WHERE step <= cardinality(statuses)
  AND at + (step - 1) * interval '3 hours' <= %(until)s::timestamptz
  AND (step = 1 OR n %% 30 > 0 OR at < %(until)s::timestamptz - interval '7 days')
  AND (step < cardinality(statuses) OR at < %(until)s::timestamptz - interval '3 days' OR n %% 2 = 0)
"""
_STATES = """
INSERT INTO cases (service, case_id, status, is_open, status_at, opened_at, received_at, category, subdistrict,
                   lat, lon, agency, priority, channel, summary)
SELECT DISTINCT ON (service, case_id) service, case_id, status, is_open, at, min(at) OVER one, received_at, category,
       subdistrict, lat, lon, agency, priority, channel, summary
FROM case_events WINDOW one AS (PARTITION BY service, case_id)
ORDER BY service, case_id, at DESC, status_rank DESC
"""
_BULLETINS = """
INSERT INTO bulletins (channel, id, title, body, severity, areas, issued_at, expires_at, received_at)
SELECT (ARRAY['bmkg', 'berita', 'polres'])[1 + n %% 3], 'b-' || n, 'Pemberitahuan', 'Isi', 'info', '{}', at,
       at + interval '6 hours', at
FROM generate_series(0, %(bulletins)s::int - 1) AS n,
     LATERAL (SELECT %(since)s::timestamptz + n * %(days)s * interval '1 day' / %(bulletins)s AS at) AS t
"""
# Forecasts are kept for eight days, however long the past is; earthquakes as long as readings, forty a day.
_FORECASTS = """
INSERT INTO forecasts (subdistrict, valid_at, analysed_at, received_at, channel, temperature, rain, words)
SELECT code, at, %(until)s::timestamptz - interval '6 hours', at, 'bmkg-prakiraan', 28, 1.5, 'Hujan Ringan'
FROM unnest(%(subdistricts)s::text[]) AS s (code)
CROSS JOIN generate_series(%(until)s::timestamptz - interval '5 days', %(until)s::timestamptz + interval '3 days',
                           interval '3 hours') AS at
"""
_QUAKES = """
INSERT INTO quakes (id, at, received_at, channel, lat, lon, magnitude, depth_km, place)
SELECT 'q-' || n, at, at, 'bmkg-gempa', -6.5 + 4 * random(), 105 + 4 * random(), 3 + 3 * random(), 10, 'Laut'
FROM generate_series(0, 40 * %(days)s::int - 1) AS n,
     LATERAL (SELECT %(since)s::timestamptz + n * interval '1 day' / 40 AS at) AS t
"""


@dataclass(frozen=True, slots=True)
class Past:
    """A stretch of history up to `until`, every series every `step`."""

    until: datetime
    days: int
    step: timedelta

    @property
    def since(self) -> datetime:
        """When it begins."""
        return self.until - timedelta(days=self.days)


def series_of(city: City) -> list[tuple[str, str]]:
    """Every series of the pack: device and kind."""
    return [(device.key, kind) for device in city.devices.values() for kind in device.kinds]


def fill(url: str, city: City, past: Past, cases_a_day: int = CASES_A_DAY) -> int:
    """Make the past in an empty migrated database; gives how many readings it holds."""
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("SET synchronous_commit = off")
        told = _told(city, past) | {"cases": cases_a_day * past.days}
        session.execute(_SERIES, told)
        session.execute(_KINDS, told)
        session.execute(_PLAN, told)
        session.execute(_SERVICES)
        for number, service in enumerate(city.services.values()):
            statuses = [next(iter(service.statuses)), *straight(service)]
            agencies = sorted({category.agency for category in service.categories.values()})
            session.execute(_SERVICE, (number, service.key, statuses, list(service.categories), agencies))
        at = past.since
        while at < past.until:
            end = min(at + _STRETCH, past.until)
            session.execute(_READINGS, {**told, "since": at, "until": end})
            _sum_up(session, {**told, "since": at, "until": end})
            at = end
        for statement in (_LATEST, _PRICES, _CASES, _STATES, _BULLETINS, _FORECASTS, _QUAKES):
            session.execute(statement, told)
        session.execute("VACUUM ANALYZE")
        found = session.execute("SELECT sum(n) FROM rollup_day").fetchone()
    return int(str(found[0])) if found else 0


def _sum_up(session: Session, told: dict[str, object]) -> None:
    for table, bucket in _ROLLUPS.items():
        # Days of the city begin within a stretch: their sums meet in two of them.
        session.execute(
            f"INSERT INTO {table} AS r (bucket, device_id, kind_id, n, total, low, high, last_received_at) "  # type: ignore[arg-type]
            f"SELECT {bucket}, device_id, kind_id, count(*), sum(value), min(value), max(value), "
            "max(received_at) FROM readings "
            "WHERE observed_at >= %(since)s AND observed_at < %(until)s GROUP BY 1, 2, 3 "
            "ON CONFLICT (device_id, kind_id, bucket) DO UPDATE SET n = r.n + excluded.n, "
            "total = r.total + excluded.total, "
            "low = least(r.low, excluded.low), high = greatest(r.high, excluded.high), "
            "last_received_at = greatest(r.last_received_at, excluded.last_received_at)",
            told,
        )


def _told(city: City, past: Past) -> dict[str, object]:
    series = series_of(city)
    return {
        "devices": [device for device, _ in series],
        "kinds": [kind for _, kind in series],
        "units": [KINDS[kind].unit for _, kind in series],
        "examples": [KINDS[kind].example for _, kind in series],
        "since": past.since,
        "until": past.until,
        "step": past.step,
        "zone": city.zone.key,
        "markets": list(city.markets),
        "commodities": list(city.commodities),
        "goods_units": [each.unit for each in city.commodities.values()],
        "subdistricts": list(city.subdistricts),
        "bulletins": 24 * past.days,
        "days": past.days,
    }
