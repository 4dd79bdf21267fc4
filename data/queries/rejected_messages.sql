-- The newest messages put aside, of one reason where the address names it, with the beginning of what they said: enough
-- bytes for 600 characters. `messages` are all there are of that reason.
SELECT id, topic, reason, detail, times, first_received_at, received_at, payload_bytes,
       octet_length(payload) AS kept_bytes, substring(payload FROM 1 FOR 2400) AS payload,
       (SELECT count(*) FROM rejected_messages
        WHERE %(reason)s::text = '' OR reason = %(reason)s::text) AS messages
FROM rejected_messages
WHERE %(reason)s::text = '' OR reason = %(reason)s::text
ORDER BY received_at DESC, id DESC
LIMIT 20
