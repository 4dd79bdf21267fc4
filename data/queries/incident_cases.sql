-- How many cases of each category were opened, and how many ended, in each hour of a span that has any.
WITH span AS MATERIALIZED (
    SELECT incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz) AS since, incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz) AS until
), found AS (
    SELECT service, category, date_trunc('hour', opened_at) AS bucket, 1 AS opened, 0 AS ended
    FROM cases
    WHERE opened_at >= (SELECT since FROM span) AND opened_at < (SELECT until FROM span)
      AND (%(district)s::text = '' OR left(subdistrict, 8) = %(district)s::text)
    UNION ALL
    SELECT service, category, date_trunc('hour', status_at), 0, 1
    FROM cases
    WHERE NOT is_open AND status_at >= (SELECT since FROM span) AND status_at < (SELECT until FROM span)
      AND (%(district)s::text = '' OR left(subdistrict, 8) = %(district)s::text)
)
SELECT service, coalesce(category, '') AS category, bucket, sum(opened)::bigint AS opened, sum(ended)::bigint AS ended
FROM found
GROUP BY 1, 2, 3
ORDER BY 3, 1, 2
