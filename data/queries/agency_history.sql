-- How many cases of one agency (`tanpa`: of none) were opened and how many ended on each of the last 90 local days; a day
-- without any counts zero.
WITH days AS (
    SELECT (%(now)s::timestamptz AT TIME ZONE %(zone)s::text)::date - back AS day FROM generate_series(0, 89) AS back
), own AS (
    SELECT (c.opened_at AT TIME ZONE %(zone)s::text)::date AS opened_on,
           CASE WHEN NOT c.is_open THEN (c.status_at AT TIME ZONE %(zone)s::text)::date END AS ended_on
    FROM cases c
    LEFT JOIN unnest(%(kind_service)s::text[], %(kind_category)s::text[], %(kind_counts)s::boolean[])
           AS k (service, category, counts) ON k.service = c.service AND k.category = c.category
    WHERE (c.agency = %(agency)s::text OR (c.agency IS NULL AND %(agency)s::text = 'tanpa')) AND coalesce(k.counts, true)
      AND (c.is_open OR c.status_at >= %(now)s::timestamptz - interval '91 days')
), opened AS (
    SELECT opened_on AS day, count(*) AS n FROM own GROUP BY 1
), ended AS (
    SELECT ended_on AS day, count(*) AS n FROM own WHERE ended_on IS NOT NULL GROUP BY 1
)
SELECT d.day, coalesce(o.n, 0) AS opened, coalesce(e.n, 0) AS ended
FROM days d LEFT JOIN opened o USING (day) LEFT JOIN ended e USING (day)
ORDER BY d.day
