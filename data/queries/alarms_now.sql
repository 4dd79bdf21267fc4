-- The alarms that want somebody, and those put aside, the gravest first.
SELECT id, rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value, worst, bound,
       detail, raised_at, known_at, ended_at, flaps, acknowledged_at, acknowledged_by, assigned_to, shelved_until,
       resolved_at, escalated, life
FROM alarms a
CROSS JOIN LATERAL (SELECT alarm_life(a, %(now)s::timestamptz) AS life) AS stands
WHERE alarm_wants(life) OR life = 'shelved'
ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), raised_at DESC, id
LIMIT 2000
