"""What was refused, message by message: strangers' bytes shown safely, the button's states, and never on a wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from dashboard.diff import changes
from dashboard.markup import markup
from layouts import html, links
from layouts.errors import LayoutError
from layouts.findings.streams import REASONS
from layouts.panel import Context
from layouts.panels import PANELS
from layouts.payloads import MOST_CHARACTERS, MOST_LINES, Beginning, beginning
from layouts.scene import scenes_of
from sensors.city import City
from tests.english import ENGLISH, unsaid
from tests.pack import SCENES, SIGHTS
from tests.unit.layouts.answers.things import refused
from tests.unit.layouts.rows import NOW, chosen, full
from tests.unit.layouts.walking import marked, prop, words

KEY = "rejected_messages"
NEVER = {"reason": None, "requested_at": None, "done_at": None, "understood": None, "kept": None, "failed": None}
ASKED = NEVER | {"requested_at": NOW}


def drawn(city: City, payload: bytes = b"{", only: str = "", **state: object) -> html.Section:
    rows: dict[str, Any] = {KEY: [refused(7, NOW, payload)], "retry_state": [NEVER | {"beats": True} | state]}
    found = PANELS[KEY].render(rows, Context(city, NOW, chosen(city) | {"reason": only}))
    assert unsaid(found, rows) == []
    assert isinstance(found, html.Section)
    return found


def one(root: html.Element, ident: str) -> html.Element:
    (found,) = marked(root, "id", f"{KEY}-{ident}")
    return found


@pytest.mark.parametrize(
    ("payload", "text", "binary"),
    [
        (b'{"a": "\xc3\xa9"}\r\n', '{"a": "é"}\n', False),
        (b"a\x00b" + b"c" * 20, r"a\x00b" + "c" * 20, False),
        ("kiri\u202ekanan\u200b".encode(), r"kiri\u202ekanan\u200b", False),
        (b"\x08\x96\x01\xff", "08 96 01 ff", True),
        (b"\x00\x01\x02abc", "00 01 02 61 62 63", True),
        (b"", "", False),
    ],
)
def test_a_payload_is_text_where_it_is_text(payload: bytes, text: str, binary: bool) -> None:
    assert beginning(payload, len(payload)) == Beginning(text, more=False, binary=binary)


def test_of_a_long_payload_only_the_beginning_is_shown() -> None:
    assert beginning(b"x" * 2400, 5000) == Beginning("x" * MOST_CHARACTERS, more=True, binary=False)
    assert beginning(b"\n" * 50, 50) == Beginning("\n" * (MOST_LINES - 1), more=True, binary=False)
    assert beginning(b"\xff" * 2400, 2400) == Beginning(" ".join(["ff"] * 200), more=True, binary=True)
    assert beginning(b"ab\xf0\x9f", 6) == Beginning("ab", more=True, binary=False)  # a letter that is cut in two
    assert beginning(b"ab\xf0\x9f", 4).binary


def test_what_strangers_wrote_is_words_and_nothing_else(city: City) -> None:
    page = markup(drawn(city, b'</pre><script>alert(1)</script><img src=x onerror="alert(2)">'))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;/pre&gt;&lt;script&gt;" in page


def test_no_language_changes_what_strangers_wrote(city: City) -> None:
    said, other = b'{"status": "menunggu", "value": 1.234}', b'{"status": "selesai"}'
    before, after = drawn(city, said), drawn(city, other)
    assert f">{said.decode()}</pre>" in markup(ENGLISH.tree(before))
    for change in changes(before, after):  # as it comes over the stream, where an element's other properties stay
        told = markup(ENGLISH.props(change.props)["children"])
        assert "selesai" in told
        assert 'translate="no"' in told


def test_what_is_kept_in_part_says_so(city: City) -> None:
    rows = {KEY: [refused(7, NOW) | {"payload_bytes": 300_000}], "retry_state": [NEVER | {"beats": True}]}
    found = PANELS[KEY].render(rows, Context(city, NOW, chosen(city)))
    assert "300.000 byte" in words(found)
    assert "tidak disimpan utuh" in words(found)


def test_a_reason_is_chosen_by_a_link_and_taken_away_by_another(city: City) -> None:
    rejects = PANELS["rejects"].render(full(city), Context(city, NOW, chosen(city)))
    (link, *_) = marked(rejects, "href", "/data?reason=bad-json#panel-rejected_messages")
    assert words(link) == "JSON tidak terbaca"
    assert [words(each) for each in marked(drawn(city), "aria-current", "true")] == ["Semua alasan"]
    narrowed = drawn(city, only="bad-time")
    assert [words(each) for each in marked(narrowed, "aria-current", "true")] == ["Waktu tidak sah"]
    assert [words(each) for each in marked(narrowed, "href", links.refused())] == ["Semua alasan"]
    assert SIGHTS.pages["/data"].choose(city, {"reason": "unknown-kind"})["reason"] == "unknown-kind"


@pytest.mark.parametrize("reason", ["", "bad-time"])
def test_the_button_sends_a_plain_form_with_the_chosen_reason(city: City, reason: str) -> None:
    root = drawn(city, only=reason)
    form, button = one(root, "form"), one(root, "again")
    assert (prop(form, "method"), prop(form, "hidden")) == ("post", False)
    assert prop(form, "action") == "/data/coba-lagi" + (f"?reason={reason}" if reason else "")
    assert (prop(button, "type"), prop(button, "disabled"), words(button)) == ("submit", False, "Coba lagi")
    assert "Perbaiki dulu paket kota" in words(one(root, "how"))


def test_without_maintenance_the_button_does_nothing_and_says_so(city: City) -> None:
    root = drawn(city, beats=False)
    assert prop(one(root, "again"), "disabled") is True
    assert words(one(root, "how")).startswith("Pemeliharaan tidak berjalan: ")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({}, ""),
        (ASKED, "Semua alasan: ◆ Sedang dicoba lagi … · 21 Nov 14.00"),
        (ASKED | {"beats": False}, "Semua alasan: ▲ Menunggu: pemeliharaan tidak berjalan · 21 Nov 14.00"),
        (ASKED | {"reason": "bad-cap", "done_at": NOW, "understood": 3, "kept": 2},
         "CAP tidak terbaca: 3 dipahami, 2 tetap ditolak · 21 Nov 14.00"),
        (ASKED | {"done_at": NOW, "failed": "canceling statement"},
         "Semua alasan: ■ Gagal canceling statement · 21 Nov 14.00"),
    ],
)  # fmt: skip
def test_what_became_of_the_newest_request_is_told(city: City, state: dict[str, object], said: str) -> None:
    assert " ".join(words(one(drawn(city, **state), "retried")).split()) == said


def test_with_nothing_refused_there_is_no_button_and_the_last_outcome_stays(city: City) -> None:
    done = {"beats": True} | ASKED | {"done_at": NOW, "understood": 3, "kept": 0}
    root = PANELS[KEY].render({"retry_state": [done]}, Context(city, NOW, chosen(city)))
    assert prop(one(root, "form"), "hidden") is True
    assert "3 dipahami, 0 tetap ditolak" in words(one(root, "retried"))
    assert "○ Tidak ada pesan yang ditolak." in words(root)
    assert prop(root, "data-state") == "live"


def test_every_reason_has_its_words_in_english() -> None:
    assert {reason: words for reason, words in REASONS.items() if ENGLISH.tell(words)[1]} == {}


def test_payloads_stand_on_no_wall(city: City) -> None:
    assert PANELS[KEY].desk_only
    assert [key for key, scene in SCENES.items() if any(panel.desk_only for panel in scene.panels)] == []
    entry = replace(city.scenes["skor"], areas=(("goals",), (KEY,)))
    with pytest.raises(LayoutError, match=rf"found panel '{KEY}', which belongs on no wall"):
        scenes_of(replace(city, scenes={"skor": entry}))


def beat(now: datetime, *, beats: bool = True, **state: object) -> dict[str, object]:
    return {"name": "maintenance", "instance": "maintenance-0", "started_at": now, "beat_at": now, "state": state,
            "beats": beats}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said", "rank"),
    [
        ([beat(NOW, broker="connected", broker_version="mosquitto 2.0.21", dropped=0)],
         "Broker: mosquitto 2.0.21 · 0 pesan dibuang sejak ia mulai", None),
        ([beat(NOW, broker="connected", broker_version="mosquitto 2.0.21", dropped=1234)],
         "Broker: mosquitto 2.0.21 · ▲ 1.234 pesan dibuang sejak ia mulai", 2),
        ([beat(NOW, broker="connected")], "Broker: broker tidak memberi tahu berapa pesan yang dibuangnya", None),
        ([beat(NOW, broker="away")], "Broker: ■ terputus", 3),
        ([beat(NOW)], "Broker: tidak dipantau", None),
        ([beat(NOW, beats=False, broker="connected", dropped=5)],
         "Broker: pemeliharaan yang memantaunya tidak berjalan", None),
        ([beat(NOW, broker="away"), beat(NOW, broker="connected", dropped=0)],
         "Broker: 0 pesan dibuang sejak ia mulai", None),
    ],
)  # fmt: skip
def test_the_broker_is_told_by_whoever_watches_it_now(
    city: City, rows: list[dict[str, object]], said: str, rank: int | None
) -> None:
    root = PANELS["workers"].render({"components": rows}, Context(city, NOW, chosen(city)))
    (line,) = marked(root, "id", "workers-broker")
    assert " ".join(words(line).split()) == said
    assert [prop(each, "className") for each in marked(root, "id", "workers-dropped")] == (
        [f"badge rank-{rank}"] if rank else []
    )
    assert unsaid(root, {"components": rows}) == []
