-- One alarm; `minute` is there so that what time alone changes is an answer of its own.
SELECT id, rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value, worst, bound,
       detail, raised_at, known_at, ended_at, flaps, acknowledged_at, acknowledged_by, assigned_to, shelved_until,
       resolved_at, resolved_by, reviewed_at, escalated, withdrawn, alarm_life(a, %(now)s::timestamptz) AS life,
       date_trunc('minute', %(now)s::timestamptz) AS minute
FROM alarms a
WHERE id = %(alarm)s::bigint
