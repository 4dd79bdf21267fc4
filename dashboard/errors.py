"""The one error root of the dashboard."""

from __future__ import annotations


class DashboardError(Exception):
    """Base of everything the dashboard raises on purpose; the message is one line."""


class UnknownSceneError(DashboardError):
    """Somebody asked for a scene that does not exist."""
