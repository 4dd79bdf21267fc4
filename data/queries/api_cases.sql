-- Cases as they stand, the last changed first, from after a place on.
SELECT service, case_id, status, status_at AS at, opened_at, category, subdistrict, lat, lon, agency, priority, channel,
       summary
FROM cases
WHERE service = ANY(%(services)s::text[])
  AND (%(status)s::text IS NULL OR status = %(status)s::text)
  AND status_at >= %(since)s::timestamptz AND status_at < %(until)s::timestamptz
  AND (NOT %(located)s::boolean OR (lat IS NOT NULL AND lon IS NOT NULL))
  AND (%(after_at)s::timestamptz IS NULL
       OR status_at < %(after_at)s::timestamptz
       OR (status_at = %(after_at)s::timestamptz
           AND (service, case_id) > (%(after_service)s::text, %(after_case_id)s::text)))
ORDER BY status_at DESC, service, case_id
LIMIT %(rows)s::int
