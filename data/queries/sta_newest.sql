-- When the newest reading of all was taken; null where there is none.
SELECT max(observed_at) AS newest FROM latest_readings
