-- Equivalent sound levels of the last 24 hours by hour of the city: 10 log of the mean of 10^(L/10), in dB(A).
-- From the readings themselves: the rollups keep sums of decibels, whose mean is below the level of the mean energy.
SELECT d.key AS device, r.bucket, r.level, r.n
FROM (
    SELECT device_id, date_trunc('hour', observed_at, %(zone)s::text) AS bucket,
           10 * log(avg(power(10::double precision, value / 10))) AS level, count(*) AS n
    FROM readings
    WHERE device_id = ANY(ARRAY(SELECT id FROM devices WHERE key = ANY(%(devices)s::text[])))
      AND kind_id = (SELECT id FROM kinds WHERE key = 'noise')
      AND observed_at > %(now)s::timestamptz - interval '24 hours' AND observed_at <= %(now)s::timestamptz
    GROUP BY 1, 2
) r
JOIN devices d ON d.id = r.device_id
ORDER BY d.key, r.bucket
