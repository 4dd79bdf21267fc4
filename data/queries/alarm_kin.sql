-- The other alarms of the same cause that stand, or stood within the day before this one began.
SELECT a.id, a.rule, a.priority, a.source, a.name, a.cause, a.agency, a.district, a.subdistrict, a.lat, a.lon, a.device,
       a.kind, a.value, a.worst, a.bound, a.detail, a.raised_at, a.known_at, a.ended_at, a.flaps, a.acknowledged_at,
       a.acknowledged_by, a.assigned_to, a.shelved_until, a.resolved_at, a.reviewed_at, a.escalated, a.withdrawn,
       alarm_life(a, %(now)s::timestamptz) AS life
FROM alarms one
JOIN alarms a ON a.cause = one.cause AND a.id <> one.id AND NOT a.withdrawn
WHERE one.id = %(alarm)s::bigint
  AND (a.ended_at IS NULL OR a.ended_at > one.raised_at - interval '1 day')
  AND a.raised_at < coalesce(one.ended_at, %(now)s::timestamptz) + interval '1 day'
ORDER BY a.raised_at DESC, a.id
LIMIT 50
