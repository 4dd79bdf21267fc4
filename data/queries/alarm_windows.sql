-- The spans in which devices were or are worked on, as far as they reach beyond a floor and have begun.
SELECT d.key AS device, m.starts_at, m.ends_at
FROM maintenance_windows m
JOIN devices d ON d.id = m.device_id
WHERE m.ends_at > %(floor)s::timestamptz AND m.starts_at <= %(now)s::timestamptz
ORDER BY d.key, m.starts_at
