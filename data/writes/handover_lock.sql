-- One note with who accepted it, held until the transaction ends.
SELECT h.written_by, h.shift_ends_at, a.accepted_at, a.accepted_by
FROM handovers h
LEFT JOIN handover_acceptances a ON a.handover_id = h.id
WHERE h.id = %(id)s::bigint
FOR UPDATE OF h
