"""The fetcher's parts without a network: how often it may ask, what it recognises, what it remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.fetch.bucket import A_MINUTE, BURST, Bucket
from ingest.fetch.documents import MOST_LINKS, NotADocumentError, documents, links
from ingest.fetch.memory import FILE, MOST_KEYS, Memory
from ingest.fetch.rounds import addresses
from sensors.city import City
from tests.cap import alert

BASE = "https://example.org/alerts/id"
FORECAST = b'{"lokasi": {"adm4": "36.71.01.1001"}, "data": [{"cuaca": []}]}'
QUAKE = b'{"Infogempa": {"gempa": {"Magnitude": "4.0"}}}'


def item(link: str, more: str = "") -> str:
    return f"<item><title>x</title><link>{link}</link>{more}</item>"


def rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'.encode()


@pytest.mark.parametrize("idle", [0.0, 3600.0])
def test_no_minute_ever_has_more_than_sixty_requests(idle: float) -> None:
    clock = [0.0]
    bucket = Bucket(lambda: clock[0])
    clock[0] += idle
    asked: list[float] = []
    while len(asked) < 500:
        clock[0] += bucket.take()
        asked.append(clock[0])
    most = max(sum(1 for other in asked if at <= other < at + 60) for at in asked)
    assert most <= A_MINUTE
    assert len([at for at in asked if at < asked[0] + 1]) <= BURST + 1
    assert asked[-1] - asked[0] < 500 / (A_MINUTE - BURST) * 60 + 60  # and it is not slower than it must be


def test_each_format_is_recognised_with_a_key_that_stays() -> None:
    for form, body in (
        ("cap", alert("A")),
        ("rss-cap", alert("A")),
        ("bmkg-forecast", FORECAST),
        ("bmkg-quake", QUAKE),
    ):
        (found,) = documents(form, body)
        assert found.payload == body
        assert documents(form, body)[0].key == found.key
    assert documents("cap", alert("A"))[0].key != documents("cap", alert("B"))[0].key


def test_bulletins_come_alone_or_in_an_array() -> None:
    one = {"id": "1", "title": "Judul", "severity": "info"}
    assert len(documents("json", json.dumps(one).encode())) == 1
    found = documents("json", json.dumps([one, {**one, "id": "2"}]).encode())
    assert [json.loads(each.payload)["id"] for each in found] == ["1", "2"]


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("cap", b"<alert>"), ("cap", b"<alert/>"), ("cap", b"{}"), ("cap", b""), ("rss-cap", rss()),
        ("cap", b'<!DOCTYPE a [<!ENTITY x "y">]><alert>&x;</alert>'),
        ("cap", alert("A").replace(b"<identifier>A</identifier>", b"")),
        ("bmkg-forecast", b"[]"), ("bmkg-forecast", b'{"data": {}}'), ("bmkg-forecast", b"<html>maaf</html>"),
        ("bmkg-quake", b'{"Infogempa": []}'), ("bmkg-quake", b'{"Infogempa": {"gempa": "x"}}'), ("bmkg-quake", b"null"),
        ("json", b"7"), ("json", b'{"id": 1, "title": "x"}'), ("json", b'[{"id": "x"}]'), ("json", b"[" * 100_000),
    ],
)  # fmt: skip
def test_what_is_not_the_format_is_no_document(form: str, body: bytes) -> None:
    with pytest.raises(NotADocumentError):
        documents(form, body)


def test_a_list_gives_the_links_of_its_own_host_once() -> None:
    found = links(
        rss(
            item("https://example.org/a.xml"), item(" /b.xml "), item("https://elsewhere.org/c.xml"), item("file:///etc/passwd"),
            item("https://example.org/a.xml"), item(""), item("http://example.org/d.xml"),
        ),
        BASE,
    )  # fmt: skip
    assert [each.url for each in found] == ["https://example.org/a.xml", "https://example.org/b.xml"]
    assert len(links(rss(*(item(f"/{n}.xml") for n in range(300))), BASE)) == MOST_LINKS


def test_an_entry_with_a_new_date_is_a_new_entry() -> None:
    def mark(date: str) -> str:
        return links(rss(item("/a.xml", f"<guid>1</guid><pubDate>{date}</pubDate>")), BASE)[0].mark

    assert mark("Sun, 22 Nov 2026 07:00:00 +0700") != mark("Sun, 22 Nov 2026 08:00:00 +0700")


@pytest.mark.parametrize(
    "body", [b"", b"<html/>", b"<rss/>", b"<rss><channel>", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>']
)
def test_a_broken_list_is_no_list(body: bytes) -> None:
    with pytest.raises(NotADocumentError):
        links(body, BASE)


def test_what_is_remembered_survives_and_stays_bounded(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "deep")
    seen = memory.of("http://a")
    seen.etag, seen.asked_at = '"x"', 5.0
    for number in range(MOST_KEYS + 7):
        seen.add(str(number))
    memory.of("http://gone")
    memory.keep(frozenset({"http://a"}))
    memory.write()
    again = Memory(tmp_path / "deep")
    assert (again.of("http://a").etag, again.of("http://a").asked_at) == ('"x"', 5.0)
    assert (len(again.of("http://a").keys), again.of("http://a").keys[0]) == (MOST_KEYS, "7")
    assert "gone" not in (tmp_path / "deep" / FILE).read_text()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"http://a": {"etag": 7}}'])
def test_a_broken_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert Memory(tmp_path).of("http://a").etag is None


def test_a_source_means_each_of_its_addresses(city: City) -> None:
    found = addresses(city)
    assert len({each.url for each in found}) == len(found)
    assert sum(each.source.format == "bmkg-forecast" for each in found) == len(city.subdistricts)
    assert all("{" not in each.url for each in found)
