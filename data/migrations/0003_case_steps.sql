-- What the steps of a case say: how many of them its service does not allow, and when somebody first took it up. Both have
-- a default: a worker that does not know them writes on, and a case's next change of state sets them right.

ALTER TABLE cases
    ADD COLUMN impossible_steps integer NOT NULL DEFAULT 0,
    ADD COLUMN first_action_at  timestamptz;
COMMENT ON COLUMN cases.impossible_steps IS 'Steps from one status to another that the pack''s service does not allow; the first status must be one of waiting';
COMMENT ON COLUMN cases.first_action_at IS 'When it first entered a status of another role than waiting; null until then';

CREATE INDEX cases_flagged ON cases (status_at DESC) WHERE impossible_steps > 0;
