-- The alarms somebody takes a step at, as they stand now: nobody else changes them until this transaction is over.
SELECT id, withdrawn, ended_at, acknowledged_at, acknowledged_by, assigned_to, shelved_until, resolved_at,
       resolved_by, reviewed_at, alarm_life(a, %(at)s::timestamptz) AS life
FROM alarms a
WHERE id = ANY(%(ids)s::bigint[])
ORDER BY id
FOR UPDATE
