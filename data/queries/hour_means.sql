-- The hours that a curve looks back, of what has a course worth seeing, one mean an hour.
WITH series AS MATERIALIZED (
    SELECT l.device_id, l.kind_id, d.key AS device, k.key AS kind
    FROM latest_readings l
    JOIN devices d ON d.id = l.device_id
    JOIN kinds k ON k.id = l.kind_id
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN (
        'vehicle_speed', 'water_production', 'water_pressure', 'beds_free')
)
SELECT s.device, s.kind, r.bucket, r.total / r.n AS value
FROM series s
CROSS JOIN LATERAL (
    SELECT bucket, total, n
    FROM rollup_hour
    WHERE device_id = s.device_id AND kind_id = s.kind_id
      AND bucket > %(now)s::timestamptz - make_interval(hours => %(works_hours)s) AND bucket <= %(now)s::timestamptz
    OFFSET 0 -- series by series, by its index
) r
ORDER BY s.device, s.kind, r.bucket
