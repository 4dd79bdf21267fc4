"""The posts by which a shift is handed over, to a real server: from our own pages only, with or without scripts."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, unquote

import psycopg
import pytest

from deploy.local.postgres import Postgres
from layouts import links
from sensors.handover import LONGEST_NOTE
from tests import servers
from tests.batches import ask
from tests.integration.test_deeds import ON_DUTY, OURS, cookies, post
from tests.integration.test_http import WITHIN, Dashboard, started, until
from tests.pack import CITY

pytestmark = pytest.mark.integration
PATH = links.HANDOVER
OTHER = OURS | {"Cookie": "duty=pengawas"}


@pytest.fixture(scope="module")
def url(shared_postgres: Postgres) -> Iterator[str]:
    with servers.database(shared_postgres, servers.TEMPLATE) as found:
        yield found


@pytest.fixture(scope="module")
def desk(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


@pytest.fixture(autouse=True)
def _none(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE handovers, handover_acceptances RESTART IDENTITY")


def notes(url: str) -> list[tuple[object, ...]]:
    return ask(
        url,
        "SELECT written_by, note, accepted_by FROM handovers LEFT JOIN handover_acceptances a ON a.handover_id = id "
        "ORDER BY id",
    )


def hand(desk: Dashboard, fields: Mapping[str, object], headers: Mapping[str, str] = ON_DUTY) -> tuple[int, str]:
    """The status, and the line that the page then says."""
    status, told, found = post(desk, PATH, fields, headers)
    said = cookies(told).get("said")
    return status, unquote(said.value) if said else found


def shown(desk: Dashboard, headers: Mapping[str, str]) -> str:
    """The page on which shifts are handed over, as a browser with these cookies gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=WITHIN)
    try:
        connection.request("GET", PATH, headers=dict(headers))
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_a_note_goes_from_one_position_to_the_next_by_plain_forms(desk: Dashboard, url: str) -> None:
    status, said = hand(desk, {"step": "written", "note": "Pompa 2 menyala 14.05\r\nHP 0812-3456-7890"})
    assert status == http.client.SEE_OTHER
    assert said.startswith("Jaga ")
    assert said.endswith(" diserahkan: catatannya disimpan, menunggu diterima")
    assert notes(url) == [("operator-1", "Pompa 2 menyala 14.05\nHP •••", None)]
    page = shown(desk, {"Cookie": f"duty=pengawas; said={quote(said)}"})
    assert "Pompa 2 menyala 14.05" in page
    assert "◆ menunggu diterima posisi lain, atau jaga " in page
    assert hand(desk, {"step": "accepted", "id": 1}, OTHER) == (http.client.SEE_OTHER, "Jaga diterima")
    assert hand(desk, {"step": "accepted", "id": 1}, OTHER)[1].startswith("Jaga sudah diterima oleh Pengawas ruang")
    assert notes(url) == [("operator-1", "Pompa 2 menyala 14.05\nHP •••", "pengawas")]


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://example.org"}])
def test_a_post_from_anywhere_else_changes_nothing(desk: Dashboard, url: str, headers: dict[str, str]) -> None:
    status, _ = hand(desk, {"step": "written", "note": "x"}, {"Cookie": "duty=operator-1"} | headers)
    assert (status, notes(url)) == (http.client.FORBIDDEN, [])


@pytest.mark.parametrize(
    ("fields", "headers", "status", "named"),
    [
        ({"step": "written", "note": "x"}, OURS, 422, "duty"),
        ({"step": "written", "note": "  "}, ON_DUTY, 422, "note"),
        ({"step": "written", "note": "x" * (LONGEST_NOTE + 1)}, ON_DUTY, 422, "note"),
        ({"step": "written", "note": "a\x00b"}, ON_DUTY, 422, "note"),
        ({"step": "ended"}, ON_DUTY, 422, "step"),
        ({"step": "accepted", "id": "1; DROP"}, ON_DUTY, 422, "id"),
        ({"step": "accepted", "id": "999"}, ON_DUTY, 404, "tidak ada catatan"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_the_field(
    desk: Dashboard, url: str, fields: dict[str, str], headers: dict[str, str], status: int, named: str
) -> None:
    found, said = hand(desk, fields, headers)
    assert (found, notes(url)) == (status, [])
    assert named in said


def test_the_writer_is_told_that_another_one_accepts(desk: Dashboard, url: str) -> None:
    hand(desk, {"step": "written", "note": "Semua tenang"})
    status, said = hand(desk, {"step": "accepted", "id": 1})
    assert status == http.client.CONFLICT
    assert "oleh penulisnya sendiri" in said
    assert notes(url) == [("operator-1", "Semua tenang", None)]


def test_a_report_has_its_bounds_and_says_them(desk: Dashboard) -> None:
    now = datetime.now(UTC)
    path = links.incident(now - timedelta(hours=5), now, CITY.zone)
    assert desk.get(path)[0] == http.client.OK
    long = links.incident(now - timedelta(days=8), now, CITY.zone)
    ahead = links.incident(now + timedelta(days=1), now + timedelta(days=2), CITY.zone)
    for wrong, words in ((long, "paling lama 7 hari"), (ahead, "harus mulai sebelum berakhir")):
        status, _, page = desk.get(wrong)
        assert (status, words in page.decode()) == (422, True)
        assert b"Traceback" not in page
    assert desk.get(f"{links.INCIDENT}?from=kemarin")[0] == 422
