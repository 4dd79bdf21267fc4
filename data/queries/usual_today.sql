-- How far a day usually has come by this time: the sums from local midnight on, the hour under way by its share, of each
-- of the last seven days; their mean, and how many days were heard.
WITH starts AS (
    SELECT (date_trunc('day', %(now)s::timestamptz AT TIME ZONE %(zone)s::text) - back * interval '1 day')
           AT TIME ZONE %(zone)s::text AS midnight,
           ((%(now)s::timestamptz AT TIME ZONE %(zone)s::text) - back * interval '1 day')
           AT TIME ZONE %(zone)s::text AS same
    FROM generate_series(1, 7) AS back
), daily AS (
    SELECT r.device_id, r.kind_id, s.midnight,
           sum(r.total * least(1.0, extract(epoch FROM s.same - r.bucket)::float8 / 3600.0)) AS total
    FROM starts s
    JOIN rollup_hour r ON r.bucket >= s.midnight AND r.bucket < s.same
    WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
      AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE key IN (
          'waste_tonnage', 'bus_passengers', 'app_users', 'certificates_issued', 'light_energy', 'visitors')))
      AND r.bucket >= %(now)s::timestamptz - interval '9 days' AND r.bucket <= %(now)s::timestamptz
    GROUP BY 1, 2, 3
)
SELECT d.key AS device, k.key AS kind, count(*) AS days, avg(daily.total) AS total
FROM daily
JOIN devices d ON d.id = daily.device_id
JOIN kinds k ON k.id = daily.kind_id
GROUP BY d.key, k.key
ORDER BY d.key, k.key
