-- How many alarms stand in each state of the desk's list.
SELECT count(*) FILTER (WHERE alarm_wants(life)) AS wanting,
       count(*) FILTER (WHERE alarm_wants(life) AND acknowledged_at IS NULL) AS fresh,
       count(*) FILTER (WHERE life = 'acknowledged') AS acknowledged,
       count(*) FILTER (WHERE life = 'shelved') AS shelved,
       count(*) FILTER (WHERE life = 'resolved') AS resolved
FROM alarms a
CROSS JOIN LATERAL (SELECT alarm_life(a, %(now)s::timestamptz) AS life) AS stands
