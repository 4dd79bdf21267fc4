-- How the figure of an alarm went, from two hours before it began until half an hour after it ended, at most a day; by
-- the minute, a long one by five.
WITH one AS (
    SELECT d.id AS device_id, k.id AS kind_id, a.raised_at - interval '2 hours' AS since,
           least(coalesce(a.ended_at + interval '30 minutes', %(now)s::timestamptz), %(now)s::timestamptz,
                 a.raised_at + interval '22 hours') AS until
    FROM alarms a
    JOIN devices d ON d.key = a.device
    JOIN kinds k ON k.key = a.kind
    WHERE a.id = %(alarm)s::bigint
)
SELECT time_bucket(CASE WHEN one.until - one.since > interval '6 hours' THEN interval '5 minutes'
                        ELSE interval '1 minute' END, r.bucket) AS bucket,
       sum(r.n)::bigint AS n, sum(r.total) AS total, min(r.low) AS low, max(r.high) AS high
FROM one
CROSS JOIN LATERAL (
    SELECT bucket, n, total, low, high
    FROM rollup_minute
    WHERE device_id = one.device_id AND kind_id = one.kind_id AND bucket >= one.since AND bucket <= one.until
    OFFSET 0 -- one series, by its index
) r
GROUP BY 1
ORDER BY 1
