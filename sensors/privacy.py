"""What citizens write may name people; the room keeps what happened, not who said so.

Numbers that could be a telephone's or an identity card's (eight digits or more, with separators) and e-mail addresses
become `•••`. In what an office announces only mobile and identity card numbers and addresses do: its dates, hours and
sums of money would look like telephone numbers. Of a rejected message about a case, the values of keys that hold a
person are blanked as well.
"""

from __future__ import annotations

import json
import re
from typing import overload

MASK = "•••"
_NUMBER = re.compile(r"\+?\d(?:[\s().-]{0,3}\d){7,}")
_MOBILE = re.compile(r"(?<!\d)(?:\+?62[\s.-]?|0)8\d{1,2}[\s.-]?\d{3,4}[\s.-]?\d{2,5}(?!\d)")
_IDENTITY = re.compile(r"(?<![\d.,])\d{16}(?![\d.,])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PERSON = frozenset({"nama", "name", "nik", "phone", "telepon", "hp", "email", "alamat", "reporter", "pelapor"})
_PERSON_IN_TEXT = re.compile(
    rf"""(["']?\b(?:{"|".join(sorted(_PERSON))})\b["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|[^,}}\r\n]*)""", re.IGNORECASE
)
_STRUCTURE = frozenset(
    {"case_id", "at", "status", "category", "subdistrict", "lat", "lon", "agency", "priority", "channel"}
)


def mask(text: str) -> str:
    """The text without telephone or identity numbers and mail addresses."""
    return _NUMBER.sub(MASK, _MAIL.sub(MASK, text))


@overload
def mask_announcement(text: str) -> str: ...
@overload
def mask_announcement(text: str | None) -> str | None: ...
def mask_announcement(text: str | None) -> str | None:
    """What an office has announced, without mobile or identity card numbers and mail addresses."""
    return text and _IDENTITY.sub(MASK, _MOBILE.sub(MASK, _MAIL.sub(MASK, text)))


def mask_payload(payload: bytes) -> bytes:
    """A rejected payload about a case as it may be kept: person keys blank, numbers and addresses masked.

    What is not JSON is masked as text, so it may be changed where it only looks like a number.
    """
    try:
        return json.dumps(_masked(json.loads(payload)), ensure_ascii=False).encode(errors="surrogatepass")
    except (ValueError, RecursionError):
        text = payload.decode("utf-8", "surrogateescape")
        return mask(_PERSON_IN_TEXT.sub(rf'\1"{MASK}"', text)).encode("utf-8", "surrogateescape")


def _masked(value: object, key: str = "") -> object:
    match value:
        case dict():
            return {
                mask(str(name)): MASK if _is_person(str(name)) else _masked(item, str(name))
                for name, item in value.items()
            }
        case list():
            return [_masked(item, key) for item in value]
        case str() if key not in _STRUCTURE:
            return mask(value)
        case int() if key not in _STRUCTURE and _NUMBER.search(str(value)):
            return MASK
        case _:
            return value


def _is_person(key: str) -> bool:
    return not _PERSON.isdisjoint(re.split(r"[^a-z]+", key.lower()))
