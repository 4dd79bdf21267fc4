-- How far a day usually has come by this time: the sums from local midnight on, the hour under way by its share, of each
-- of the last seven days; their mean, and how many days were heard.
WITH series AS MATERIALIZED (
    SELECT l.device_id, l.kind_id, d.key AS device, k.key AS kind
    FROM latest_readings l
    JOIN devices d ON d.id = l.device_id
    JOIN kinds k ON k.id = l.kind_id
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN (
        'waste_tonnage', 'bus_passengers', 'app_users', 'certificates_issued', 'light_energy', 'visitors')
), today AS MATERIALIZED (
    SELECT date_trunc('day', %(now)s::timestamptz, %(zone)s::text) AS began,
           %(now)s::timestamptz - date_trunc('day', %(now)s::timestamptz, %(zone)s::text) AS passed
)
SELECT s.device, s.kind, count(*) AS days, avg(daily.total) AS total
FROM series s
CROSS JOIN LATERAL (
    SELECT sum(r.total * least(1.0, extract(epoch FROM r.midnight + today.passed - r.bucket)::float8 / 3600.0)) AS total
    FROM today
    JOIN LATERAL (
        SELECT bucket, total, date_trunc('day', bucket, %(zone)s::text) AS midnight
        FROM rollup_hour
        WHERE device_id = s.device_id AND kind_id = s.kind_id
          AND bucket >= %(now)s::timestamptz - interval '9 days' AND bucket <= %(now)s::timestamptz
        OFFSET 0 -- series by series, by its index
    ) r ON r.midnight >= today.began - interval '7 days' AND r.midnight < today.began
       AND r.bucket < r.midnight + today.passed
    GROUP BY r.midnight
) daily
GROUP BY s.device, s.kind
ORDER BY s.device, s.kind
