"""Letters by SMTP, with TLS where the server offers it: what both sides of the room send to people outside."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from data.errors import DataError

SECONDS = 20.0


class MailError(DataError):
    """A letter was not taken, or its server or addresses cannot be; the text never tells address or secret."""


def check_mail(name: str, url: str, to: Sequence[str], sender: str) -> None:
    """Refuse what no letter could go by. `name` is the channel's. Raises `MailError`."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise MailError(f"channel {name}: address: expected smtp://user:password@host:587 or smtps://…")
    for field, found in (("to", to), ("from", (sender,))):
        if not found or not all("@" in each and each.isprintable() for each in found):
            raise MailError(f"channel {name}: {field}: expected addresses like piket@example.go.id")


def post(url: str, letter: EmailMessage) -> None:
    """Send one letter. Raises `MailError` when the server did not take it."""
    try:
        with _server(url) as server:
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(type(error).__name__) from None


def _server(url: str) -> smtplib.SMTP:
    parts, context = urlsplit(url), ssl.create_default_context()
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
