-- One device's aggregates of one size over a span of time, from its readings: what they would be had every window of
-- maintenance been known from the start. What they were is seen by `past` from the readings, and from what is kept here.
WITH again AS (
    SELECT date_trunc(%(unit)s, observed_at, %(zone)s) AS bucket, device_id, kind_id, count(*) AS n, sum(value) AS total,
           min(value) AS low, max(value) AS high
    FROM readings r
    WHERE device_id = %(device_id)s
      AND observed_at >= date_trunc(%(unit)s, %(since)s::timestamptz, %(zone)s)
      AND observed_at < %(until)s::timestamptz + 2 * %(length)s::interval -- for the sake of the index; exact is:
      AND date_trunc(%(unit)s, observed_at, %(zone)s) <= %(until)s::timestamptz
      AND NOT EXISTS (SELECT FROM maintenance_windows m
                      WHERE m.device_id = r.device_id AND r.observed_at >= m.starts_at AND r.observed_at < m.ends_at)
    GROUP BY 1, 2, 3
), gone AS (
    DELETE FROM {table} k
    WHERE device_id = %(device_id)s
      AND bucket >= date_trunc(%(unit)s, %(since)s::timestamptz, %(zone)s) AND bucket <= %(until)s::timestamptz
      AND NOT EXISTS (SELECT FROM again a WHERE a.kind_id = k.kind_id AND a.bucket = k.bucket)
    RETURNING bucket, device_id, kind_id
), kept AS (
    INSERT INTO past.aggregates_was (until, source, device_id, kind_id, bucket)
    SELECT clock_timestamp(), 'rollup_' || %(unit)s, device_id, kind_id, bucket FROM gone
)
INSERT INTO {table} (bucket, device_id, kind_id, n, total, low, high, last_received_at)
SELECT bucket, device_id, kind_id, n, total, low, high, clock_timestamp() FROM again ORDER BY device_id, kind_id, bucket
ON CONFLICT (device_id, kind_id, bucket) DO UPDATE
SET n = excluded.n, total = excluded.total, low = excluded.low, high = excluded.high,
    last_received_at = excluded.last_received_at
