-- The state of the touched cases, computed anew from all their events: in whatever order these came, however often.
INSERT INTO cases (service, case_id, status, is_open, status_at, opened_at, received_at, category, subdistrict,
                   lat, lon, agency, priority, channel, summary)
SELECT service, case_id, (array_agg(status ORDER BY at DESC, status_rank DESC, status))[1],
       (array_agg(is_open ORDER BY at DESC, status_rank DESC, status))[1], max(at), min(at), max(received_at),
       (array_agg(category ORDER BY at DESC, status_rank DESC) FILTER (WHERE category IS NOT NULL))[1],
       (array_agg(subdistrict ORDER BY at DESC, status_rank DESC) FILTER (WHERE subdistrict IS NOT NULL))[1],
       (array_agg(lat ORDER BY at DESC, status_rank DESC) FILTER (WHERE lat IS NOT NULL AND lon IS NOT NULL))[1],
       (array_agg(lon ORDER BY at DESC, status_rank DESC) FILTER (WHERE lat IS NOT NULL AND lon IS NOT NULL))[1],
       (array_agg(agency ORDER BY at DESC, status_rank DESC) FILTER (WHERE agency IS NOT NULL))[1],
       (array_agg(priority ORDER BY at DESC, status_rank DESC) FILTER (WHERE priority IS NOT NULL))[1],
       (array_agg(channel ORDER BY at DESC, status_rank DESC) FILTER (WHERE channel IS NOT NULL))[1],
       (array_agg(summary ORDER BY at DESC, status_rank DESC) FILTER (WHERE summary IS NOT NULL))[1]
FROM case_events
WHERE (service, case_id) IN (SELECT * FROM unnest(%(service)s, %(case_id)s))
GROUP BY service, case_id
ORDER BY service, case_id
ON CONFLICT (service, case_id) DO UPDATE
SET status = excluded.status, is_open = excluded.is_open, status_at = excluded.status_at,
    opened_at = excluded.opened_at, received_at = excluded.received_at, category = excluded.category,
    subdistrict = excluded.subdistrict, lat = excluded.lat, lon = excluded.lon, agency = excluded.agency,
    priority = excluded.priority, channel = excluded.channel, summary = excluded.summary
