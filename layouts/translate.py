"""Another language than Indonesian: a pass over a finished picture, from catalogs of whole phrases (decisions/0008).

A phrase that no catalog has whole is taken apart, at signs, separators, brackets and figures, in this order and piece
by piece. What is left over is data and stays; figures and times are written as the language writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from layouts.spelling import NUMBER, VALUE, Spelling
from sensors.city import City
from sensors.pack.texts import PLACEHOLDER, Phrase, read_texts

SOURCE = "id"
CATALOGS = read_texts(Path(__file__).parent / "texts")
LANGUAGES: Mapping[str, str] = MappingProxyType({SOURCE: "Bahasa Indonesia", "en": "English"})
"""By code, each called by its own name."""
SPOKEN = ("alt", "title", "label", "aria-label", "placeholder", "data-title", "data-titles", "data-past")
"""The properties that people read or hear; everything else but the children is for machines."""
AS_IT_IS = MappingProxyType({"translate": "no"})
"""Of an element whose words others wrote, and no language may change. It has no id: its words never come without it."""
KEPT = 16_384
"""Texts in memory, figures included; a wall has about a thousand at a time."""

_CATCH = {"n": NUMBER, "parts": ".+?", **dict.fromkeys(("place", "unit", "when", "span"), "(?:(?![·;:]|, ).)+?")}
_PART = "[^·]+?"
"""What a placeholder takes by its name without a digit: a figure, several parts, a few words; any other one part."""
_LETTERS = re.compile(r"[^\W\d_¹²]")
_SIGN = r"[^\w\s()–−+<>≥≤±\"'“”./,;:!?%°·…-]"
_HEAD = r"(?:\([^()]*\)|[^(])*?"
_SENTENCE = r"(?<!\bKec)(?<!\bKel)(?<!\bKab)(?<!\bJl)(?<!\bJend)(?<!\b\w)\."
_SIGNED = [re.compile(form, re.DOTALL) for form in (rf"({_SIGN}+\s*)(.+)", rf"(.+?)(\s*{_SIGN}+)")]
_APART = [
    re.compile(form, re.DOTALL)
    for form in (
        rf"({_HEAD}{_SENTENCE})(\s)(.+)",
        *(rf"({_HEAD})({each})(.*)" for each in (" ?· ?", r"\n", "; ", ": ", ", ")),
        r"(.+)([.:;,])",
        r"(.+?)( dan )(.+)",
        r"(/)(.+)",
        rf"(.+?[ \xa0])??({VALUE})(?!\w)([ \xa0/].*)?",
        r"(.*?)( ?\()(.+)(\))(.*)",
    )
]

Told: TypeAlias = tuple[str, tuple[str, ...]]
"""A text as it is said, and the pieces of it that nothing knows."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with placeholders; `anchor`, its longest piece of text, is quicker to look for than the whole.

    `weight` is how much of it is text: the heaviest that fits decides.
    """

    form: re.Pattern[str]
    anchor: str
    weight: int
    said: tuple[str, ...]

    @classmethod
    def of(cls, phrase: Phrase) -> Pattern:
        """Return what a phrase looks like."""
        texts = PLACEHOLDER.split(phrase.source)
        form = "".join(
            re.escape(each) if at % 2 == 0 else f"(?P<{each}>{_CATCH.get(each.rstrip('0123456789'), _PART)})"
            for at, each in enumerate(texts)
        )
        return cls(
            re.compile(form, re.DOTALL | re.IGNORECASE),
            max(texts[::2], key=len).casefold(),
            len("".join(texts[::2])),
            phrase.said,
        )


class Language:
    """One language of one city: what says every text of its pictures."""

    def __init__(self, code: str, names: Iterable[str], *catalogs: Iterable[Phrase]) -> None:
        """Take the names that stay as they are, and catalogs: what a later one says goes before an earlier one's."""
        self.code = code
        self._spelling = Spelling(code)
        phrases = {each.source: each for catalog in catalogs for each in catalog}.values()
        whole = [each for each in phrases if not PLACEHOLDER.search(each.source)]
        self._folded = {each.source.casefold(): each.said[0] for each in whole}
        patterns = [Pattern.of(each) for each in phrases if PLACEHOLDER.search(each.source)]
        self._patterns = sorted(patterns, key=lambda each: -each.weight)
        known = frozenset(names)
        simple = {name: name for name in known if not self._compound(name, known)}
        self._whole = simple | {each.source: each.said[0] for each in whole}
        self.tell = lru_cache(KEPT)(self._tell)

    def say(self, text: str) -> str:
        """Return one text in this language."""
        return self.tell(text)[0]

    def tree(self, node: Any) -> Any:  # noqa: ANN401 - JSON values, as in `dashboard.tree`
        """Return a picture, or any part of one, in this language."""
        if isinstance(node, str):
            return self.say(node)
        if isinstance(node, list | tuple):
            return [self.tree(each) for each in node]
        if not isinstance(node, dict) or node["props"].get("translate") == AS_IT_IS["translate"]:
            return node
        return {**node, "props": self.props(node["props"])}

    def props(self, props: Mapping[str, Any]) -> dict[str, Any]:
        """Return an element's properties in this language."""
        said = {name: self.say(text) for name in SPOKEN if isinstance(text := props.get(name), str)}
        return {**props, **said, **({"children": self.tree(props["children"])} if "children" in props else {})}

    def _tell(self, text: str) -> Told:
        body = text.strip()
        if not _LETTERS.search(body) or re.fullmatch(VALUE, body):
            return self._spelling.value(text), ()
        if body != text:
            at = text.index(body)
            said, unknown = self.tell(body)
            return f"{text[:at]}{said}{text[at + len(body) :]}", unknown
        return (
            self._word(body) or self._pieces(body, _SIGNED) or self._phrase(body) or self._pieces(body, _APART)
        ) or (self._spelling.value(body), (body,))

    def _word(self, body: str) -> Told | None:
        if body in self._whole:
            return self._whole[body], ()
        folded = self._folded.get(body.casefold())
        return None if folded is None else (_cased(folded, body), ())

    def _phrase(self, body: str) -> Told | None:
        folded = body.casefold()
        for pattern in self._patterns:
            if pattern.anchor in folded and (found := pattern.form.fullmatch(body)):
                caught = found.groupdict()
                told = {name: self.tell(each) for name, each in caught.items()}
                said = _cased(pattern.said[0 if caught.get("n", "1") == "1" else -1], body)
                unknown = tuple(piece for _, pieces in told.values() for piece in pieces)
                return said.format_map({name: each for name, (each, _) in told.items()}), unknown
        return None

    def _pieces(self, body: str, forms: Iterable[re.Pattern[str]]) -> Told | None:
        """What nothing knows whole, piece by piece."""
        for form in forms:
            if found := form.fullmatch(body):
                told = [self.tell(piece) for piece in found.groups("")]
                return "".join(said for said, _ in told), tuple(piece for _, unknown in told for piece in unknown)
        return None

    def _compound(self, name: str, names: frozenset[str]) -> bool:
        """Whether a name is a phrase about another one: "Kec. Benda" is the Benda district."""
        forms = (each.form.fullmatch(name) for each in self._patterns if each.anchor in name.casefold())
        return any(found and names.issuperset(found.groupdict().values()) for found in forms)


def languages_of(city: City) -> Mapping[str, Language]:
    """The languages beside Indonesian in which a city's pictures can be shown, by code."""
    names = names_of(city)
    found = {code: (CATALOGS.get(code, ()), city.texts.get(code, ())) for code in LANGUAGES if code != SOURCE}
    return MappingProxyType({code: Language(code, names, *catalogs) for code, catalogs in found.items()})


def names_of(city: City) -> frozenset[str]:
    """The proper names of a city, which no language changes."""
    named = (
        city.districts, city.subdistricts, city.devices, city.markets, city.agencies, city.channels, city.services
    )  # fmt: skip
    names = {city.name, *(each.name for group in named for each in group.values())}
    names |= {each.short for each in city.agencies.values()} | {each.credit for each in city.channels.values()}
    return frozenset(names | {each.river for each in city.devices.values() if each.river})


def _cased(said: str, body: str) -> str:
    """What is said, beginning large or small as the text does; names and abbreviations stay as they are."""
    if body[0].isupper():
        return said[0].upper() + said[1:]
    return said[0].lower() + said[1:] if body[0].islower() and said[1:2].islower() else said
