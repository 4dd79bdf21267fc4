-- How many readings each kind of every device gave in each of the last 24 whole hours that has any.
SELECT d.key AS device, k.key AS kind, array_agg(r.n::bigint ORDER BY r.bucket) AS hours
FROM latest_readings l
JOIN devices d ON d.id = l.device_id
JOIN kinds k ON k.id = l.kind_id
CROSS JOIN LATERAL (
    SELECT bucket, n
    FROM rollup_hour
    WHERE device_id = l.device_id AND kind_id = l.kind_id
      AND bucket >= date_trunc('hour', %(now)s::timestamptz, 'UTC') - interval '24 hours'
      AND bucket < date_trunc('hour', %(now)s::timestamptz, 'UTC')
    OFFSET 0 -- series by series, by its index
) r
GROUP BY d.key, k.key
ORDER BY d.key, k.key
