"""English is made from whole phrases; what they hold is data, written as English writes figures and times."""

from __future__ import annotations

import pytest

from layouts import html
from layouts.translate import CATALOGS, Language
from sensors.pack.texts import PLACEHOLDER, Phrase
from tests.pack import SIGHTS

ENGLISH = SIGHTS.languages["en"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Udara", "Air"),
        ("waspada", "watch"),
        ("● 3 menunggu", "● 3 waiting"),
        ("1 menit", "1 minute"),
        ("12 menit", "12 minutes"),
        ("1.234,5", "1,234.5"),
        ("−1.234,50 µg/m³", "−1,234.50 µg/m³"),
        ("Rp13.500", "Rp13,500"),
        ("92 %", "92%"),
        ("12,5–1.300", "12.5–1,300"),
        ("> 10¹² cm/jam", "> 10¹² cm/h"),
        ("Sab 21 Nov 14.05 WIB", "Sat 21 Nov 14:05 WIB"),
        ("Min 2 Agu", "Sun 2 Aug"),
        ("sejak 1 Mei 2026", "since 1 May 2026"),
        ("36.71.07.1004", "36.71.07.1004"),
        ("▲ Siaga 1 (awas)", "▲ Siaga 1 (danger)"),
        ("Taman Cibodas: Siaga 2 (siaga), 420 cm", "Taman Cibodas: Siaga 2 (alert), 420 cm"),
        ("12 jam: 150 sampai 1.200 cm", "12 hours: 150 to 1,200 cm"),
        ("3 dari 17 OPD punya kasus lewat tenggat · semua layanan, terburuk di atas",
         "3 of 17 agencies have overdue cases · all services, worst first"),
        ("Median Rp13.400/kg, HET Rp12.500. Sejak 1 Okt, 52 hari.",
         "Median Rp13,400/kg, HET Rp12,500. Since 1 Oct, 52 days."),
        ("Lampu jalan (PJU) 2, Jalan rusak 2", "Street lights (PJU) 2, Damaged roads 2"),
        ("Kec. Benda", "Benda district"),
        ("Pasar Anyar", "Pasar Anyar"),
        (" · PM10 ", " · PM10 "),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_in_english(text: str, said: str) -> None:
    assert ENGLISH.tell(text) == (said, ())


def test_what_no_catalog_has_stays_and_is_named() -> None:
    assert ENGLISH.tell("3 hal aneh · Udara") == ("3 hal aneh · Air", ("hal aneh",))


def test_a_tree_keeps_its_marks_and_its_shape() -> None:
    tree = html.Div(
        [html.Img(alt="Udara", src="udara"), "Udara", 3, None], id="udara", className="udara", title="Udara"
    )
    assert ENGLISH.tree(tree) == html.Div(
        [html.Img(alt="Air", src="udara"), "Air", 3, None], id="udara", className="udara", title="Air"
    )
    assert tree["props"]["title"] == "Udara"  # the picture itself belongs to others too


def test_new_properties_are_said_as_the_tree_is() -> None:
    assert ENGLISH.props({"children": "1.200", "data-value": "1200", "alt": None}) == {
        "children": "1,200", "data-value": "1200", "alt": None
    }  # fmt: skip


def test_a_later_catalog_goes_before_an_earlier_one_and_the_heaviest_phrase_decides() -> None:
    first, later = Phrase("Udara", ("Air",)), Phrase("Udara", ("Sky",))
    open_, closed = Phrase("{x} kota", ("{x} of the city",)), Phrase("Peta {x} kota", ("Map of {x}",))
    language = Language("en", (), [first, open_], [later, closed])
    assert language.say("Udara") == "Sky"
    assert language.say("Peta udara kota") == "Map of sky"


def test_each_phrase_is_there_once_in_either_letters_and_says_something_of_its_own() -> None:
    phrases = CATALOGS["en"]
    assert len(phrases) > 500
    assert len({each.source for each in phrases}) == len(phrases)
    bare = [each.source for each in phrases if PLACEHOLDER.sub("", each.source).strip(" .,:;()–·") == ""]
    assert bare == []  # it would take everything
