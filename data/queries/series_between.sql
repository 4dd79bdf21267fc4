-- What each series gave within a span of whole hours: its readings, their sum, the lowest and the highest, in which minute
-- the highest was (in which hour, once the minutes are gone), in how many hours it was heard, and the last of these hours.
SELECT d.key AS device, k.key AS kind, r.n, r.total, r.low, r.high, coalesce(peak.bucket, r.high_at) AS high_at, r.hours,
       r.newest
FROM (
    SELECT device_id, kind_id, sum(n)::bigint AS n, sum(total) AS total, min(low) AS low, max(high) AS high,
           (array_agg(bucket ORDER BY high DESC, bucket))[1] AS high_at, count(*) AS hours, max(bucket) AS newest
    FROM rollup_hour
    WHERE device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
      AND bucket >= %(since)s::timestamptz AND bucket < %(until)s::timestamptz
    GROUP BY device_id, kind_id
) r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
LEFT JOIN LATERAL (
    SELECT m.bucket
    FROM rollup_minute m
    WHERE m.device_id = r.device_id AND m.kind_id = r.kind_id AND m.high = r.high
      AND m.bucket >= r.high_at AND m.bucket < r.high_at + interval '1 hour'
    ORDER BY m.bucket
    LIMIT 1
) peak ON k.key = 'water_level'
ORDER BY d.key, k.key
