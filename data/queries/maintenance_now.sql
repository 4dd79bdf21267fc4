-- The devices that are worked on now: since when, until when and why.
SELECT d.key AS device, m.starts_at, m.ends_at, m.reason
FROM maintenance_windows m
JOIN devices d ON d.id = m.device_id
WHERE m.starts_at <= %(now)s::timestamptz AND m.ends_at > %(now)s::timestamptz
ORDER BY d.key
