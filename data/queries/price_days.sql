-- Each commodity's price on each of the last 37 local days: the median over markets of their last price that day, and
-- how many markets that is. A price in another unit is another row.
SELECT commodity, unit, day, percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS price, count(*) AS markets
FROM (
    SELECT commodity, unit, (observed_at AT TIME ZONE %(zone)s::text)::date AS day, last(price, observed_at) AS price
    FROM prices
    WHERE market = ANY(%(markets)s::text[])
      AND observed_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '36 days'
      AND observed_at <= %(now)s::timestamptz + interval '10 minutes'
    GROUP BY market, commodity, unit, day
) AS last_of_day
GROUP BY commodity, unit, day
ORDER BY commodity, unit, day
