-- The series of rivers and fine dust whose highest reading of the last two days is higher than any of the 28 days before,
-- with the minute in which it was reached, what was the highest until then, and on how many days that was heard.
WITH series AS MATERIALIZED (
    SELECT d.key AS device, k.key AS kind, d.id AS device_id, k.id AS kind_id
    FROM devices d
    CROSS JOIN kinds k
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN ('water_level', 'pm25')
), highest AS (
    SELECT s.*, f.*
    FROM series s
    CROSS JOIN LATERAL ( -- series by series, by its index
        SELECT max(high) FILTER (WHERE lately) AS high,
               (array_agg(bucket ORDER BY high DESC, bucket) FILTER (WHERE lately))[1] AS hour,
               max(high) FILTER (WHERE NOT lately) AS before,
               count(DISTINCT date_trunc('day', bucket, %(zone)s::text)) FILTER (WHERE NOT lately) AS days
        FROM (
            SELECT bucket, high, bucket >= date_trunc('hour', %(now)s::timestamptz) - interval '48 hours' AS lately
            FROM rollup_hour
            WHERE device_id = s.device_id AND kind_id = s.kind_id
              AND bucket >= %(now)s::timestamptz - interval '30 days' AND bucket <= %(now)s::timestamptz
        ) AS hours
    ) f
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
