-- The newest notes by which shifts were handed over, each with who accepted it.
SELECT h.id, h.written_at, h.written_by, h.shift, h.shift_began_at, h.shift_ends_at, h.note, a.accepted_at, a.accepted_by
FROM handovers h
LEFT JOIN handover_acceptances a ON a.handover_id = h.id AND a.accepted_at <= %(now)s::timestamptz
WHERE h.written_at <= %(now)s::timestamptz
ORDER BY h.written_at DESC, h.id DESC
LIMIT 12
