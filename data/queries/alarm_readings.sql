-- The readings that count of some series, each from after a time of its own on and none from before a floor, in order.
SELECT s.device, s.kind, r.observed_at, r.value
FROM (
    SELECT d.id AS device_id, k.id AS kind_id, asked.device, asked.kind, asked.since
    FROM unnest(%(devices)s::text[], %(kinds)s::text[], %(sinces)s::timestamptz[]) AS asked (device, kind, since)
    JOIN devices d ON d.key = asked.device
    JOIN kinds k ON k.key = asked.kind
) s
CROSS JOIN LATERAL (
    SELECT observed_at, value
    FROM readings
    WHERE device_id = s.device_id AND kind_id = s.kind_id AND observed_at > s.since
      AND observed_at > %(floor)s::timestamptz
      AND NOT EXISTS (SELECT FROM maintenance_windows m
                      WHERE m.device_id = s.device_id AND observed_at >= m.starts_at AND observed_at < m.ends_at)
    ORDER BY observed_at
    OFFSET 0 -- series by series, by its index
) r
ORDER BY s.device, s.kind, r.observed_at
