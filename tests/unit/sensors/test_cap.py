"""CAP 1.2: what the standard says is read, everything else is refused by name, and no document reaches outside."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import timedelta, timezone

import pytest

from sensors.cap import MOST_CORNERS, is_cap, parse_cap
from sensors.reading import CodecError
from tests.cap import BENDA, SENT, alert, drawn, info, named

NOW = SENT + timedelta(minutes=1)
REASONS = {
    "bad-xml", "bad-cap", "bad-value", "bad-time", "future-time", "no-values", "not-actual", "not-public",
    "not-a-warning",
}  # fmt: skip


def refused(payload: bytes) -> CodecError:
    with pytest.raises(CodecError) as caught:
        parse_cap(payload, NOW)
    assert "\n" not in caught.value.detail
    return caught.value


def test_an_alert_is_read_as_it_was_sent() -> None:
    found = parse_cap(alert(), NOW)
    assert (found.identifier, found.type, found.sent, found.references) == ("CKR20261121001", "Alert", SENT, ())
    [told] = found.infos
    assert (told.severity, told.urgency, told.certainty) == ("Moderate", "Immediate", "Observed")
    assert (told.effective, told.expires, told.onset) == (SENT, SENT + timedelta(hours=3), None)
    assert told.headline == "Hujan lebat disertai petir"
    [area] = told.areas
    assert (area.words, area.polygons[0][0], len(area.polygons[0])) == ("Banten", (-6.10, 106.62), 5)


def test_the_indonesian_text_is_preferred_and_all_of_its_infos_are_kept() -> None:
    both = info(language="en-US", headline="Rain") + info(language="id-ID") + info(language="ID", headline="Angin")
    assert [i.headline for i in parse_cap(alert(infos=both), NOW).infos] == ["Hujan lebat disertai petir", "Angin"]
    english = info(language="en-GB", headline="Rain") + info(language="fr", headline="Pluie")
    assert [i.headline for i in parse_cap(alert(infos=english), NOW).infos] == ["Rain"]


def test_times_come_in_any_offset() -> None:
    wib = SENT.astimezone(timezone(timedelta(hours=7)))
    assert parse_cap(alert(sent=wib), NOW).sent == SENT
    utc = alert().replace(b"2026-11-21T07:00:00+00:00", b"2026-11-21T07:00:00-00:00")
    assert parse_cap(utc, NOW).sent == SENT


def test_an_update_and_a_cancel_name_what_they_end() -> None:
    references = [("A-1", SENT), ("A-2", SENT)]
    assert parse_cap(alert("A-3", kind="Update", references=references), NOW).references == ("A-1", "A-2")
    cancel = parse_cap(alert("A-3", kind="Cancel", references=references, infos=""), NOW)
    assert (cancel.type, cancel.infos, cancel.references) == ("Cancel", (), ("A-1", "A-2"))


def test_a_long_text_is_cut_and_not_a_reason_to_lose_a_warning() -> None:
    [told] = parse_cap(alert(infos=info(headline="j" * 1000)), NOW).infos
    assert told.headline == "j" * 299 + "…"


def test_an_address_that_is_none_is_left_out() -> None:
    sneaky = alert().replace(b"https://www.bmkg.go.id/contoh", b"javascript:alert(1)")
    assert parse_cap(sneaky, NOW).infos[0].web is None


CHAIN = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY b0 "ha">' + CHAIN.encode() + b"]>" + alert(infos="&b9;"), "bad-xml"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>', "bad-xml"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><alert/>', "bad-xml"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p">%p;]><alert/>', "bad-xml"),
        (b"<!DOCTYPE alert><alert/>", "bad-xml"),
        (alert(infos="&unknown;"), "bad-xml"),
        (b"<", "bad-xml"),
        (b"<alert>", "bad-xml"),
        (b'<?xml version="1.0" encoding="no-such"?><alert/>', "bad-xml"),
        (b'<?xml version="1.0" encoding="utf-7"?><alert/>', "bad-xml"),
        (b"<a>" * 60_000, "bad-xml"),
        (b"<a>" * 30_000 + b"</a>" * 30_000, "bad-cap"),
        (b"<rss><channel/></rss>", "bad-cap"),
        (alert().replace(b"cap:1.2", b"cap:1.1"), "bad-cap"),
        (alert(status="Exercise"), "not-actual"),
        (alert(status="Test"), "not-actual"),
        (alert(status="Perhaps"), "bad-value"),
        (alert(scope="Private"), "not-public"),
        (alert(kind="Ack"), "not-a-warning"),
        (alert(kind="Error"), "not-a-warning"),
        (alert(kind="Cancel"), "bad-value"),
        (alert(kind="Update").replace(b"</scope>", b"</scope><references>A-1</references>"), "bad-value"),
        (alert(identifier=""), "bad-value"),
        (alert(identifier="with blank"), "bad-value"),
        (alert(identifier="x" * 201), "bad-value"),
        (alert(infos=""), "no-values"),
        (alert(sent=SENT + timedelta(days=1)), "future-time"),
        (alert().replace(b"2026-11-21T07:00:00+00:00", b"2026-11-21T07:00:00"), "bad-time"),
        (alert().replace(b"2026-11-21T07:00:00+00:00", b"1795219200"), "bad-time"),
        (alert(infos=info(expires=SENT + timedelta(days=400))), "bad-time"),
        (alert(infos=info(severity="Grave")), "bad-value"),
        (alert(infos=info(area=drawn("-6.1,106.6 -6.2,106.7 -6.1,106.6"))), "bad-value"),
        (alert(infos=info(area=drawn("-6.1,106.6 -6.2,106.7 -6.1,106.8 -6.3,106.6"))), "bad-value"),
        (alert(infos=info(area=drawn("nan,nan nan,nan nan,nan nan,nan"))), "bad-value"),
        (alert(infos=info(area=drawn("-96.1,106.6 " * 5))), "bad-value"),
        (alert(infos=info(area=drawn("-6.1,106.6 " * (MOST_CORNERS + 1)))), "bad-value"),
        (alert(infos=info(area="<area><circle>-6.1,106.6</circle></area>")), "bad-value"),
        (alert(infos=info() * 21), "bad-value"),
    ],
)  # fmt: skip
def test_what_is_not_a_public_alert_in_earnest_is_refused_by_name(payload: bytes, reason: str) -> None:
    assert refused(payload).reason == reason


def test_whatever_bytes_come_an_alert_or_a_refusal_by_name_goes_out() -> None:
    chance = random.Random("cap")
    whole = alert("A-3", kind="Update", references=[("A-1", SENT)], infos=info() + info(area=named("Benda")))
    outcomes: Counter[str] = Counter()
    for _ in range(3000):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(0, 5)):
            place = chance.randrange(len(damaged))
            match chance.randrange(3):
                case 0:
                    damaged[place] = chance.randrange(256)
                case 1:
                    del damaged[place : place + chance.randrange(40)]
                case _:
                    damaged[place:place] = chance.choice([b"<", b"&", b"]]>", b"<!--", b"\0", b"<info>", b"9" * 30])
        try:
            outcomes[type(parse_cap(bytes(damaged), NOW)).__name__] += 1
        except CodecError as error:
            outcomes[error.reason] += 1
    assert outcomes.keys() <= REASONS | {"Alert"}
    assert 100 < outcomes["Alert"] < 2900


@pytest.mark.parametrize(
    ("payload", "meant"),
    [(b" \n<alert/>", True), (b"\xef\xbb\xbf<alert/>", True), (b'{"id": "<"}', False), (b"", False)],
)
def test_xml_is_known_by_its_first_character(payload: bytes, meant: bool) -> None:
    assert is_cap(payload) is meant


def test_a_document_with_a_mark_of_its_byte_order_is_read() -> None:
    assert parse_cap(b"\xef\xbb\xbf" + re.sub(rb"^<\?xml.*\?>\s*", b"", alert()), NOW).sent == SENT


def test_the_polygon_of_the_example_is_closed() -> None:
    assert BENDA.split()[0] == BENDA.split()[-1]
