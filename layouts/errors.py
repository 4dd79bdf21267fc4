"""The error root of this package."""

from __future__ import annotations


class LayoutError(Exception):
    """A panel, a scene or the font cannot be put together; the message is one line naming the file."""
