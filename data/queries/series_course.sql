-- How every kind of one device went over a span: its readings by minute, five minutes, hour, two hours or local day,
-- beside the time of the newest.
WITH series AS MATERIALIZED (
    SELECT l.device_id, l.kind_id, k.key AS kind, l.observed_at
    FROM latest_readings l
    JOIN kinds k ON k.id = l.kind_id
    WHERE l.device_id = (SELECT id FROM devices WHERE key = %(device)s::text)
)
SELECT s.kind, r.bucket, r.n, r.total, r.low, r.high, s.observed_at
FROM series s
CROSS JOIN LATERAL (
    SELECT time_bucket(CASE %(range)s::text WHEN '6h' THEN interval '1 minute' ELSE interval '5 minutes' END, bucket)
               AS bucket, sum(n)::bigint AS n, sum(total) AS total, min(low) AS low, max(high) AS high
    FROM rollup_minute
    WHERE %(range)s::text IN ('6h', '24h') AND device_id = s.device_id AND kind_id = s.kind_id
      AND bucket > %(now)s::timestamptz
          - CASE %(range)s::text WHEN '6h' THEN interval '6 hours' ELSE interval '24 hours' END
      AND bucket <= %(now)s::timestamptz
    GROUP BY 1
    UNION ALL
    SELECT time_bucket(CASE %(range)s::text WHEN '7d' THEN interval '1 hour' ELSE interval '2 hours' END, bucket),
           sum(n)::bigint, sum(total), min(low), max(high)
    FROM rollup_hour
    WHERE %(range)s::text IN ('7d', '30d') AND device_id = s.device_id AND kind_id = s.kind_id
      AND bucket > %(now)s::timestamptz
          - CASE %(range)s::text WHEN '7d' THEN interval '7 days' ELSE interval '30 days' END
      AND bucket <= %(now)s::timestamptz
    GROUP BY 1
    UNION ALL
    SELECT bucket, n::bigint, total, low, high
    FROM rollup_day
    WHERE %(range)s::text = '1y' AND device_id = s.device_id AND kind_id = s.kind_id
      AND bucket > %(now)s::timestamptz - interval '365 days' AND bucket <= %(now)s::timestamptz
) r
ORDER BY s.kind, r.bucket
