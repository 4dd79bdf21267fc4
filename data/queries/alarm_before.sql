-- What came before an alarm, of another cause: the alarms raised in so many hours before it began, the newest first.
SELECT a.id, a.rule, a.priority, a.source, a.name, a.cause, a.agency, a.district, a.subdistrict, a.lat, a.lon, a.device,
       a.kind, a.value, a.worst, a.bound, a.detail, a.raised_at, a.known_at, a.ended_at, a.flaps, a.acknowledged_at,
       a.acknowledged_by, a.assigned_to, a.shelved_until, a.resolved_at, a.reviewed_at, a.escalated, a.withdrawn,
       alarm_life(a, %(now)s::timestamptz) AS life
FROM alarms one
JOIN alarms a ON a.cause <> one.cause AND NOT a.withdrawn AND a.raised_at <= one.raised_at
             AND a.raised_at > one.raised_at - %(before_hours)s::integer * interval '1 hour'
WHERE one.id = %(alarm)s::bigint
ORDER BY a.raised_at DESC, a.id
LIMIT 500
