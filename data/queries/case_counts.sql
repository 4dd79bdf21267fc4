-- Open cases, and those finished since local midnight, by all that the wall groups them by.
SELECT status, agency, category, left(subdistrict, 8) AS district, count(*) AS n, min(opened_at) AS oldest_opened_at
FROM cases
WHERE service = %(service)s::text
  AND (is_open OR status_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text))
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
