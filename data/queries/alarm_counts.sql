-- How many alarms stand in each state of the desk's list.
SELECT count(*) FILTER (WHERE wanting) AS wanting,
       count(*) FILTER (WHERE wanting AND acknowledged_at IS NULL) AS fresh,
       count(*) FILTER (WHERE wanting AND acknowledged_at IS NOT NULL) AS acknowledged,
       count(*) FILTER (WHERE live AND shelved_until > %(now)s::timestamptz) AS shelved,
       count(*) FILTER (WHERE resolved_at IS NOT NULL AND reviewed_at IS NULL) AS resolved
FROM alarms
CROSS JOIN LATERAL (SELECT resolved_at IS NULL AND reviewed_at IS NULL AS live) AS a
CROSS JOIN LATERAL (
    SELECT live AND (shelved_until IS NULL OR shelved_until <= %(now)s::timestamptz)
           AND (ended_at IS NULL OR (acknowledged_at IS NULL AND ended_at > %(now)s::timestamptz - interval '1 day'))
           AS wanting
) AS b
WHERE NOT withdrawn AND raised_at <= %(now)s::timestamptz
  AND (ended_at IS NULL OR ended_at > %(now)s::timestamptz - interval '1 day'
       OR (resolved_at IS NOT NULL AND reviewed_at IS NULL))
