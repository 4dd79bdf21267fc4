-- Who took a note over. Once is enough: whoever was first stays.
INSERT INTO handover_acceptances (handover_id, accepted_at, accepted_by)
VALUES (%(id)s::bigint, %(at)s::timestamptz, %(actor)s)
ON CONFLICT DO NOTHING
