-- New forecasts and newer analyses of known ones; an older analysis or the same again changes nothing.
INSERT INTO forecasts AS f (subdistrict, valid_at, analysed_at, received_at, channel, temperature, humidity, rain,
                            weather, words, wind_speed, wind_from, cloud)
SELECT subdistrict, valid_at, analysed_at, received_at, channel, temperature, humidity, rain,
       weather, words, wind_speed, wind_from, cloud
FROM unnest(%(subdistrict)s, %(valid_at)s, %(analysed_at)s, %(received_at)s, %(channel)s, %(temperature)s,
            %(humidity)s, %(rain)s, %(weather)s, %(words)s, %(wind_speed)s, %(wind_from)s, %(cloud)s)
     AS staged (subdistrict, valid_at, analysed_at, received_at, channel, temperature, humidity, rain,
                weather, words, wind_speed, wind_from, cloud)
ORDER BY subdistrict, valid_at
ON CONFLICT (subdistrict, valid_at) DO UPDATE
SET analysed_at = excluded.analysed_at, received_at = excluded.received_at, channel = excluded.channel,
    temperature = excluded.temperature, humidity = excluded.humidity, rain = excluded.rain,
    weather = excluded.weather, words = excluded.words, wind_speed = excluded.wind_speed,
    wind_from = excluded.wind_from, cloud = excluded.cloud
WHERE excluded.analysed_at >= f.analysed_at
  AND (f.analysed_at, f.channel, f.temperature, f.humidity, f.rain, f.weather, f.words, f.wind_speed, f.wind_from,
       f.cloud)
      IS DISTINCT FROM (excluded.analysed_at, excluded.channel, excluded.temperature, excluded.humidity, excluded.rain,
                        excluded.weather, excluded.words, excluded.wind_speed, excluded.wind_from, excluded.cloud)
