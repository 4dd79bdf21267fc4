-- Prices of a span of time, the newest first, from after a place on.
SELECT market, commodity, price, unit, observed_at
FROM prices
WHERE (%(market)s::text IS NULL OR market = %(market)s::text)
  AND (%(commodity)s::text IS NULL OR commodity = %(commodity)s::text)
  AND observed_at >= %(since)s::timestamptz AND observed_at < %(until)s::timestamptz
  AND (%(after_observed_at)s::timestamptz IS NULL
       OR observed_at < %(after_observed_at)s::timestamptz
       OR (observed_at = %(after_observed_at)s::timestamptz
           AND (market, commodity) > (%(after_market)s::text, %(after_commodity)s::text)))
ORDER BY observed_at DESC, market, commodity
LIMIT %(rows)s::int
