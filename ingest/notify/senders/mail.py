"""A short letter by SMTP, with TLS where the server offers it; in doubt it is not sent a second time."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest.errors import IngestError
from ingest.notify.channels import Channel
from ingest.notify.outside import NotSentError, Outside

NAME = "mail"
AGAIN = False
SECONDS = 20.0
PRIORITIES = {"high": "TINGGI", "medium": "SEDANG", "low": "RENDAH"}
STEPS = {
    "raised": "mulai", "ended": "berakhir", "reopened": "ternyata masih berlangsung", "withdrawn": "ditarik",
    "acknowledged": "diterima", "assigned": "diteruskan", "noted": "dicatat", "shelved": "ditunda",
    "unshelved": "tidak lagi ditunda", "resolved": "ditangani", "reviewed": "ditinjau", "escalated": "dinaikkan",
}  # fmt: skip


class Sender:
    """Sends to the addresses of one channel."""

    def __init__(self, channel: Channel, outside: Outside) -> None:
        url = urlsplit(channel.address)
        if url.scheme not in ("smtp", "smtps") or not url.hostname:
            raise IngestError(f"channel {channel.key}: address: expected smtp://user:password@host:587 or smtps://…")
        for name, found in (("to", channel.to), ("from", (channel.sender,))):
            if not found or not all("@" in each and each.isprintable() for each in found):
                raise IngestError(f"channel {channel.key}: {name}: expected addresses like piket@example.go.id")
        self._url, self._to, self._from, self._outside = url, channel.to, channel.sender, outside

    def send(self, row: Mapping[str, Any]) -> None:
        """Raises `NotSentError` when the server did not take it."""
        try:
            with self._server() as server:
                server.send_message(self._letter(row))
        except (OSError, smtplib.SMTPException) as error:
            raise NotSentError(type(error).__name__) from None

    def _server(self) -> smtplib.SMTP:
        host, context = self._url.hostname or "", ssl.create_default_context()
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, self._url.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, self._url.port or 25, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server

    def _letter(self, row: Mapping[str, Any]) -> EmailMessage:
        city = self._outside.city
        rule = city.alarm_rules.get(row["rule"])
        title, zone = rule.title if rule else row["rule"], city.zone
        letter = EmailMessage()
        letter["Subject"] = f"[{PRIORITIES[row['priority']]}] {title}: {row['name']} ({STEPS[row['step']]})"
        letter["From"], letter["To"] = self._from, ", ".join(self._to)
        letter["Date"] = format_datetime(row["at"].astimezone(zone))
        letter["Message-ID"] = f"<step-{row['step_id']}.{city.key}@liveroom>"
        lines = [
            f"{title}: {row['name']}",
            f"Sejak {row['raised_at'].astimezone(zone):%d-%m-%Y %H:%M} {city.zone_word}",
        ]
        lines += [f"Keterangan: {row['detail']}"] if row["detail"] else []
        lines += [f"Terukur {row['worst']:g}, batas {row['bound']:g}"] if row["worst"] and row["bound"] else []
        lines += [f"Yang dilakukan: {rule.action}"] if rule else []
        lines += ["Ambang ini contoh, belum dikonfirmasi kota."] if rule and rule.sample else []
        if self._outside.public_url:
            lines.append(f"{self._outside.public_url.rstrip('/')}/alarm/{row['id']}")
        letter.set_content("\n".join(lines) + "\n")
        return letter
