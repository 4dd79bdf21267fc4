-- What is usual of each kind of one device at each local hour of the day: the quartiles of the hour's means over the last
-- four weeks, and on how many days the hour was heard.
SELECT k.key AS kind, extract(hour FROM r.bucket AT TIME ZONE %(zone)s::text)::int AS hour, count(*) AS days,
       percentile_cont(0.25) WITHIN GROUP (ORDER BY r.total / r.n) AS low,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY r.total / r.n) AS middle,
       percentile_cont(0.75) WITHIN GROUP (ORDER BY r.total / r.n) AS high
FROM rollup_hour r
JOIN kinds k ON k.id = r.kind_id
WHERE r.device_id = (SELECT id FROM devices WHERE key = %(device)s::text)
  AND r.kind_id = ANY(ARRAY(SELECT kind_id FROM latest_readings
                            WHERE device_id = (SELECT id FROM devices WHERE key = %(device)s::text)))
  AND r.bucket >= date_trunc('hour', %(now)s::timestamptz) - interval '28 days'
  AND r.bucket < date_trunc('hour', %(now)s::timestamptz)
GROUP BY k.key, 2
ORDER BY k.key, 2
