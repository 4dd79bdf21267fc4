-- Where the cases opened in a span are, the newest on top.
SELECT service, case_id, status, category, subdistrict, lat, lon, opened_at
FROM cases
WHERE opened_at >= incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND opened_at < incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz)
  AND (%(district)s::text = '' OR left(subdistrict, 8) = %(district)s::text)
ORDER BY opened_at DESC, service, case_id
LIMIT 5000
