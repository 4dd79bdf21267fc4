-- The alarms that the desk's list asks for, by how they stand, priority, owner and kecamatan: one more than is
-- shown. `shelved` and `minute` are there so that what time alone changes is an answer of its own.
SELECT id, rule, priority, source, name, cause, agency, district, subdistrict, lat, lon, device, kind, value, worst, bound,
       detail, raised_at, known_at, ended_at, flaps, acknowledged_at, acknowledged_by, assigned_to, shelved_until,
       resolved_at, reviewed_at, escalated, withdrawn, shelved_until > %(now)s::timestamptz AS shelved,
       date_trunc('minute', %(now)s::timestamptz) AS minute
FROM alarms
WHERE NOT withdrawn
  AND raised_at <= %(now)s::timestamptz
  AND (%(priority)s::text = '' OR priority = %(priority)s::text)
  AND (%(agency)s::text = '' OR coalesce(assigned_to, agency, 'tanpa') = %(agency)s::text)
  AND (%(district)s::text = '' OR district = %(district)s::text)
  AND CASE %(life)s::text
        WHEN 'semua' THEN true
        WHEN 'berakhir' THEN ended_at IS NOT NULL
        WHEN 'ditangani' THEN resolved_at IS NOT NULL AND reviewed_at IS NULL
        WHEN 'ditunda' THEN shelved_until > %(now)s::timestamptz AND resolved_at IS NULL AND reviewed_at IS NULL
        ELSE reviewed_at IS NULL AND resolved_at IS NULL
             AND (shelved_until IS NULL OR shelved_until <= %(now)s::timestamptz)
             AND (ended_at IS NULL
                  OR (acknowledged_at IS NULL AND ended_at > %(now)s::timestamptz - interval '1 day'))
             AND (%(life)s::text <> 'baru' OR acknowledged_at IS NULL)
             AND (%(life)s::text <> 'diterima' OR acknowledged_at IS NOT NULL)
      END
ORDER BY CASE WHEN %(life)s::text IN ('semua', 'berakhir') THEN 0
              ELSE array_position(ARRAY['high', 'medium', 'low'], priority) END,
         raised_at DESC, id
LIMIT 501
