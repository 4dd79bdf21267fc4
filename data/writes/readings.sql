-- New readings, and with them every aggregate they change: what was there already changes nothing.
-- What a device sends while it is worked on is stored and counts nowhere: neither in an aggregate nor as the newest.
-- Every insert is ordered by its key, so that two workers wait for each other instead of deadlocking.
WITH inserted AS (
    INSERT INTO readings (observed_at, received_at, device_id, kind_id, value)
    SELECT observed_at, received_at, device_id, kind_id, value
    FROM unnest(%(observed_at)s, %(received_at)s, %(device_id)s, %(kind_id)s, %(value)s)
         AS staged (observed_at, received_at, device_id, kind_id, value)
    ORDER BY device_id, kind_id, observed_at, received_at
    ON CONFLICT (device_id, kind_id, observed_at) DO NOTHING
    RETURNING observed_at, received_at, device_id, kind_id, value
), counted AS NOT MATERIALIZED (
    SELECT * FROM inserted i
    WHERE i.device_id <> ALL(ARRAY(SELECT device_id FROM maintenance_windows)) -- nearly all of them: looked up once
       OR NOT EXISTS (SELECT FROM maintenance_windows m
                      WHERE m.device_id = i.device_id AND i.observed_at >= m.starts_at AND i.observed_at < m.ends_at)
), arrived AS ( -- the last of the whole batch: a bucket may say a little too late a time, never one too early
    SELECT max(received_at) AS at FROM inserted
), minutes AS (
    INSERT INTO rollup_minute AS r (bucket, device_id, kind_id, n, total, low, high, last_received_at)
    SELECT date_trunc('minute', observed_at), device_id, kind_id, count(*), sum(value), min(value), max(value),
           (SELECT at FROM arrived)
    FROM counted GROUP BY 1, 2, 3 ORDER BY 2, 3, 1
    ON CONFLICT (device_id, kind_id, bucket) DO UPDATE
    SET n = r.n + excluded.n, total = r.total + excluded.total,
        low = least(r.low, excluded.low), high = greatest(r.high, excluded.high),
        last_received_at = greatest(r.last_received_at, excluded.last_received_at)
), hours AS (
    INSERT INTO rollup_hour AS r (bucket, device_id, kind_id, n, total, low, high, last_received_at)
    SELECT date_trunc('hour', observed_at), device_id, kind_id, count(*), sum(value), min(value), max(value),
           (SELECT at FROM arrived)
    FROM counted GROUP BY 1, 2, 3 ORDER BY 2, 3, 1
    ON CONFLICT (device_id, kind_id, bucket) DO UPDATE
    SET n = r.n + excluded.n, total = r.total + excluded.total,
        low = least(r.low, excluded.low), high = greatest(r.high, excluded.high),
        last_received_at = greatest(r.last_received_at, excluded.last_received_at)
), days AS (
    INSERT INTO rollup_day AS r (bucket, device_id, kind_id, n, total, low, high, last_received_at)
    SELECT date_trunc('day', observed_at, %(zone)s), device_id, kind_id, count(*), sum(value), min(value), max(value),
           (SELECT at FROM arrived)
    FROM counted GROUP BY 1, 2, 3 ORDER BY 2, 3, 1
    ON CONFLICT (device_id, kind_id, bucket) DO UPDATE
    SET n = r.n + excluded.n, total = r.total + excluded.total,
        low = least(r.low, excluded.low), high = greatest(r.high, excluded.high),
        last_received_at = greatest(r.last_received_at, excluded.last_received_at)
), newest AS (
    INSERT INTO latest_readings AS l (device_id, kind_id, observed_at, received_at, value)
    SELECT DISTINCT ON (device_id, kind_id) device_id, kind_id, observed_at, received_at, value
    FROM counted ORDER BY device_id, kind_id, observed_at DESC
    ON CONFLICT (device_id, kind_id) DO UPDATE
    SET observed_at = excluded.observed_at, received_at = excluded.received_at, value = excluded.value
    WHERE l.observed_at < excluded.observed_at
)
SELECT count(*) FROM inserted
