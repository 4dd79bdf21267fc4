-- The steps of the last two days that a channel is to tell of and that nobody has planned yet.
INSERT INTO alarm_deliveries (step_id, channel)
SELECT s.id, c.key
FROM alarm_channels c
CROSS JOIN alarm_steps s
JOIN alarms a ON a.id = s.alarm_id
WHERE c.key = %(channel)s
  AND s.id > c.begins_after
  AND s.at > now() - interval '2 days'
  AND s.step = ANY(%(steps)s::text[])
  AND a.priority = ANY(%(priorities)s::text[])
  AND (%(agencies)s::text[] IS NULL OR coalesce(a.assigned_to, a.agency) = ANY(%(agencies)s::text[]))
ORDER BY s.id
ON CONFLICT DO NOTHING
