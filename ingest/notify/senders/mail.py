"""A short letter by SMTP, with TLS where the server offers it; in doubt it is not sent a second time."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from data.mail import MailError, check_mail, post
from ingest.errors import IngestError
from ingest.notify.outside import NotSentError, Outside
from sensors.outlets import Channel

NAME = "mail"
AGAIN = False
PRIORITIES = {"high": "TINGGI", "medium": "SEDANG", "low": "RENDAH"}
STEPS = {
    "raised": "mulai", "ended": "berakhir", "reopened": "ternyata masih berlangsung", "withdrawn": "ditarik",
    "acknowledged": "diterima", "assigned": "diteruskan", "noted": "dicatat", "shelved": "ditunda",
    "unshelved": "tidak lagi ditunda", "resolved": "ditangani", "reviewed": "ditinjau", "escalated": "dinaikkan",
}  # fmt: skip


class Sender:
    """Sends to the addresses of one channel."""

    def __init__(self, channel: Channel, outside: Outside) -> None:
        try:
            check_mail(channel.key, channel.address, channel.to, channel.sender)
        except MailError as error:
            raise IngestError(str(error)) from None
        self._url, self._to, self._from, self._outside = channel.address, channel.to, channel.sender, outside

    def send(self, row: Mapping[str, Any]) -> None:
        """Raises `NotSentError` when the server did not take it."""
        try:
            post(self._url, self._letter(row))
        except MailError as error:
            raise NotSentError(str(error)) from None

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
