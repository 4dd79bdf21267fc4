-- The alarms that hold or held in the last day, with what a combination of them is told by.
SELECT rule, source, name, device, district, lat, lon, raised_at, ended_at
FROM alarms
WHERE NOT withdrawn AND raised_at <= %(now)s::timestamptz
  AND (ended_at IS NULL OR ended_at > %(now)s::timestamptz - interval '1 day')
ORDER BY raised_at, id
LIMIT 5000
