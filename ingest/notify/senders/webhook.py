"""A CloudEvent by POST, signed as Standard Webhooks has it: webhook-id, webhook-timestamp, webhook-signature (v1).

The id is the step's number, so that a receiver who keeps the ids it has seen takes each step once. A gateway to
Telegram or WhatsApp is such a receiver (docs/operating.md has one).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from ingest.errors import IngestError
from ingest.notify.event import CONTENT_TYPE, cloud_event
from ingest.notify.outside import NotSentError, Outside
from sensors.outlets import Channel

NAME = "webhook"
AGAIN = True
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_PREFIX = "whsec_"


class Sender:
    """Posts to one address. Redirects are not followed: a signature is meant for whom it was made."""

    def __init__(self, channel: Channel, outside: Outside) -> None:
        if urlsplit(channel.address).scheme not in ("http", "https") or not urlsplit(channel.address).hostname:
            raise IngestError(f"channel {channel.key}: address: expected http://host/… or https://host/…")
        if not channel.secret:
            raise IngestError(
                f"channel {channel.key}: secret: found nothing, expected what its messages are signed with"
            )
        self._address, self._key, self._outside = channel.address, _key(channel), outside

    def send(self, row: Mapping[str, Any]) -> None:
        """Raises `NotSentError` for anything but a 2xx."""
        body = cloud_event(row, self._outside.city, self._outside.public_url)
        ident, moment = f"step-{row['step_id']}", str(int(time.time()))
        headers = {
            "content-type": CONTENT_TYPE,
            "user-agent": "liveroom",
            "webhook-id": ident,
            "webhook-timestamp": moment,
            "webhook-signature": signature(self._key, ident, moment, body),
        }
        try:
            answer = httpx.post(self._address, content=body, headers=headers, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            raise NotSentError(type(error).__name__) from None
        if not answer.is_success:
            raise NotSentError(f"HTTP {answer.status_code}")


def signature(key: bytes, ident: str, moment: str, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, time and body with dots between, in base64."""
    signed = hmac.new(key, f"{ident}.{moment}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def _key(channel: Channel) -> bytes:
    if not channel.secret.startswith(_PREFIX):
        return channel.secret.encode()
    try:
        return base64.b64decode(channel.secret.removeprefix(_PREFIX), validate=True)
    except ValueError:
        raise IngestError(f"channel {channel.key}: secret: expected base64 after {_PREFIX}") from None
