-- The newest price of each commodity at each placed market, beside the last one of an earlier local day.
WITH daily AS (
    SELECT DISTINCT ON (market, commodity, unit, day)
           market, commodity, unit, price, observed_at, date_trunc('day', observed_at, %(zone)s::text) AS day
    FROM prices
    WHERE market = ANY(%(markets)s::text[])
      AND observed_at > %(now)s::timestamptz - interval '14 days'
      AND observed_at <= %(now)s::timestamptz + interval '10 minutes'
    ORDER BY market, commodity, unit, day, observed_at DESC
), compared AS (
    SELECT market, commodity, price, unit, observed_at,
           lag(price) OVER earlier AS previous, lag(observed_at) OVER earlier AS previous_at
    FROM daily
    WINDOW earlier AS (PARTITION BY market, commodity, unit ORDER BY day)
)
SELECT DISTINCT ON (market, commodity) market, commodity, price, unit, observed_at, previous, previous_at
FROM compared
WHERE observed_at > %(now)s::timestamptz - interval '7 days'
ORDER BY market, commodity, observed_at DESC
