-- The state of the touched cases, computed anew from all their events: in whatever order these came, however often.
-- Steps are judged as sensors.judge.steps does it; of a service whose statuses nobody told, none is.
WITH touched AS (
    SELECT *, lag(status) OVER (PARTITION BY service, case_id ORDER BY at, status_rank, status) AS before
    FROM case_events
    WHERE (service, case_id) IN (SELECT * FROM unnest(%(service)s, %(case_id)s))
), waiting AS (
    SELECT * FROM unnest(%(waiting_service)s, %(waiting_status)s) AS waiting (service, status)
), allowed AS (
    SELECT * FROM unnest(%(step_service)s, %(step_before)s, %(step_after)s) AS allowed (service, before, after)
), judged AS (
    SELECT t.service, t.case_id,
           count(*) FILTER (WHERE t.before IS NULL AND w.status IS NULL
                               OR t.before <> t.status AND a.after IS NULL) AS impossible_steps,
           min(t.at) FILTER (WHERE w.status IS NULL) AS first_action_at
    FROM touched t
    LEFT JOIN waiting w ON w.service = t.service AND w.status = t.status
    LEFT JOIN allowed a ON a.service = t.service AND a.before = t.before AND a.after = t.status
    WHERE t.service IN (SELECT service FROM waiting)
    GROUP BY 1, 2
)
INSERT INTO cases (service, case_id, status, is_open, status_at, opened_at, received_at, category, subdistrict,
                   lat, lon, agency, priority, channel, summary, impossible_steps, first_action_at)
SELECT service, case_id, (array_agg(status ORDER BY at DESC, status_rank DESC, status))[1],
       (array_agg(is_open ORDER BY at DESC, status_rank DESC, status))[1], max(at), min(at), max(received_at),
       (array_agg(category ORDER BY at DESC, status_rank DESC) FILTER (WHERE category IS NOT NULL))[1],
       (array_agg(subdistrict ORDER BY at DESC, status_rank DESC) FILTER (WHERE subdistrict IS NOT NULL))[1],
       (array_agg(lat ORDER BY at DESC, status_rank DESC) FILTER (WHERE lat IS NOT NULL AND lon IS NOT NULL))[1],
       (array_agg(lon ORDER BY at DESC, status_rank DESC) FILTER (WHERE lat IS NOT NULL AND lon IS NOT NULL))[1],
       (array_agg(agency ORDER BY at DESC, status_rank DESC) FILTER (WHERE agency IS NOT NULL))[1],
       (array_agg(priority ORDER BY at DESC, status_rank DESC) FILTER (WHERE priority IS NOT NULL))[1],
       (array_agg(channel ORDER BY at DESC, status_rank DESC) FILTER (WHERE channel IS NOT NULL))[1],
       (array_agg(summary ORDER BY at DESC, status_rank DESC) FILTER (WHERE summary IS NOT NULL))[1],
       coalesce(min(judged.impossible_steps), 0), min(judged.first_action_at)
FROM touched
LEFT JOIN judged USING (service, case_id)
GROUP BY service, case_id
ORDER BY service, case_id
ON CONFLICT (service, case_id) DO UPDATE
SET status = excluded.status, is_open = excluded.is_open, status_at = excluded.status_at,
    opened_at = excluded.opened_at, received_at = excluded.received_at, category = excluded.category,
    subdistrict = excluded.subdistrict, lat = excluded.lat, lon = excluded.lon, agency = excluded.agency,
    priority = excluded.priority, channel = excluded.channel, summary = excluded.summary,
    impossible_steps = excluded.impossible_steps, first_action_at = excluded.first_action_at
