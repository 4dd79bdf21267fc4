-- How many cases were opened and finished on each of the last 14 local days; a day without any counts zero.
WITH days AS (
    SELECT generate_series(today - 13, today, interval '1 day')::date AS day
    FROM (SELECT (%(now)s::timestamptz AT TIME ZONE %(zone)s::text)::date AS today) AS calendar
), opened AS (
    SELECT (opened_at AT TIME ZONE %(zone)s::text)::date AS day, count(*) AS n
    FROM cases
    WHERE service = %(service)s::text AND opened_at > %(now)s::timestamptz - interval '15 days'
    GROUP BY 1
), finished AS (
    SELECT (status_at AT TIME ZONE %(zone)s::text)::date AS day, count(*) AS n
    FROM cases
    WHERE service = %(service)s::text AND NOT is_open AND status_at > %(now)s::timestamptz - interval '15 days'
    GROUP BY 1
)
SELECT day, coalesce(opened.n, 0) AS opened, coalesce(finished.n, 0) AS finished
FROM days LEFT JOIN opened USING (day) LEFT JOIN finished USING (day)
ORDER BY day
