-- The alarms that the desk's list asks for, by how they stand, priority, owner and kecamatan: one more than is
-- shown. `minute` is there so that what time alone changes is an answer of its own.
SELECT id, rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value, worst, bound,
       detail, raised_at, known_at, ended_at, flaps, acknowledged_at, acknowledged_by, assigned_to, shelved_until,
       resolved_at, reviewed_at, escalated, withdrawn, stands.life, date_trunc('minute', %(now)s::timestamptz) AS minute
FROM alarms a
CROSS JOIN LATERAL (SELECT alarm_life(a, %(now)s::timestamptz) AS life) AS stands
WHERE stands.life NOT IN ('withdrawn', 'coming')
  AND (%(priority)s::text = '' OR priority = %(priority)s::text)
  AND (%(agency)s::text = '' OR coalesce(assigned_to, agency, 'tanpa') = %(agency)s::text)
  AND (%(district)s::text = '' OR district = %(district)s::text)
  AND CASE %(life)s::text
        WHEN 'semua' THEN true
        WHEN 'berakhir' THEN ended_at IS NOT NULL
        WHEN 'ditangani' THEN stands.life = 'resolved'
        WHEN 'ditunda' THEN stands.life = 'shelved'
        WHEN 'diterima' THEN stands.life = 'acknowledged'
        WHEN 'baru' THEN alarm_wants(stands.life) AND acknowledged_at IS NULL
        ELSE alarm_wants(stands.life)
      END
ORDER BY CASE WHEN %(life)s::text IN ('semua', 'berakhir') THEN 0
              ELSE array_position(ARRAY['high', 'medium', 'low'], priority) END,
         raised_at DESC, id
LIMIT 501
