-- The alarms that want somebody: those that hold, and those that ended in the last day before anybody had seen them. What
-- had ended before it was known, as readings that come late tell, wants nobody any more.
SELECT id, rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value, worst, bound,
       detail, raised_at, known_at, ended_at, flaps, acknowledged_at, acknowledged_by, assigned_to, shelved_until,
       resolved_at, escalated
FROM alarms
WHERE NOT withdrawn
  AND reviewed_at IS NULL
  AND raised_at <= %(now)s::timestamptz
  AND (ended_at IS NULL
       OR (acknowledged_at IS NULL AND resolved_at IS NULL AND ended_at > %(now)s::timestamptz - interval '1 day'
           AND ended_at > known_at))
ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), raised_at DESC, id
LIMIT 2000
