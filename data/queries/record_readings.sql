-- The series of rivers and fine dust whose highest reading of the last two days is higher than any of the 28 days before,
-- with the minute in which it was reached, what was the highest until then, and on how many days that was heard.
WITH hours AS MATERIALIZED (
    SELECT d.key AS device, k.key AS kind, r.device_id, r.kind_id, r.bucket, r.high,
           r.bucket >= date_trunc('hour', %(now)s::timestamptz) - interval '48 hours' AS lately
    FROM rollup_hour r
    JOIN devices d ON d.id = r.device_id
    JOIN kinds k ON k.id = r.kind_id
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN ('water_level', 'pm25')
      AND r.bucket >= %(now)s::timestamptz - interval '30 days' AND r.bucket <= %(now)s::timestamptz
), highest AS (
    SELECT device, kind, device_id, kind_id, max(high) FILTER (WHERE lately) AS high,
           (array_agg(bucket ORDER BY high DESC, bucket) FILTER (WHERE lately))[1] AS hour,
           max(high) FILTER (WHERE NOT lately) AS before,
           count(DISTINCT date_trunc('day', bucket, %(zone)s::text)) FILTER (WHERE NOT lately) AS days
    FROM hours
    GROUP BY 1, 2, 3, 4
)
SELECT h.device, h.kind, h.high, coalesce(m.at, h.hour) AS at, h.before, h.days
FROM highest h
LEFT JOIN LATERAL (
    SELECT min(bucket) AS at
    FROM rollup_minute
    WHERE device_id = h.device_id AND kind_id = h.kind_id AND bucket >= h.hour AND bucket < h.hour + interval '1 hour'
      AND high >= h.high
) m ON true
WHERE h.high > h.before
ORDER BY h.device, h.kind
