"""CAP 1.2 from a message to the wall's question: whatever the order, the same warnings are in force."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import psycopg
import pytest

from data.records import Bulletin, Message
from data.store import Store
from deploy.local.mosquitto import Mosquitto
from ingest.delivery import Delivery
from ingest.sorting import Sorter
from layouts.panel import Context
from layouts.panels.warnings import PANEL
from sensors.city import City, load_city
from tests.batches import ask, message, writer
from tests.cap import BENDA, LEBAK, SENT, alert, drawn, info, named
from tests.ingesting import publisher, until, worker

pytestmark = pytest.mark.integration
SOON = SENT + timedelta(minutes=30)
AGAIN = SENT + timedelta(minutes=10)
ENDED = SENT + timedelta(minutes=20)
ALERT = alert("A")
UPDATE = alert("B", sent=AGAIN, kind="Update", references=[("A", SENT)], infos=info(sent=AGAIN, severity="Severe"))
CANCEL = alert("C", sent=ENDED, kind="Cancel", references=[("B", AGAIN)], infos="")


@pytest.fixture(scope="module")
def city() -> City:
    return load_city("tangerang")


def heard(city: City, *payloads: bytes, at: datetime = ENDED) -> list[Message]:
    sorter = Sorter(city)
    topic = "tangerang/bulletins/bmkg"
    found = [sorter.take_apart(Delivery(topic, each, len(each), at, False, 1, 1, 0)) for each in payloads]
    assert [each.rejections for each in found] == [()] * len(found)
    return found


def in_force(url: str, at: datetime = SOON) -> list[tuple[str, str]]:
    return [(row["id"], row["severity"]) for row in rows(url, "bulletins_now", at)]


def rows(url: str, question: str, at: datetime) -> list[dict[str, Any]]:
    async def once() -> list[dict[str, Any]]:
        store = await Store.open(url)
        try:
            return await store.ask(question, {"now": at})
        finally:
            await store.close()

    return asyncio.run(once())


def write(url: str, batches: Sequence[Sequence[Message]]) -> None:
    with closing(writer(url)) as room:
        for batch in batches:
            room.write(batch)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("payloads", "expected"),
    [
        ((ALERT,), [("A", "waspada")]),
        ((ALERT, UPDATE), [("B", "siaga")]),
        ((ALERT, UPDATE, CANCEL), []),
    ],
)
def test_in_whatever_order_and_however_often_the_state_is_the_same(
    database_url: str, city: City, payloads: tuple[bytes, ...], expected: list[tuple[str, str]], together: bool
) -> None:
    whole = set[str]()
    for order in permutations(payloads):
        messages = heard(city, *order, order[0])
        with psycopg.connect(database_url) as connection:
            connection.execute("TRUNCATE bulletins")
        write(database_url, [messages] if together else [[each] for each in messages])
        assert in_force(database_url) == expected
        whole.add(str(ask(database_url, "SELECT to_jsonb(b) - 'version_since' FROM bulletins b ORDER BY id")))
    assert len(whole) == 1


def test_what_comes_again_changes_nothing(database_url: str, city: City) -> None:
    write(database_url, [heard(city, ALERT, UPDATE)])
    before = ask(database_url, "SELECT *, xmin::text FROM bulletins ORDER BY id")
    write(database_url, [heard(city, ALERT, UPDATE, at=SOON)])
    assert ask(database_url, "SELECT *, xmin::text FROM bulletins ORDER BY id") == before
    counts = ask(database_url, "SELECT stored, duplicates FROM feeds WHERE stream = 'bulletins'")
    assert counts == [(2, 2)]


def test_a_warning_holds_from_its_beginning_to_its_end(database_url: str, city: City) -> None:
    later = info(effective=SENT + timedelta(hours=1), expires=SENT + timedelta(hours=2))
    write(database_url, [heard(city, alert("A", infos=later))])
    found = [in_force(database_url, SENT + timedelta(minutes=minutes)) for minutes in (59, 60, 119, 120)]
    assert found == [[], [("A", "waspada")], [("A", "waspada")], []]


def test_the_old_one_holds_until_its_update_begins(database_url: str, city: City) -> None:
    later = info(sent=AGAIN, effective=SENT + timedelta(hours=1))
    update = alert("B", sent=AGAIN, kind="Update", references=[("A", SENT)], infos=later)
    write(database_url, [heard(city, ALERT, update)])
    assert in_force(database_url) == [("A", "waspada")]
    assert in_force(database_url, SENT + timedelta(hours=1)) == [("B", "waspada")]


def test_without_an_end_it_holds_for_a_day(database_url: str) -> None:
    bulletin = Bulletin("polres", "1", "Jalan ditutup", None, "waspada", (), None, SENT, None)
    write(database_url, [[message("bulletins", bulletins=(bulletin,))]])
    found = [in_force(database_url, SENT + timedelta(hours=hours)) for hours in (23, 25)]
    assert found == [[("1", "waspada")], []]


def test_a_sender_that_keeps_one_identifier_is_understood(database_url: str, city: City) -> None:
    two = alert("A", infos=info() + info(severity="Severe"))
    again = alert("A", sent=AGAIN, kind="Update", references=[("A", SENT)], infos=info(sent=AGAIN, severity="Minor"))
    ended = alert("A", sent=ENDED, kind="Cancel", references=[("A", AGAIN)])
    for payloads, expected in (
        ([two], [("A/2", "siaga"), ("A", "waspada")]),
        ([again], [("A", "info")]),
        ([ended, two], []),
    ):
        write(database_url, [heard(city, each) for each in payloads])
        assert in_force(database_url) == expected


def test_a_cancel_ends_only_what_it_names_on_its_own_channel(database_url: str, city: City) -> None:
    other = Bulletin("polres", "A", "Jalan ditutup", None, "waspada", (), None, SENT, None, alert_id="A")
    write(database_url, [heard(city, alert("D"), alert("C", kind="Cancel", references=[("A", SENT)], infos=""))])
    write(database_url, [[message("bulletins", bulletins=(other,))]])
    assert sorted(in_force(database_url)) == [("A", "waspada"), ("D", "waspada")]


def test_what_is_drawn_elsewhere_is_kept_and_not_shown(database_url: str, city: City) -> None:
    write(
        database_url,
        [heard(city, alert("A", infos=info(area=drawn(LEBAK))), alert("B", infos=info(area=drawn(BENDA))))],
    )
    assert in_force(database_url) == [("B", "waspada")]
    assert ask(database_url, "SELECT elsewhere FROM bulletins ORDER BY id") == [(True,), (False,)]


def test_a_row_of_a_worker_that_knows_nothing_of_cap_is_in_force(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "INSERT INTO bulletins (channel, id, title, severity, issued_at, received_at) "
            "VALUES ('bmkg', '1', 'Hujan', 'siaga', %(at)s, %(at)s)",
            {"at": SENT},
        )
    assert in_force(database_url) == [("1", "siaga")]


def test_from_the_broker_to_the_panel(database_url: str, own_broker: Mosquitto, city: City) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    warning = alert("A", sent=now, infos=info(sent=now, severity="Severe", area=named("Benda, Cipondoh")))
    ended = alert("C", sent=now, kind="Cancel", references=[("A", now)], infos="")
    bomb = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><alert>&x;</alert>'

    def settled(messages: int) -> bool:
        return ask(database_url, "SELECT coalesce(sum(messages), 0) FROM feeds") == [(messages,)]

    def shown() -> str:
        asked = {question.name: rows(database_url, question.name, now) for question in PANEL.questions}
        return str(PANEL.render(asked, Context(city, now, {})))

    assert "Belum ada peringatan yang diterima" in shown()
    with worker(database_url, own_broker.url), publisher(own_broker.url) as sender:
        sender.settle([sender.send("tangerang/bulletins/bmkg", each) for each in (warning, bomb, alert(status="Test"))])
        until(lambda: settled(3), "the warning")
        picture = shown()
        assert all(word in picture for word in ("▲ Siaga", "Hujan lebat", "Benda, Cipondoh", "Sumber: BMKG", "bmkg/A"))
        sender.settle([sender.send("tangerang/bulletins/bmkg", ended)])
        until(lambda: settled(4), "its end")
    assert "Tidak ada peringatan berlaku" in shown()
    assert "Sumber: BMKG" in shown()
    reasons = ask(database_url, "SELECT reason FROM rejected_messages ORDER BY 1")
    assert reasons == [("bad-xml",), ("not-actual",)]
