-- One commodity's last price of each local day at each placed market, over a period; over a year the last of each week.
-- A price in another unit is another row.
SELECT market, unit, date_trunc(CASE %(period)s::text WHEN '1y' THEN 'week' ELSE 'day' END,
                                observed_at AT TIME ZONE %(zone)s::text)::date AS day,
       last(price, observed_at) AS price, max(observed_at) AS observed_at
FROM prices
WHERE commodity = %(commodity)s::text AND market = ANY(%(markets)s::text[])
  AND observed_at > date_trunc('day', %(now)s::timestamptz, %(zone)s::text)
      - CASE %(period)s::text WHEN '30d' THEN interval '30 days' WHEN '90d' THEN interval '90 days'
        ELSE interval '365 days' END
  AND observed_at <= %(now)s::timestamptz + interval '10 minutes'
GROUP BY market, unit, day
ORDER BY market, unit, day
