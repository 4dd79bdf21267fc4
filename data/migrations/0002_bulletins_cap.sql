-- What a CAP 1.2 message says beside its words. Every column has a default: a worker that does not know them writes on.

ALTER TABLE bulletins
    ADD COLUMN kind         text        NOT NULL DEFAULT 'alert' CHECK (kind IN ('alert', 'update', 'cancel')),
    ADD COLUMN alert_id     text,
    ADD COLUMN replaces     text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN effective_at timestamptz,
    ADD COLUMN onset_at     timestamptz,
    ADD COLUMN area_words   text,
    ADD COLUMN elsewhere    boolean     NOT NULL DEFAULT false,
    ADD COLUMN source       text;
COMMENT ON COLUMN bulletins.alert_id IS 'The CAP identifier, shared by the rows of one message; null for a bulletin in JSON';
COMMENT ON COLUMN bulletins.replaces IS 'The CAP identifiers that an update or a cancel ends, arrived or not';
COMMENT ON COLUMN bulletins.effective_at IS 'From when it is in force, where that is after its issue';
COMMENT ON COLUMN bulletins.elsewhere IS 'Whether all of its areas lie outside the city';
COMMENT ON COLUMN bulletins.source IS 'Whom to credit';

CREATE INDEX bulletins_by_expiry ON bulletins (expires_at);
CREATE INDEX bulletins_by_issue ON bulletins (issued_at DESC);
CREATE INDEX bulletins_by_receipt ON bulletins (received_at DESC);
CREATE INDEX bulletins_by_alert ON bulletins (channel, alert_id);
CREATE INDEX bulletins_replaced ON bulletins USING gin (replaces) WHERE kind <> 'alert';
