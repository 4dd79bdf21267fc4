-- A new alarm with its first step, and its last where it has ended already. One that is kept already changes nothing.
WITH raised AS (
    INSERT INTO alarms (rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value,
                        worst, bound, detail, raised_at, ended_at, flaps)
    SELECT %(rule)s, %(priority)s, %(source)s, %(name)s, %(cause)s, %(agency)s, %(district)s, %(subdistrict)s,
           %(lat)s::double precision, %(lon)s::double precision, %(device)s, %(kind)s, %(value)s::double precision,
           %(worst)s::double precision, %(bound)s::double precision, %(detail)s, %(raised_at)s::timestamptz,
           %(ended_at)s::timestamptz, count(*)
    FROM alarms
    WHERE rule = %(rule)s AND source = %(source)s AND NOT withdrawn AND ended_at <= %(raised_at)s::timestamptz
      AND ended_at > %(raised_at)s::timestamptz - interval '1 hour'
    ON CONFLICT DO NOTHING
    RETURNING id, ended_at
)
INSERT INTO alarm_steps (alarm_id, step, actor)
SELECT id, step, 'engine'
FROM raised CROSS JOIN LATERAL (VALUES ('raised', true), ('ended', ended_at IS NOT NULL)) AS steps (step, taken)
WHERE taken
ORDER BY step DESC
