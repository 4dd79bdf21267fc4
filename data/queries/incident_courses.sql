-- How every gauge of rivers and rain went over a span: by five minutes, a long span by a quarter of an hour or an hour, one
-- whose minutes are no longer kept by the hour; with the minute (or hour) of the highest.
WITH span AS MATERIALIZED (
    SELECT incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz) AS since, incident_until(%(until)s::text, %(zone)s::text, %(now)s::timestamptz) AS until,
           incident_since(%(from)s::text, %(until)s::text, %(zone)s::text, %(now)s::timestamptz) >= %(now)s::timestamptz - make_interval(days => %(kept_days)s::int) AS fine
), step AS MATERIALIZED (
    SELECT CASE WHEN NOT fine OR until - since > interval '48 hours' THEN interval '1 hour'
                WHEN until - since > interval '12 hours' THEN interval '15 minutes' ELSE interval '5 minutes' END AS length
    FROM span
), placed AS MATERIALIZED (
    SELECT d.id AS device_id, d.key AS device, k.id AS kind_id, k.key AS kind
    FROM devices d CROSS JOIN kinds k
    WHERE d.key = ANY(%(devices)s::text[]) AND k.key IN ('water_level', 'rain')
)
SELECT p.device, p.kind, r.bucket, r.n, r.total, r.low, r.high, r.high_at
FROM placed p
CROSS JOIN LATERAL (
    SELECT time_bucket((SELECT length FROM step), bucket) AS bucket, sum(n)::bigint AS n, sum(total) AS total,
           min(low) AS low, max(high) AS high, (array_agg(bucket ORDER BY high DESC, bucket))[1] AS high_at
    FROM rollup_minute
    WHERE (SELECT fine FROM span) AND device_id = p.device_id AND kind_id = p.kind_id
      AND bucket >= (SELECT since FROM span) AND bucket < (SELECT until FROM span)
    GROUP BY 1
    UNION ALL
    SELECT bucket, n::bigint, total, low, high, bucket
    FROM rollup_hour
    WHERE NOT (SELECT fine FROM span) AND device_id = p.device_id AND kind_id = p.kind_id
      AND bucket >= (SELECT since FROM span) AND bucket < (SELECT until FROM span)
) r
ORDER BY p.device, p.kind, r.bucket
