-- What is expected in every kelurahan for the three hours that have begun and the seven steps after them: 24 hours.
SELECT subdistrict, valid_at, analysed_at, received_at, channel, temperature, rain, words, wind_speed
FROM forecasts
WHERE valid_at > %(now)s::timestamptz - interval '3 hours' AND valid_at <= %(now)s::timestamptz + interval '21 hours'
ORDER BY valid_at, subdistrict
