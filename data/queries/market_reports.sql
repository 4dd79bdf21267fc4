-- When each market last reported within 36 days, how many commodities it reported today and when first, and on how
-- many of the last 30 local days it reported.
SELECT market, max(last_at) AS last_at,
       max(first_at) FILTER (WHERE day = today) AS first_today_at,
       coalesce(max(commodities) FILTER (WHERE day = today), 0) AS commodities_today,
       count(*) FILTER (WHERE day > today - 30) AS days
FROM (
    SELECT market, (observed_at AT TIME ZONE %(zone)s::text)::date AS day,
           (%(now)s::timestamptz AT TIME ZONE %(zone)s::text)::date AS today,
           min(observed_at) AS first_at, max(observed_at) AS last_at, count(DISTINCT commodity) AS commodities
    FROM prices
    WHERE market = ANY(%(markets)s::text[])
      AND observed_at >= date_trunc('day', %(now)s::timestamptz, %(zone)s::text) - interval '36 days'
      AND observed_at <= %(now)s::timestamptz + interval '10 minutes'
    GROUP BY market, day
) AS by_day
GROUP BY market
ORDER BY market
