"""Catalogs of translations in gettext's format: whole phrases, with placeholders in braces for figures and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from sensors.pack.entry import CityError
from sensors.pack.files import shown

PLACEHOLDER = re.compile(r"\{([a-z]+[0-9]?)\}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in the language of the source, and how it is said: for one and for many where that differs."""

    source: str
    said: tuple[str, ...]


def read_texts(folder: Path) -> Mapping[str, tuple[Phrase, ...]]:
    """The catalogs of a folder by language, `en.po`; none where there is no folder."""
    return MappingProxyType({path.stem: read_catalog(path) for path in sorted(folder.glob("*.po"))})


def read_catalog(path: Path) -> tuple[Phrase, ...]:
    """The phrases of one catalog. Raises `CityError` naming file, line and expectation."""
    here = shown(path)
    try:
        locale = Locale.parse(path.stem)
        catalog = read_po(StringIO(path.read_text(encoding="utf-8")), locale, abort_invalid=True)
    except (UnknownLocaleError, ValueError) as error:
        raise CityError(f"{here}: found no catalog ({error}), expected gettext in UTF-8, named like en.po") from None
    except OSError as error:
        raise CityError(f"{here}: found no readable file ({error.strerror}), expected a catalog") from None
    except PoFileError as error:
        raise CityError(f"{here}:{error.lineno + 1}: found {error.line!r}, expected msgid and msgstr") from None
    phrases = tuple(_phrase(f"{here}:{message.lineno}", message) for message in catalog if message.id)
    if not phrases:
        raise CityError(f"{here}: found no phrase, expected at least one")
    return phrases


def _phrase(here: str, message: Message) -> Phrase:
    source, *_ = _texts(message.id)
    said = _texts(message.string)
    if message.fuzzy or not all(said):
        raise CityError(f"{here}: {source!r}: found no msgstr that is settled, expected one")
    for text in said:
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(source)):
            raise CityError(f"{here}: {source!r}: found {text!r}, expected the same placeholders")
    return Phrase(source, said)


def _texts(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text),)
