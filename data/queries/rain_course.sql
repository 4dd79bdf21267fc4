-- Rain at every placed rain gauge over a span, in sums of a quarter of an hour, an hour, six hours, a day or a week.
SELECT d.key AS device, r.bucket, r.mm
FROM devices d
CROSS JOIN LATERAL (
    SELECT time_bucket(CASE %(range)s::text WHEN '6h' THEN interval '15 minutes' ELSE interval '1 hour' END, bucket)
               AS bucket, sum(total) AS mm
    FROM rollup_minute
    WHERE %(range)s::text IN ('6h', '24h') AND device_id = d.id
      AND kind_id = (SELECT id FROM kinds WHERE key = 'rain')
      AND bucket > %(now)s::timestamptz
          - CASE %(range)s::text WHEN '6h' THEN interval '6 hours' ELSE interval '24 hours' END
      AND bucket <= %(now)s::timestamptz
    GROUP BY 1
    UNION ALL
    SELECT time_bucket(CASE %(range)s::text WHEN '7d' THEN interval '6 hours' WHEN '30d' THEN interval '1 day'
                       ELSE interval '7 days' END, bucket, %(zone)s::text), sum(total)
    FROM rollup_hour
    WHERE %(range)s::text IN ('7d', '30d', '1y') AND device_id = d.id
      AND kind_id = (SELECT id FROM kinds WHERE key = 'rain')
      AND bucket > %(now)s::timestamptz - CASE %(range)s::text WHEN '7d' THEN interval '7 days'
          WHEN '30d' THEN interval '30 days' ELSE interval '365 days' END
      AND bucket <= %(now)s::timestamptz
    GROUP BY 1
) r
WHERE d.key = ANY(%(devices)s::text[])
ORDER BY d.key, r.bucket
