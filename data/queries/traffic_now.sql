-- Vehicles of the last hour and their mean speed in its last quarter at each junction, with the readings they rest on.
SELECT d.key AS device,
       sum(r.total) FILTER (WHERE k.key = 'vehicle_count') AS vehicles,
       coalesce(sum(r.n) FILTER (WHERE k.key = 'vehicle_count'), 0)::bigint AS counts,
       sum(r.total) FILTER (WHERE k.key = 'vehicle_speed' AND r.bucket > %(now)s::timestamptz - interval '15 minutes')
       / sum(r.n) FILTER (WHERE k.key = 'vehicle_speed' AND r.bucket > %(now)s::timestamptz - interval '15 minutes')
       AS speed,
       coalesce(sum(r.n) FILTER (WHERE k.key = 'vehicle_speed'
                                   AND r.bucket > %(now)s::timestamptz - interval '15 minutes'), 0)::bigint AS speeds
FROM rollup_minute r
JOIN devices d ON d.id = r.device_id
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
  AND r.kind_id = ANY(ARRAY(SELECT id FROM kinds WHERE key IN ('vehicle_count', 'vehicle_speed')))
  AND r.bucket > %(now)s::timestamptz - interval '1 hour' AND r.bucket <= %(now)s::timestamptz
GROUP BY d.key
ORDER BY d.key
