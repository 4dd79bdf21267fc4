"""CAP 1.2, the OASIS Common Alerting Protocol, as BMKG publishes its warnings: XML in, one frozen alert out.

This is not one of `sensors.codecs`: those give readings of a device, and an alert is neither. The XML is read without
document types, entities or anything outside it. A field that is there must be what the standard says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sensors.parse import parse_time, told
from sensors.reading import CodecError

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES = ("Public", "Restricted", "Private")
SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
URGENCIES = ("Immediate", "Expected", "Future", "Past", "Unknown")
CERTAINTIES = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")
LANGUAGE = "id"
MOST_INFOS, MOST_AREAS, MOST_CORNERS, MOST_REFERENCES = 20, 200, 5_000, 100
LARGEST_CIRCLE = 20_000.0
"""Kilometres: half of the way around the earth."""
LONGEST = timedelta(days=366)
_LAST = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
_IDENTIFIER = re.compile(r"[^\s,<&\x00-\x1f\x7f]{1,200}")
_WEB = re.compile(r"https?://[^\s/]+\S{0,1900}")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?")
_LENGTH = re.compile(r"\d{1,5}(\.\d{1,20})?")

Corner = tuple[float, float]
"""Latitude and longitude, WGS 84 degrees."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where: in words, and as closed polygons and circles (middle, kilometres) where the sender drew them."""

    words: str
    polygons: tuple[tuple[Corner, ...], ...]
    circles: tuple[tuple[Corner, float], ...]


@dataclass(frozen=True, slots=True)
class Info:
    """What is warned of, in one language. `severity`, `urgency` and `certainty` are words of the standard."""

    language: str
    event: str
    urgency: str
    severity: str
    certainty: str
    effective: datetime | None
    onset: datetime | None
    expires: datetime | None
    sender_name: str | None
    headline: str | None
    description: str | None
    instruction: str | None
    web: str | None
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """One public message in earnest. `type` is Alert, Update or Cancel; `references` are identifiers of earlier ones.

    `infos` are those in Indonesian, or all of the first language where none is; a Cancel may have none.
    """

    identifier: str
    sender: str
    sent: datetime
    type: str
    references: tuple[str, ...]
    infos: tuple[Info, ...]


def is_cap(payload: bytes) -> bool:
    """Whether a payload is meant as XML."""
    return payload.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def parse_cap(payload: bytes, received_at: datetime) -> Alert:
    """The alert in a payload. Raises `CodecError` for anything else, an exercise or a message not meant for the public.

    Reasons: bad-xml, bad-cap, bad-value, bad-time, future-time, no-values, not-actual, not-public, not-a-warning.
    """
    root = _Part(_root(payload), "alert")
    if (status := root.known("status", STATUSES)) != "Actual":
        raise CodecError("not-actual", f"status: found {told(status)}, expected 'Actual'")
    if (scope := root.known("scope", SCOPES)) != "Public":
        raise CodecError("not-public", f"scope: found {told(scope)}, expected 'Public'")
    kind = root.known("msgType", TYPES)
    if kind in ("Ack", "Error"):
        raise CodecError("not-a-warning", f"msgType: found {told(kind)}, expected Alert, Update or Cancel")
    sent = root.time("sent", received_at)
    references = _references(root)
    if kind == "Cancel" and not references:
        raise root.wrong("bad-value", "references", "the messages that are cancelled")
    infos = tuple(_info(part, sent) for part in _spoken(root.parts("info", MOST_INFOS)))
    if not infos and kind != "Cancel":
        raise CodecError("no-values", "info: found none, expected what is warned of")
    return Alert(
        root.matching("identifier", _IDENTIFIER), root.text("sender", 200), sent, kind, references, infos
    )  # fmt: skip


def _root(payload: bytes) -> Element:
    try:
        root = fromstring(payload, forbid_dtd=True)
    except DefusedXmlException as error:
        raise CodecError("bad-xml", f"payload: found {type(error).__name__}, expected XML without a DTD") from None
    except (ParseError, ValueError, LookupError) as error:
        raise CodecError("bad-xml", f"payload: found {told(payload)} ({error}), expected XML") from None
    if not isinstance(root, Element) or root.tag != f"{{{NAMESPACE}}}alert":
        raise CodecError("bad-cap", f"payload: found {told(root.tag)}, expected an alert of {NAMESPACE}")
    return root


class _Part:
    """An element of the standard's, read child by child."""

    def __init__(self, element: Element, name: str) -> None:
        self._element = element
        self._name = name

    def wrong(self, reason: str, name: str, expected: str) -> CodecError:
        found = self._element.findtext(f"{{{NAMESPACE}}}{name}")
        return CodecError(reason, f"{self._name}.{name}: found {told(found)}, expected {expected}")

    def parts(self, name: str, most: int) -> list[_Part]:
        found = self._element.findall(f"{{{NAMESPACE}}}{name}")
        if len(found) > most:
            raise CodecError("bad-value", f"{self._name}.{name}: found {len(found)}, expected at most {most}")
        return [_Part(each, name) for each in found]

    def texts(self, name: str) -> list[str]:
        return [(each.text or "").strip() for each in self._element.findall(f"{{{NAMESPACE}}}{name}")]

    def text_or_none(self, name: str, longest: int) -> str | None:
        """A text, cut where it is longer: a warning is not lost for its length."""
        found = (self._element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()
        return found if len(found) <= longest else found[: longest - 1] + "…" if found else None

    def text(self, name: str, longest: int) -> str:
        found = self.text_or_none(name, longest)
        if not found:
            raise self.wrong("bad-value", name, "a text")
        return found

    def matching(self, name: str, form: re.Pattern[str]) -> str:
        found = (self._element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()
        if not form.fullmatch(found):
            raise self.wrong("bad-value", name, "up to 200 characters without blanks and commas")
        return found

    def known(self, name: str, among: Iterable[str]) -> str:
        found = (self._element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()
        if found not in among:
            raise self.wrong("bad-value", name, f"one of {', '.join(among)}")
        return found

    def time(self, name: str, received_at: datetime) -> datetime:
        found = (self._element.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()
        if "T" not in found:
            raise self.wrong("bad-time", name, "a time like 2026-11-21T07:00:00+07:00")
        return parse_time(f"{self._name}.{name}", found, received_at)

    def time_ahead(self, name: str, sent: datetime) -> datetime | None:
        """A time that may lie ahead, but not by more than a year of the sending."""
        if not any(self.texts(name)):
            return None
        found = self.time(name, _LAST)
        if found > sent + LONGEST:
            raise self.wrong("bad-time", name, "a time within a year of sent")
        return found


def _references(root: _Part) -> tuple[str, ...]:
    """The identifiers in `sender,identifier,sent` triples."""
    triples = [triple.split(",") for text in root.texts("references") for triple in text.split()]
    if len(triples) > MOST_REFERENCES or not all(len(t) == 3 and _IDENTIFIER.fullmatch(t[1]) for t in triples):  # noqa: PLR2004
        raise root.wrong("bad-value", "references", f"at most {MOST_REFERENCES} of sender,identifier,sent")
    return tuple(dict.fromkeys(triple[1] for triple in triples))


def _spoken(infos: list[_Part]) -> Iterator[_Part]:
    """The infos in Indonesian; where there are none, those in the language of the first."""
    languages = [(info.text_or_none("language", 40) or "en-US").lower().split("-")[0] for info in infos]
    wanted = LANGUAGE if LANGUAGE in languages else languages[0] if languages else ""
    return (info for info, language in zip(infos, languages, strict=True) if language == wanted)


def _info(part: _Part, sent: datetime) -> Info:
    web = part.text_or_none("web", 2000)
    return Info(
        language=part.text_or_none("language", 40) or "en-US",
        event=part.text("event", 300),
        urgency=part.known("urgency", URGENCIES),
        severity=part.known("severity", SEVERITIES),
        certainty=part.known("certainty", CERTAINTIES),
        effective=part.time_ahead("effective", sent),
        onset=part.time_ahead("onset", sent),
        expires=part.time_ahead("expires", sent),
        sender_name=part.text_or_none("senderName", 200),
        headline=part.text_or_none("headline", 300),
        description=part.text_or_none("description", 15_000),
        instruction=part.text_or_none("instruction", 4_900),
        web=web if web and _WEB.fullmatch(web) else None,
        areas=_areas(part),
    )


def _areas(info: _Part) -> tuple[Area, ...]:
    areas = tuple(
        Area(
            part.text_or_none("areaDesc", 1000) or "",
            tuple(_polygon(text) for text in part.texts("polygon")),
            tuple(_circle(text) for text in part.texts("circle")),
        )
        for part in info.parts("area", MOST_AREAS)
    )
    if sum(len(polygon) for area in areas for polygon in area.polygons) > MOST_CORNERS:
        raise CodecError("bad-value", f"area.polygon: found more than {MOST_CORNERS} corners, expected fewer")
    return areas


def _polygon(text: str) -> tuple[Corner, ...]:
    corners = tuple(_corner(pair) for pair in text.split())
    if len(corners) < 4 or corners[0] != corners[-1]:  # noqa: PLR2004 - a triangle, closed
        raise CodecError("bad-value", f"area.polygon: found {told(text)}, expected lat,lon pairs, the first again last")
    return corners


def _circle(text: str) -> tuple[Corner, float]:
    middle, _, radius = text.partition(" ")
    if not _LENGTH.fullmatch(radius.strip()) or float(radius) > LARGEST_CIRCLE:
        raise CodecError("bad-value", f"area.circle: found {told(text)}, expected lat,lon and kilometres")
    return _corner(middle), float(radius)


def _corner(pair: str) -> Corner:
    lat, _, lon = pair.partition(",")
    if not (_NUMBER.fullmatch(lat) and _NUMBER.fullmatch(lon) and abs(float(lat)) <= 90 and abs(float(lon)) <= 180):  # noqa: PLR2004
        raise CodecError("bad-value", f"area: found {told(pair)}, expected lat,lon in degrees")
    return float(lat), float(lon)
