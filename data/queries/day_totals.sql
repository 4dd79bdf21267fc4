-- Each of the last fifteen local days of what is counted, weighed or measured by the day, today as far as it has come.
WITH series AS MATERIALIZED (
    SELECT l.device_id, l.kind_id, d.key AS device, k.key AS kind
    FROM latest_readings l
    JOIN devices d ON d.id = l.device_id
    JOIN kinds k ON k.id = l.kind_id
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN (
        'waste_tonnage', 'light_energy', 'lamps_lit', 'bus_passengers', 'app_users', 'certificates_issued',
        'water_production', 'visitors')
)
SELECT s.device, s.kind, (r.bucket AT TIME ZONE %(zone)s::text)::date AS day, r.n, r.total, r.low, r.high
FROM series s
CROSS JOIN LATERAL (
    SELECT bucket, n, total, low, high
    FROM rollup_day
    WHERE device_id = s.device_id AND kind_id = s.kind_id
      AND bucket >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '14 days'
      AND bucket <= %(now)s::timestamptz
    OFFSET 0 -- series by series, by its index
) r
ORDER BY s.device, s.kind, r.bucket
