-- How many cases there are of each state (the pack's roles of statuses) within an address's filters, how many of them are
-- past their deadline, and the last that was heard of them. Together these are the cases that `case_list` lists.
WITH found AS (
    SELECT c.opened_at, c.status_at, c.received_at, s.role,
           c.is_open AND EXISTS (
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
    WHERE coalesce(k.counts, true)
      AND (%(service)s::text = '' OR c.service = %(service)s::text)
      AND (%(status)s::text = '' OR c.status = %(status)s::text)
      AND (%(state)s::text = '' OR EXISTS (
               SELECT FROM unnest(%(means_state)s::text[], %(means_role)s::text[]) AS m (state, role)
               WHERE m.state = %(state)s::text AND m.role = s.role))
      AND (%(agency)s::text = '' OR coalesce(c.agency, 'tanpa') = %(agency)s::text)
      AND (%(district)s::text = '' OR left(c.subdistrict, 8) = %(district)s::text)
      AND (%(subdistrict)s::text = '' OR c.subdistrict = %(subdistrict)s::text)
      AND (%(category)s::text = '' OR c.category = %(category)s::text)
      AND (%(overdue)s::text = '' OR c.is_open)
      AND (%(days)s::text = ''
           OR c.opened_at >= %(now)s::timestamptz - make_interval(days => nullif(%(days)s::text, '')::int))
      AND (%(from)s::text = '' OR c.opened_at >= said_moment(%(from)s::text, %(zone)s::text, false))
      AND (%(to)s::text = '' OR c.opened_at < said_moment(%(to)s::text, %(zone)s::text, true))
)
SELECT role, count(*) AS n, count(*) FILTER (WHERE late) AS overdue, min(opened_at) AS oldest_opened_at,
       max(status_at) AS status_at, max(received_at) AS received_at
FROM found
WHERE %(overdue)s::text = '' OR late
GROUP BY role
ORDER BY role
