"""A pack's own words in another language: a catalog with a slip stops the start and says where; a pack needs none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sensors.city import PACKS, CityError, load_city
from sensors.pack.texts import Phrase, read_catalog, read_texts

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def catalog(folder: Path, body: str, name: str = "en.po") -> Path:
    path = folder / name
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_phrases_are_read_with_their_placeholders_and_numbers(tmp_path: Path) -> None:
    one = 'msgid "Baik"\nmsgstr "Good"\n\n'
    body = one + 'msgid "{n} hari"\nmsgid_plural "{n} hari"\nmsgstr[0] "{n} day"\nmsgstr[1] "{n} days"\n'
    assert read_catalog(catalog(tmp_path, body)) == (
        Phrase("Baik", ("Good",)),
        Phrase("{n} hari", ("{n} day", "{n} days")),
    )


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        ('msgid "Baik"\nmsgstr ""\n', "en.po", "en.po:5: 'Baik': found no msgstr that is settled, expected one"),
        ('#, fuzzy\nmsgid "Baik"\nmsgstr "Good"\n', "en.po", "found no msgstr that is settled"),
        ('msgid "{n} hari"\nmsgstr "{m} days"\n', "en.po", "found '{m} days', expected the same placeholders"),
        ('msgid "Baik"\nmsgstring "Good"\n', "en.po", "en.po:6: found 'msgstring"),
        ('msgid "Baik"\nmsgstr "Good"\n', "english-words.po", "found no catalog"),
        ("", "en.po", "found no phrase, expected at least one"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, body: str, name: str, said: str) -> None:
    with pytest.raises(CityError) as caught:
        read_catalog(catalog(tmp_path, body, name))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_pack_may_have_no_words_in_another_language(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(PACKS / "tangerang", tmp_path / "city"))
    assert load_city(str(pack)).texts["en"]
    shutil.rmtree(pack / "texts")
    assert load_city(str(pack)).texts == {}
    assert read_texts(tmp_path / "nowhere") == {}
