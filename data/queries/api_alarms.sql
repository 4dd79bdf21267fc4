-- Alarms as they stand, the last raised first, from after a place on; not those that late readings have withdrawn.
SELECT id, rule, priority, source, device, kind, value, worst, bound, agency, assigned_to, district, lat, lon, raised_at,
       ended_at, acknowledged_at, acknowledged_by, shelved_until, resolved_at, reviewed_at,
       alarm_life(a, %(now)s::timestamptz) AS life
FROM alarms a
WHERE NOT withdrawn
  AND (%(rule)s::text IS NULL OR rule = %(rule)s::text)
  AND (%(device)s::text IS NULL OR device = %(device)s::text)
  AND (%(state)s::text = 'all' OR (ended_at IS NULL) = (%(state)s::text = 'open'))
  AND raised_at >= %(since)s::timestamptz AND raised_at < %(until)s::timestamptz
  AND (NOT %(located)s::boolean OR (lat IS NOT NULL AND lon IS NOT NULL))
  AND (%(after_raised_at)s::timestamptz IS NULL
       OR (raised_at, id) < (%(after_raised_at)s::timestamptz, %(after_id)s::bigint))
ORDER BY raised_at DESC, id DESC
LIMIT %(rows)s::int
