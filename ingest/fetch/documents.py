"""What was fetched, recognised: only whole documents of the format that was promised are handed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sensors.cap import NAMESPACE
from sensors.parse import parse_json
from sensors.reading import CodecError

MOST_LINKS = 100
"""Of one list; the newest stand first."""


class NotADocumentError(Exception):
    """What came is not what the source's format promises; one line."""


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to hand on; `key` is the same for the same document."""

    key: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a list; `mark` changes when the entry does."""

    url: str
    mark: str


def documents(form: str, body: bytes) -> tuple[Document, ...]:
    """The documents in a body of this format (not of a list). Raises `NotADocumentError`."""
    match form:
        case "cap" | "rss-cap":
            return (Document(_cap_key(body), body),)
        case "bmkg-forecast":
            found = _object(body)
            _expect(found.get("data"), list, "data: an array of forecasts")
            return (Document(_digest(body), body),)
        case "bmkg-quake":
            info = _expect(_object(body).get("Infogempa"), dict, "Infogempa: an object")
            _expect(info.get("gempa"), (dict, list), "Infogempa.gempa: an object or an array")
            return (Document(_digest(body), body),)
        case _:
            return tuple(_bulletins(body))


def links(body: bytes, base: str) -> tuple[Link, ...]:
    """The entries of an RSS list that lie on the list's own host. Raises `NotADocumentError`."""
    root = _xml(body)
    if root.tag != "rss" or root.find("channel") is None:
        raise NotADocumentError(f"found <{root.tag}>, expected RSS")
    found: dict[str, Link] = {}
    for item in root.iterfind("channel/item"):
        url = urljoin(base, (item.findtext("link") or "").strip())
        target = urlsplit(url)
        if url != base and (target.scheme, target.netloc) == (urlsplit(base).scheme, urlsplit(base).netloc):
            mark = " ".join(filter(None, (item.findtext("guid"), item.findtext("pubDate")))) or url
            found.setdefault(url, Link(url, _digest(f"{url} {mark}".encode())))
    return tuple(found.values())[:MOST_LINKS]


def _xml(body: bytes) -> Element:
    try:
        root = fromstring(body, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise NotADocumentError(f"found no XML ({type(error).__name__})") from None
    if not isinstance(root, Element):
        raise NotADocumentError("found no XML")
    return root


def _cap_key(body: bytes) -> str:
    root = _xml(body)
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise NotADocumentError(f"found <{root.tag}>, expected an alert of {NAMESPACE}")
    parts = [(root.findtext(f"{{{NAMESPACE}}}{name}") or "").strip() for name in ("identifier", "sent")]
    if not all(parts):
        raise NotADocumentError("found an alert without identifier or sent")
    return " ".join(parts)


def _object(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = _expect(_json(body), dict, "an object")
    return found


def _json(body: bytes) -> object:
    try:
        return parse_json(body)
    except CodecError as error:
        raise NotADocumentError(error.detail) from None


def _expect(found: object, kind: type | tuple[type, ...], expected: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(found, kind):
        raise NotADocumentError(f"found {type(found).__name__}, expected {expected}")
    return found


def _bulletins(body: bytes) -> Iterator[Document]:
    """One bulletin of the contract, or an array of them."""
    found = _json(body)
    items: Sequence[object] = found if isinstance(found, list) else (found,)
    for item in items:
        fields = _expect(item, dict, "a bulletin, or an array of bulletins")
        if not isinstance(fields.get("id"), str) or not isinstance(fields.get("title"), str):
            raise NotADocumentError("found a bulletin without id or title")
        payload = dumps(fields, ensure_ascii=False, sort_keys=True).encode(errors="surrogatepass")
        yield Document(_digest(payload), payload)


def _digest(payload: bytes) -> str:
    return sha256(payload).hexdigest()[:32]
