-- Each commodity's price today and on each of the last 30 local days: the median over markets of their last price that day.
SELECT commodity, unit, day, percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS price
FROM (
    SELECT DISTINCT ON (market, commodity, unit, day)
           market, commodity, unit, price, (observed_at AT TIME ZONE %(zone)s::text)::date AS day
    FROM prices
    WHERE market = ANY(%(markets)s::text[])
      AND observed_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '30 days'
      AND observed_at <= %(now)s::timestamptz + interval '10 minutes'
    ORDER BY market, commodity, unit, day, observed_at DESC
) AS last_of_day
GROUP BY commodity, unit, day
ORDER BY commodity, unit, day
