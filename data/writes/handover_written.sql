-- A note of the outgoing position. The same words of the same position within the minute are one note, sent twice.
INSERT INTO handovers (written_at, written_by, shift, shift_began_at, shift_ends_at, note)
SELECT %(at)s::timestamptz, %(actor)s::text, %(shift)s::text, %(began_at)s::timestamptz, %(ends_at)s::timestamptz,
       %(note)s::text
WHERE NOT EXISTS (SELECT FROM handovers
                  WHERE written_by = %(actor)s::text AND note = %(note)s::text
                    AND written_at > %(at)s::timestamptz - interval '1 minute')
