-- The next step a channel is to tell of, in their order: marked before it is sent, with all that is told.
WITH taken AS (
    UPDATE alarm_deliveries d
    SET state = 'sending', tries = tries + 1
    WHERE (d.step_id, d.channel) = (
        SELECT step_id, channel FROM alarm_deliveries
        WHERE channel = %(channel)s AND state = 'pending'
        ORDER BY step_id
        LIMIT 1
        FOR UPDATE)
      AND d.next_at <= clock_timestamp()
    RETURNING step_id, tries
)
SELECT t.tries, s.id AS step_id, s.step, s.at, s.actor, s.note, s.agency AS to_agency, s.until,
       a.id, a.rule, a.priority, a.source, a.name, a.agency, a.assigned_to, a.district, a.subdistrict, a.lat, a.lon,
       a.device, a.kind, a.value, a.worst, a.bound, a.detail, a.raised_at, a.ended_at
FROM taken t
JOIN alarm_steps s ON s.id = t.step_id
JOIN alarms a ON a.id = s.alarm_id
