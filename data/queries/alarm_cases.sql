-- The cases opened in the last day, with what a burst is told by.
SELECT service, case_id, category, subdistrict, lat, lon, opened_at
FROM cases
WHERE opened_at > %(now)s::timestamptz - interval '1 day'
ORDER BY opened_at DESC
LIMIT 20000
