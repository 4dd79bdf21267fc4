-- How many warnings came on each of the last 14 local days, by level; updates of one are the same warning. Days without
-- any are left out.
SELECT (issued_at AT TIME ZONE %(zone)s::text)::date AS day, severity, count(*) AS n
FROM bulletins
WHERE issued_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '13 days'
  AND issued_at <= %(now)s AND kind = 'alert' AND severity <> 'info' AND NOT elsewhere
GROUP BY 1, 2
ORDER BY 1, 2
