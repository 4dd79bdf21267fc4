"""What analysts ask: one question about one stream, as the very SQL that explorer, interface and exports run."""
