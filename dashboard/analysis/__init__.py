"""For analysts: one question about a stream, as page, interface and file ask it, and as SQL."""
