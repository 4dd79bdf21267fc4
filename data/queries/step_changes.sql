-- What was done at alarms in the last two days, by the engine and by people, the newest on top, each with its alarm.
SELECT s.id, s.alarm_id, s.at, s.step, s.actor, s.note, s.agency, s.until, a.rule, a.priority, a.name, a.device, a.district
FROM alarm_steps s
JOIN alarms a ON a.id = s.alarm_id
WHERE NOT a.withdrawn AND s.at >= %(now)s::timestamptz - interval '48 hours' AND s.at <= %(now)s::timestamptz
ORDER BY s.id DESC
LIMIT 1000
