-- The earliest moment at which the room can be shown as it was known then.
SELECT since FROM past.kept
