"""A CAP 1.2 alert as bulletins: its levels by the pack, its areas matched to kecamatan, its sender credited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from data.records import Bulletin
from sensors.areas import reach_of
from sensors.cap import Alert, Info, parse_cap
from sensors.city import City
from sensors.judge.cap import judge_cap
from sensors.privacy import mask_announcement

_KINDS: dict[str, Literal["alert", "update", "cancel"]] = {"Alert": "alert", "Update": "update", "Cancel": "cancel"}
_BMKG = ("bmkg", "badan meteorologi")
_PLAYED = " (simulasi)"
"""How the virtual city signs what BMKG never said: it stays with the credit."""
_LONGEST_ID = 190  # characters, so that the number of a part fits behind it
_LONGEST_AREA_WORDS = 1000


def bulletins_of(payload: bytes, channel: str, received_at: datetime, city: City) -> tuple[Bulletin, ...]:
    """One bulletin for each info of the alert; one for a cancel, whatever it repeats. Raises `CodecError`."""
    alert = parse_cap(payload, received_at)
    if alert.type == "Cancel":
        return (_cancel(alert, channel),)
    return tuple(_bulletin(alert, info, place, channel, city) for place, info in enumerate(alert.infos, start=1))


def credit(channel: str, words: Sequence[str | None]) -> str | None:
    """Whom to credit: BMKG by the short name its terms ask for, others by the first of their own words."""
    said = [word for word in words if word]
    if channel == "bmkg" or any(mark in word.casefold() for word in said for mark in _BMKG):
        return f"BMKG{_PLAYED}" if any(_PLAYED in word for word in said) else "BMKG"
    return said[0] if said else None


def _cancel(alert: Alert, channel: str) -> Bulletin:
    info = alert.infos[0] if alert.infos else None
    return Bulletin(
        channel=channel,
        id=alert.identifier,
        title=mask_announcement((info and (info.headline or info.event)) or "Peringatan dicabut"),
        body=mask_announcement(info.description if info else None),
        severity="info",
        areas=(),
        url=info.web if info else None,
        issued_at=alert.sent,
        expires_at=None,
        kind="cancel",
        alert_id=alert.identifier,
        replaces=alert.references,
        source=credit(channel, [info.sender_name if info else None, alert.sender]),
    )


def _bulletin(alert: Alert, info: Info, place: int, channel: str, city: City) -> Bulletin:
    reach = reach_of(info.areas, city)
    effective = info.effective
    return Bulletin(
        channel=channel,
        id=alert.identifier if place == 1 else f"{alert.identifier[:_LONGEST_ID]}/{place}",
        title=mask_announcement(info.headline or info.event),
        body=mask_announcement("\n\n".join(filter(None, (info.description, info.instruction))) or None),
        severity=judge_cap(info.severity, info.urgency, info.certainty, city.cap_levels),
        areas=reach.codes,
        url=info.web,
        issued_at=alert.sent,
        expires_at=info.expires,
        kind=_KINDS[alert.type],
        alert_id=alert.identifier,
        replaces=alert.references,
        effective_at=effective if effective and effective > alert.sent else None,
        onset_at=info.onset,
        area_words="; ".join(area.words for area in info.areas if area.words)[:_LONGEST_AREA_WORDS] or None,
        elsewhere=reach.elsewhere,
        source=credit(channel, [info.sender_name, alert.sender]),
    )
