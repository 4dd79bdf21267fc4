"""What can stop a process of the write side at its start."""

from __future__ import annotations


class IngestError(Exception):
    """Root of what ingest/ raises; the message is one line for the person who started us."""
