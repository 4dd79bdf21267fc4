-- How long after its own time each reading of a device arrived, over the last hour of arrivals, in seconds: the shortest,
-- the middle and the longest delay. A clock that runs ahead shows as a shortest one below zero. What was sent again from
-- a gateway's memory lies in the longest alone.
SELECT count(*) AS n, min(delay) AS shortest,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY delay) AS middle, max(delay) AS longest
FROM (
    SELECT extract(epoch FROM received_at - observed_at)::double precision AS delay
    FROM readings
    WHERE device_id = (SELECT id FROM devices WHERE key = %(device)s::text)
      AND observed_at > %(now)s::timestamptz - interval '1 day'
      AND received_at > %(now)s::timestamptz - interval '1 hour'
) AS arrived
HAVING count(*) > 0
