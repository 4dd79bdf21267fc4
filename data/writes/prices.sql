-- New prices; one already known of this market, commodity and time stays as it was.
INSERT INTO prices (observed_at, received_at, market, commodity, price, unit)
SELECT observed_at, received_at, market, commodity, price::numeric(12, 2), unit
FROM unnest(%(observed_at)s, %(received_at)s, %(market)s, %(commodity)s, %(price)s, %(unit)s)
     AS staged (observed_at, received_at, market, commodity, price, unit)
ORDER BY market, commodity, observed_at, received_at
ON CONFLICT (market, commodity, observed_at) DO NOTHING
