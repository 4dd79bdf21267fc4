"""CAP 1.2 messages in the shape of BMKG's warnings, made here from the standard's fields: for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

SENT = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
SENDER = "contoh@bmkg.go.id"
BENDA = "-6.10,106.62 -6.10,106.70 -6.14,106.70 -6.14,106.62 -6.10,106.62"
"""A frame around the airport."""
LEBAK = "-6.70,106.00 -6.70,106.30 -6.90,106.30 -6.70,106.00"
"""A triangle far from the city."""


def alert(
    identifier: str = "CKR20261121001",
    *,
    sent: datetime = SENT,
    kind: str = "Alert",
    references: Sequence[tuple[str, datetime]] = (),
    infos: str | None = None,
    status: str = "Actual",
    scope: str = "Public",
) -> bytes:
    """One message; `references` are (identifier, sent) of earlier ones."""
    triples = " ".join(f"{SENDER},{name},{at.isoformat()}" for name, at in references)
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier><sender>{SENDER}</sender><sent>{sent.isoformat()}</sent>
  <status>{status}</status><msgType>{kind}</msgType><scope>{scope}</scope>
  {f"<references>{triples}</references>" if triples else ""}
  {info(sent=sent) if infos is None else infos}
</alert>"""
    return text.encode()


def info(
    *,
    sent: datetime = SENT,
    language: str = "id",
    headline: str = "Hujan lebat disertai petir",
    severity: str = "Moderate",
    urgency: str = "Immediate",
    certainty: str = "Observed",
    effective: datetime | None = None,
    expires: datetime | None = None,
    area: str | None = None,
) -> str:
    """One info; `area` is XML."""
    where = drawn(BENDA) if area is None else area
    return f"""<info><language>{language}</language><category>Met</category><event>Hujan</event>
      <urgency>{urgency}</urgency><severity>{severity}</severity><certainty>{certainty}</certainty>
      <effective>{(effective or sent).isoformat()}</effective>
      <expires>{(expires or sent + timedelta(hours=3)).isoformat()}</expires>
      <senderName>Badan Meteorologi Klimatologi dan Geofisika</senderName>
      <headline>{headline}</headline><description>Contoh uraian.</description>
      <web>https://www.bmkg.go.id/contoh</web>{where}</info>"""


def drawn(polygon: str, words: str = "Banten") -> str:
    """An area with a polygon."""
    return f"<area><areaDesc>{words}</areaDesc><polygon>{polygon}</polygon></area>"


def named(words: str) -> str:
    """An area in words only."""
    return f"<area><areaDesc>{words}</areaDesc></area>"
