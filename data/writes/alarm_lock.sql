-- The alarms somebody takes a step at, as they stand now: nobody else changes them until this transaction is over.
SELECT id, withdrawn, ended_at, acknowledged_at, acknowledged_by, assigned_to, shelved_until, resolved_at,
       resolved_by, reviewed_at
FROM alarms
WHERE id = ANY(%(ids)s::bigint[])
ORDER BY id
FOR UPDATE
