-- The alarms that held at some time of a span, as they stood at its end: what people did later is not seen.
-- `life` is how one stood at the span's end, one that had ended as it stood while that still wanted somebody.
SELECT *, alarm_life(false, raised_at, known_at, ended_at, acknowledged_at, resolved_at, reviewed_at, shelved_until,
                     least(%(until)s::timestamptz, ended_at + interval '1 day' - interval '1 microsecond')) AS life
FROM (
    SELECT a.id, a.rule, a.priority, a.source, a.name, a.cause, a.agency, a.district, a.subdistrict, a.lat, a.lon, a.device,
           a.kind, a.value, a.worst, a.bound, a.detail, a.raised_at, a.known_at,
           CASE WHEN a.ended_at < %(until)s::timestamptz THEN a.ended_at END AS ended_at, a.flaps,
           CASE WHEN a.acknowledged_at < %(until)s::timestamptz THEN a.acknowledged_at END AS acknowledged_at,
           CASE WHEN a.acknowledged_at < %(until)s::timestamptz THEN a.acknowledged_by END AS acknowledged_by,
           given.agency AS assigned_to, put_off.until AS shelved_until,
           CASE WHEN a.resolved_at < %(until)s::timestamptz THEN a.resolved_at END AS resolved_at,
           CASE WHEN a.reviewed_at < %(until)s::timestamptz THEN a.reviewed_at END AS reviewed_at
    FROM alarms a
    LEFT JOIN LATERAL (
        SELECT agency FROM alarm_steps
        WHERE alarm_id = a.id AND step = 'assigned' AND at < %(until)s::timestamptz
        ORDER BY id DESC LIMIT 1
    ) given ON true
    LEFT JOIN LATERAL (
        SELECT until FROM alarm_steps
        WHERE alarm_id = a.id AND step IN ('shelved', 'unshelved') AND at < %(until)s::timestamptz
        ORDER BY id DESC LIMIT 1
    ) put_off ON true
    WHERE NOT a.withdrawn AND a.raised_at < %(until)s::timestamptz
      AND (a.ended_at IS NULL OR a.ended_at >= %(since)s::timestamptz)
) AS stood
ORDER BY array_position(ARRAY['high', 'medium', 'low'], priority), raised_at, id
LIMIT 5000
