"""Every fault we know how to cause ingest: each a case that counts what became of a known stream of messages."""
