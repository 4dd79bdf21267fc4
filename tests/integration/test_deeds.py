"""What desks post, to a real server on a real database: from our own pages only, and answered with those pages."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote, urlencode

import psycopg
import pytest

from deploy.local.postgres import Postgres
from tests import servers
from tests.batches import ask
from tests.integration.test_http import WITHIN, Dashboard, started, until
from tests.pack import CITY
from tests.raising import raise_alarm

pytestmark = pytest.mark.integration

GAUGE = next(device.key for device in CITY.devices.values() if device.ladder)
STEP, DUTY = "/alarm/langkah", "/bertugas"
OURS = {"Sec-Fetch-Site": "same-origin"}
ON_DUTY = OURS | {"Cookie": "duty=operator-1"}


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
def alarm(url: str) -> int:
    """The one alarm there is, as the engine left it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE alarms, alarm_steps, alarm_deliveries")
    return raise_alarm(url, "siaga-1", GAUGE, datetime.now(UTC) - timedelta(minutes=5))


def post(
    desk: Dashboard, path: str, fields: Mapping[str, object], headers: Mapping[str, str]
) -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=WITHIN)
    try:
        told = {"Content-Type": "application/x-www-form-urlencoded"} | dict(headers)
        connection.request("POST", path, urlencode(fields, doseq=True), told)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def step(desk: Dashboard, fields: Mapping[str, object], **headers: str) -> tuple[int, str]:
    """The status and the line that a script is told."""
    status, _, found = post(desk, STEP, fields, ON_DUTY | {"Accept": "application/json"} | headers)
    said: dict[str, Any] = json.loads(found)
    return status, str(said["said"])


def cookies(headers: http.client.HTTPMessage) -> SimpleCookie:
    found = SimpleCookie()
    for each in headers.get_all("set-cookie") or ():
        found.load(each)
    return found


def taken(url: str) -> list[tuple[Any, ...]]:
    return ask(url, "SELECT step, actor, note, agency FROM alarm_steps WHERE actor <> 'engine' ORDER BY id")


@pytest.mark.parametrize("path", [STEP, DUTY])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
     {"Origin": "http://example.org"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
     {"Sec-Fetch-Site": "same-origin", "Origin": "http://example.org"}],
)  # fmt: skip
def test_a_post_from_anywhere_else_changes_nothing(
    desk: Dashboard, url: str, alarm: int, path: str, headers: dict[str, str]
) -> None:
    fields = {"id": alarm, "step": "acknowledged", "duty": "operator-1"}
    status, told, found = post(desk, path, fields, {"Cookie": "duty=operator-1"} | headers)
    assert (status, found.count("\n")) == (http.client.FORBIDDEN, 1)
    assert "set-cookie" not in told
    assert taken(url) == []


def test_a_page_whose_browser_only_names_its_origin_is_ours(desk: Dashboard, url: str, alarm: int) -> None:
    headers = {"Cookie": "duty=operator-1", "Origin": f"http://127.0.0.1:{desk.port}"}
    assert post(desk, STEP, {"id": alarm, "step": "acknowledged"}, headers)[0] == http.client.SEE_OTHER
    assert taken(url) == [("acknowledged", "operator-1", "", None)]


def test_a_form_without_a_script_leads_back_to_its_page_which_says_what_came_of_it(
    desk: Dashboard, url: str, alarm: int
) -> None:
    status, headers, _ = post(desk, DUTY, {"duty": "pengawas", "back": f"/alarm/{alarm}"}, OURS)
    duty = cookies(headers)["duty"]
    assert (status, headers["location"], duty.value) == (http.client.SEE_OTHER, f"/alarm/{alarm}", "pengawas")
    assert (duty["httponly"], duty["samesite"].lower(), duty["path"]) == (True, "strict", "/")
    cookie = {"Cookie": f"duty={duty.value}"}
    fields = {
        "id": alarm,
        "step": "assigned",
        "agency": "bpbd",
        "note": "Hubungi 0812-3456-7890",
        "back": "/alarm?life=baru",
    }
    status, headers, _ = post(desk, STEP, fields, OURS | cookie)
    said = cookies(headers)["said"]
    assert (status, headers["location"]) == (http.client.SEE_OTHER, "/alarm?life=baru")
    assert unquote(said.value) == f"Alarm {alarm}: diteruskan ke BPBD"
    assert taken(url) == [("assigned", "pengawas", "Hubungi •••", "bpbd")]
    _, told, page = desk.get("/alarm?life=baru", cookie=f"duty=pengawas; said={said.value}")
    assert f">Alarm {alarm}: diteruskan ke BPBD<" in page.decode()
    assert 'data-duty="pengawas"' in page.decode()
    assert "max-age=0" in told["set-cookie"].lower(), "it is said once"
    assert "form-action 'self'" in told["content-security-policy"]


def test_the_second_operator_is_told_who_was_first(desk: Dashboard, url: str, alarm: int) -> None:
    fields = {"id": alarm, "step": "acknowledged"}
    assert step(desk, fields) == (http.client.OK, f"Alarm {alarm}: diterima")
    status, said = step(desk, fields, Cookie="duty=operator-2")
    assert status == http.client.OK
    assert said.startswith(f"Alarm {alarm} sudah diterima oleh Operator 1 pukul ")
    assert len(taken(url)) == 1


def test_many_at_once(desk: Dashboard, url: str, alarm: int) -> None:
    other = raise_alarm(url, "siaga-2", GAUGE, datetime.now(UTC))
    step(desk, {"id": other, "step": "acknowledged"})
    assert step(desk, {"id": [alarm, other, 999], "step": "acknowledged"}) == (
        http.client.OK,
        "Diterima: 1 alarm; sudah sebelumnya: 1; tidak dapat: 1",
    )


def test_what_makes_no_sense_is_one_line_with_the_way_back(desk: Dashboard, url: str, alarm: int) -> None:
    fields = {"id": alarm, "step": "reviewed", "back": f"/alarm/{alarm}"}
    status, headers, page = post(desk, STEP, fields, ON_DUTY)
    assert (status, headers["content-type"]) == (http.client.CONFLICT, "text/html; charset=utf-8")
    assert f"Alarm {alarm} tidak dapat dinyatakan ditinjau: keadaannya masih berlangsung" in page
    assert f'href="/alarm/{alarm}"' in page
    assert step(desk, {"id": 10**9, "step": "acknowledged"})[0] == http.client.NOT_FOUND
    assert taken(url) == []


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"step": "acknowledged"}, "id"), ({"step": "acknowledged", "id": "satu"}, "id"),
        ({"step": "acknowledged", "id": "9" * 30}, "id"), ({"id": 1, "step": "raised"}, "step"), ({"id": 1}, "step"),
        ({"id": 1, "step": "assigned"}, "agency"), ({"id": 1, "step": "assigned", "agency": "fbi"}, "agency"),
        ({"id": 1, "step": "shelved"}, "minutes"), ({"id": 1, "step": "shelved", "minutes": "1500"}, "minutes"),
        ({"id": 1, "step": "noted", "note": " "}, "note"), ({"id": 1, "step": "noted", "note": "a" * 301}, "note"),
        ({"id": 1, "step": "noted", "note": "a\nb"}, "note"), ({"id": 1, "step": "noted", "note": "a\x00"}, "note"),
        ({"id": list(range(1, 502)), "step": "acknowledged"}, "id"),
    ],
)  # fmt: skip
def test_a_bad_field_is_refused_by_its_name(desk: Dashboard, url: str, fields: dict[str, object], name: str) -> None:
    status, said = step(desk, fields)
    assert (status, said.partition(":")[0]) == (http.client.UNPROCESSABLE_ENTITY, name)
    assert taken(url) == []


def test_without_a_position_nothing_is_done(desk: Dashboard, url: str, alarm: int) -> None:
    for cookie in ("", "duty=", "duty=wali-kota"):
        status, said = step(desk, {"id": alarm, "step": "acknowledged"}, Cookie=cookie)
        assert (status, said.partition(":")[0]) == (http.client.UNPROCESSABLE_ENTITY, "duty")
    assert post(desk, DUTY, {"duty": "wali-kota"}, OURS)[0] == http.client.UNPROCESSABLE_ENTITY
    assert taken(url) == []


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", "", "/a\r\nX: y", "alarm"])
def test_a_form_never_leads_to_another_site(desk: Dashboard, back: str) -> None:
    _, headers, _ = post(desk, DUTY, {"duty": "operator-1", "back": back}, OURS)
    assert headers["location"] == "/alarm"


def test_while_the_database_is_away_nothing_is_lost_unsaid(desk: Dashboard, url: str, alarm: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE alarm_steps RENAME TO gone")
        status, said = step(desk, {"id": alarm, "step": "acknowledged"})
        connection.execute("ALTER TABLE gone RENAME TO alarm_steps")
    assert status == http.client.SERVICE_UNAVAILABLE
    assert "belum ada yang disimpan" in said
    assert ask(url, "SELECT acknowledged_at FROM alarms") == [(None,)]


def test_an_alarm_is_found_the_moment_it_is_there(desk: Dashboard, url: str, alarm: int) -> None:
    assert desk.get(f"/alarm/{alarm + 1}")[0] == http.client.NOT_FOUND, "and its page is kept"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE alarm_steps, alarm_deliveries")
        connection.execute("UPDATE alarms SET id = DEFAULT")  # nobody is told
    assert desk.get(f"/alarm/{alarm + 1}")[0] == http.client.OK


def test_pages_of_alarms_that_are_not_there_and_filters_that_do_not_exist(desk: Dashboard, alarm: int) -> None:
    assert desk.get(f"/alarm/{alarm}")[0] == http.client.OK
    assert desk.get("/alarm/99999")[0] == http.client.NOT_FOUND
    assert desk.get("/alarm/satu")[0] == http.client.NOT_FOUND
    for wrong in ("priority=loud", "life=x", "arrange=x", "agency=fbi", "district=1"):
        status, _, page = desk.get(f"/alarm?{wrong}")
        assert status == http.client.UNPROCESSABLE_ENTITY
        assert wrong.partition("=")[0] in page.decode()


@pytest.mark.parametrize(
    ("path", "told"),
    [("/alarm", True), ("/alarm/{alarm}", True), ("/serah-terima", True), ("/kejadian", True), ("/beban-alarm", True),
     ("/peta", True), ("/perangkat", True), ("/aduan", True), ("/wall/sungai", False)],
)  # fmt: skip
def test_every_page_of_the_desk_says_as_whom_one_is_on_duty_and_changes_it_there(
    desk: Dashboard, alarm: int, path: str, *, told: bool
) -> None:
    here = path.format(alarm=alarm)
    status, page = shown(desk, here)
    assert status == http.client.OK
    assert ("Bertugas sebagai <strong>Operator 1</strong>" in page) == told
    assert (f'<input type="hidden" name="back" value="{here}">' in page) == told


def shown(desk: Dashboard, path: str) -> tuple[int, str]:
    """A page as it comes to a desk on duty."""
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=WITHIN)
    try:
        connection.request("GET", path, headers={"Cookie": ON_DUTY["Cookie"]})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
