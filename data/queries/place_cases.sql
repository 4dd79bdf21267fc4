-- Of every kelurahan (empty where none is known) the open cases of all services, those nobody has taken up and those past
-- their deadline by the pack's bounds, the oldest of all and of the late ones.
WITH judged AS (
    SELECT coalesce(c.subdistrict, '') AS subdistrict, c.opened_at, c.status_at, s.role,
           EXISTS (
               SELECT FROM unnest(%(bound_service)s::text[], %(bound_status)s::text[], %(bound_category)s::text[],
                                  %(bound_opened)s::boolean[], %(bound_since)s::timestamptz[],
                                  %(bound_before)s::timestamptz[], %(bound_length)s::float8[])
                        AS b (service, status, category, opened, since, before, length)
               WHERE b.service = c.service AND b.status = c.status AND b.category = coalesce(k.category, '')
                 AND CASE WHEN b.opened THEN c.opened_at ELSE c.status_at END >= b.since
                 AND (b.before IS NULL OR CASE WHEN b.opened THEN c.opened_at ELSE c.status_at END < b.before)
                 AND (b.length IS NULL
                      OR CASE WHEN b.opened THEN c.opened_at ELSE c.status_at END
                         <= %(now)s::timestamptz - make_interval(secs => b.length))
           ) AS late
    FROM cases c
    JOIN unnest(%(state_service)s::text[], %(state_status)s::text[], %(state_role)s::text[])
           AS s (service, status, role) ON s.service = c.service AND s.status = c.status
    LEFT JOIN unnest(%(kind_service)s::text[], %(kind_category)s::text[], %(kind_counts)s::boolean[])
           AS k (service, category, counts) ON k.service = c.service AND k.category = c.category
    WHERE c.is_open AND coalesce(k.counts, true)
)
SELECT subdistrict, count(*) AS open, count(*) FILTER (WHERE role = 'waiting') AS waiting,
       count(*) FILTER (WHERE late) AS overdue, min(opened_at) AS oldest_opened_at,
       min(opened_at) FILTER (WHERE late) AS late_opened_at, max(status_at) AS status_at
FROM judged
GROUP BY subdistrict
ORDER BY subdistrict
