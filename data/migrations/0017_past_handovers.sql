-- What shifts left to each other, as it was known at a moment (0013): written once, so the views leave out what came later.
CREATE VIEW past.handovers AS
SELECT id, written_at, written_by, shift, shift_began_at, shift_ends_at, note
FROM public.handovers
WHERE written_at <= past.moment();

CREATE VIEW past.handover_acceptances AS
SELECT handover_id, accepted_at, accepted_by FROM public.handover_acceptances WHERE accepted_at <= past.moment();
