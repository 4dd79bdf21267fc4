-- New changes of state; one already known changes nothing.
INSERT INTO case_events (at, received_at, service, case_id, status, status_rank, is_open, category, subdistrict,
                         lat, lon, agency, priority, channel, summary)
SELECT at, received_at, service, case_id, status, status_rank, is_open, category, subdistrict,
       lat, lon, agency, priority, channel, summary
FROM unnest(%(at)s, %(received_at)s, %(service)s, %(case_id)s, %(status)s, %(status_rank)s, %(is_open)s, %(category)s,
            %(subdistrict)s, %(lat)s, %(lon)s, %(agency)s, %(priority)s, %(channel)s, %(summary)s)
     AS staged (at, received_at, service, case_id, status, status_rank, is_open, category, subdistrict,
                lat, lon, agency, priority, channel, summary)
ORDER BY service, case_id, at, status, received_at
ON CONFLICT (service, case_id, at, status) DO NOTHING
RETURNING service, case_id
