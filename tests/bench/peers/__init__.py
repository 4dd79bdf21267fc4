"""What the ingest benchmark measures the room against, as people write it."""
