-- The devices that were worked on at any time of a span.
SELECT d.key AS device, m.starts_at, m.ends_at, m.reason
FROM maintenance_windows m
JOIN devices d ON d.id = m.device_id
WHERE m.starts_at < incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND m.ends_at > incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz)
ORDER BY m.starts_at, d.key
