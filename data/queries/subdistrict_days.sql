-- Of one kelurahan, for each of the last 29 local midnights since its first case: how many cases were open then, and how
-- many were opened and ended on the day that began there. Of one that was opened again only its last end is known.
WITH days AS (
    SELECT day, day::timestamp AT TIME ZONE %(zone)s::text AS began, (day + 1)::timestamp AT TIME ZONE %(zone)s::text AS ends
    FROM (
        SELECT (%(now)s::timestamptz AT TIME ZONE %(zone)s::text)::date - back AS day FROM generate_series(0, 28) AS back
    ) AS calendar
), here AS (
    SELECT c.opened_at, CASE WHEN NOT c.is_open THEN c.status_at END AS ended_at
    FROM cases c
    LEFT JOIN unnest(%(kind_service)s::text[], %(kind_category)s::text[], %(kind_counts)s::boolean[])
           AS k (service, category, counts) ON k.service = c.service AND k.category = c.category
    WHERE c.subdistrict = %(subdistrict)s::text AND coalesce(k.counts, true)
      AND (c.is_open OR c.status_at >= (SELECT min(began) FROM days))
)
SELECT d.day,
       count(*) FILTER (WHERE h.opened_at < d.began AND (h.ended_at IS NULL OR h.ended_at >= d.began)) AS open,
       count(*) FILTER (WHERE h.opened_at >= d.began AND h.opened_at < d.ends) AS opened,
       count(*) FILTER (WHERE h.ended_at >= d.began AND h.ended_at < d.ends) AS ended
FROM days d LEFT JOIN here h ON h.opened_at < d.ends
WHERE d.ends > (SELECT min(opened_at) FROM cases WHERE subdistrict = %(subdistrict)s::text)
GROUP BY d.day
ORDER BY d.day
