-- The steps taken since a shift began, the newest on top, each with its alarm: one more than is read.
SELECT s.id, s.alarm_id, s.at, s.step, s.actor, s.note, s.agency, s.until, a.rule, a.priority, a.name, a.device, a.district
FROM alarm_steps s
JOIN alarms a ON a.id = s.alarm_id
WHERE s.at >= %(shift_since)s::timestamptz AND s.at <= %(now)s::timestamptz
ORDER BY s.id DESC
LIMIT 2001
