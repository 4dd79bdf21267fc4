-- The newest of each channel: the list of the news, and when a channel was heard last.

CREATE INDEX bulletins_by_channel ON bulletins (channel, issued_at DESC);
