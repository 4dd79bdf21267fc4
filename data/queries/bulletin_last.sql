-- The bulletin that was heard of last, wherever it speaks of: whether the channels are alive.
SELECT channel, source, issued_at, received_at
FROM bulletins
ORDER BY received_at DESC
LIMIT 1
