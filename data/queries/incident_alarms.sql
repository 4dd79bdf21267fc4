-- The alarms that stood at any time of a span, the first raised on top: one more than is read.
SELECT id, rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value, worst, bound,
       detail, raised_at, known_at, ended_at, flaps, acknowledged_at, acknowledged_by, assigned_to, shelved_until,
       resolved_at, reviewed_at, escalated, alarm_life(a, %(now)s::timestamptz) AS life
FROM alarms a
WHERE NOT withdrawn
  AND raised_at < incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND (ended_at IS NULL OR ended_at > incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz))
  AND (%(district)s::text = '' OR district = %(district)s::text)
ORDER BY raised_at, id
LIMIT 2001
