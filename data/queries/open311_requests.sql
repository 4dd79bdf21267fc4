-- Cases of one service as they stand, the last opened first: those of these numbers, or of a span of time.
SELECT case_id, status, is_open, status_at, opened_at, category, subdistrict, lat, lon, agency, summary
FROM cases
WHERE service = %(service)s::text
  AND (%(ids)s::text[] IS NULL OR case_id = ANY(%(ids)s::text[]))
  AND (%(since)s::timestamptz IS NULL OR opened_at >= %(since)s::timestamptz)
  AND (%(until)s::timestamptz IS NULL OR opened_at <= %(until)s::timestamptz)
  AND (%(codes)s::text[] IS NULL OR category = ANY(%(codes)s::text[]))
  AND (%(open)s::boolean IS NULL OR is_open = %(open)s::boolean)
ORDER BY opened_at DESC, case_id
LIMIT %(rows)s::int
