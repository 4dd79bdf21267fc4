"""One message as the broker delivered it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

LARGEST_PAYLOAD = 256 * 1024
"""Bytes; a larger payload is refused."""
KEPT_OF_OVERSIZE = 4 * 1024
"""Bytes kept of a payload that is too large, for whoever wonders what it was."""


class Delivery(Struct, frozen=True, gc=False):
    """`payload` is cut to its first 4 KiB when `size` is over the limit.

    `mid` is the broker's number for it on connection `generation`: what an acknowledgement needs.
    """

    topic: str
    payload: bytes
    size: int
    received_at: datetime
    redelivered: bool
    mid: int
    qos: int
    generation: int
