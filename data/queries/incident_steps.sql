-- What people did at alarms in a span, and what was passed on because nobody did, the first on top: one more than is read.
SELECT s.id, s.alarm_id, s.at, s.step, s.actor, s.note, s.agency, s.until, a.rule, a.priority, a.name, a.device, a.district
FROM alarm_steps s
JOIN alarms a ON a.id = s.alarm_id
WHERE s.at >= incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND s.at < incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND (s.actor <> 'engine' OR s.step = 'escalated')
  AND (%(district)s::text = '' OR a.district = %(district)s::text)
ORDER BY s.id
LIMIT 2001
