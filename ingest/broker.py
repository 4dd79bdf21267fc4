"""The broker's address: taken apart once, told without its password, and used to sign in."""

from __future__ import annotations

import logging
import ssl
from urllib.parse import SplitResult, unquote, urlsplit

import paho.mqtt.client as mqtt

from ingest.errors import IngestError

PAHO_LOG = logging.getLogger("ingest.paho")
"""What a client is given to talk to: without a logger paho writes to stderr; what it knows, we say ourselves."""
PAHO_LOG.setLevel(logging.CRITICAL)


def split_url(url: str) -> SplitResult:
    """The parts of an MQTT URL. Raises `IngestError` for anything else."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("mqtt", "mqtts") and parts.hostname and port_of(parts)
    except ValueError:
        known = None
    if not known:
        raise IngestError("the MQTT URL is malformed: expected mqtt://host:port or mqtts://user:pass@host:port")
    return parts


def port_of(url: SplitResult) -> int:
    """The port, by the scheme where none is said."""
    return url.port or (8883 if url.scheme == "mqtts" else 1883)


def where(url: SplitResult) -> str:
    """`host:port` of the broker, without its password, for messages."""
    return f"{url.hostname}:{port_of(url)}"


def sign_in(client: mqtt.Client, url: SplitResult) -> None:
    """Give a client the user and the encryption that the address asks for."""
    if url.username:
        client.username_pw_set(unquote(url.username), unquote(url.password or ""))
    if url.scheme == "mqtts":
        client.tls_set_context(ssl.create_default_context())
