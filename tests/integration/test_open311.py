"""GeoReport v2 by a public client and by the specification's own calls, and a report all the way to a stored case."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import psycopg
import pytest
from defusedxml.ElementTree import fromstring
from georeport import GeoReport

from deploy.local.postgres import Postgres
from tests import servers
from tests.batches import NOW, ask, case, writer
from tests.integration.test_gate import make_key
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY
from tests.room import Room

pytestmark = pytest.mark.integration

V2 = "/open311/v2"
FIELDS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible",
    "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode",
    "lat", "long", "media_url",
}  # fmt: skip
PLACE = {"category": "pju", "agency": "dishub", "subdistrict": "36.71.07.1004"}
DAYS = 1440


@pytest.fixture(scope="module")
def room(shared_postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        with closing(writer(url, services=CITY.services)) as ingest:
            ingest.write(
                [
                    case("menunggu", 0, "L-1", lat=-6.19, lon=106.61, summary="Lampu <padam> & gelap", **PLACE),
                    case("menunggu", -10, "L-2", category="sampah"),
                    case("menunggu", -2000, "L-3", **PLACE),
                    case("selesai", -100, "L-3"),
                    case("menunggu", -100 * DAYS, "L-old", **PLACE),
                    case("menunggu", 0, "112-1", service="siaga-112"),
                ]
            )
        folder = tmp_path_factory.mktemp("state")
        with started(folder, DATABASE_URL=url, API_PER_MINUTE="0") as running:
            until(lambda: running.get("/readyz")[0] == http.client.OK)
            yield running


def listed(room: Dashboard, **filters: str) -> list[dict[str, Any]]:
    span = {"end_date": (NOW + timedelta(days=1)).isoformat()}
    status, _, found = room.get(f"{V2}/requests.json?{urlencode(span | filters)}")
    assert status == http.client.OK, found
    answer: list[dict[str, Any]] = json.loads(found)
    return answer


def numbers(room: Dashboard, **filters: str) -> list[str]:
    return [each["service_request_id"] for each in listed(room, **filters)]


def xml(room: Dashboard, path: str) -> Element:
    status, headers, found = room.get(path)
    assert headers["content-type"] == "text/xml; charset=utf-8"
    tree = fromstring(found)
    assert (status == http.client.OK) == (tree.tag != "errors")
    return tree


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_public_client_completes_its_calls(room: Dashboard, form: str) -> None:
    client = GeoReport(f"http://127.0.0.1:{room.port}{V2}", jurisdiction=CITY.key, output_format=form)
    services = client.get_service_list()
    assert [each["service_code"] for each in services] == list(CITY.services["laksa"].categories)
    assert client.get_service_definition("pju")["service_code"] == "pju"
    end = (NOW + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = client.get_service_requests(end_date=end, status="open", service_code="pju,sampah")
    requests = found if form == "json" else found["request"] if isinstance(found, dict) else found
    assert [each["service_request_id"] for each in requests] == ["L-1", "L-2"]
    one = client.get_service_request("L-1")
    told = one[0] if isinstance(one, list) else one
    assert told["description"] == "Lampu <padam> & gelap"


def test_a_request_says_who_acts_and_by_when(room: Dashboard) -> None:
    [found] = listed(room, service_request_id="L-1")
    assert found.keys() == FIELDS
    assert (found["status"], found["status_notes"]) == ("open", "Menunggu")
    assert found["agency_responsible"] == CITY.agencies["dishub"].name
    assert found["requested_datetime"] == "2026-11-21T07:00:00+07:00"
    assert found["expected_datetime"] == "2026-12-11T00:00:00+07:00"  # the 14th working day is 2026-12-10
    assert (found["lat"], found["long"], found["address_id"]) == (-6.19, 106.61, "36.71.07.1004")
    assert found["address"].startswith("Kelurahan ")
    [done] = listed(room, service_request_id="L-3")
    assert (done["status"], done["expected_datetime"]) == ("closed", None)
    [other] = listed(room, service_request_id="L-2")
    assert other["agency_responsible"] == CITY.agencies["dlh"].name  # its category's


def test_requests_are_found_by_each_filter(room: Dashboard) -> None:
    assert numbers(room) == ["L-1", "L-2", "L-3"]  # of 90 days, of the city's own service
    assert numbers(room, status="closed") == ["L-3"]
    assert numbers(room, status="open,closed") == ["L-1", "L-2", "L-3"]
    assert numbers(room, service_code="sampah") == ["L-2"]
    assert numbers(room, service_request_id="L-old,L-1,nobody") == ["L-1", "L-old"]
    begun = NOW - timedelta(minutes=20)
    assert numbers(room, start_date=begun.isoformat()) == ["L-1", "L-2"]
    assert numbers(room, end_date=(NOW - timedelta(minutes=5)).isoformat()) == ["L-2", "L-3"]


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("requests.json?status=gone", 400, "status"),
        ("requests.json?service_code=pju,cinta", 400, "service_code"),
        ("requests.json?start_date=2026-01-01", 400, "start_date"),
        ("requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400, "90 days"),
        ("requests.json?start_date=2026-03-01T00:00:00Z&end_date=2026-02-01T00:00:00Z", 400, "start_date"),
        ("requests.json?colour=red", 400, "colour"),
        ("requests.json?service_request_id=%00", 400, "service_request_id"),
        ("requests.json?jurisdiction_id=jakarta", 404, "jurisdiction_id"),
        ("requests/nobody.json", 404, "service_request_id"),
        ("requests/' OR 1=1 --.json".replace(" ", "%20"), 404, "service_request_id"),
        ("services/cinta.json", 404, "service_code"),
        ("services.yaml", 404, ".json"),
        ("nothing.json", 404, "GeoReport"),
    ],
)
def test_what_is_wrong_is_told_as_the_specification_has_it(room: Dashboard, path: str, status: int, word: str) -> None:
    found = room.get(f"{V2}/{path}")
    assert found[0] == status
    [error] = json.loads(found[2])
    assert error["code"] == status
    assert word in error["description"]
    if ".json" in path:
        tree = xml(room, f"{V2}/{path.replace('.json', '.xml')}")
        assert (tree.tag, tree.findtext("error/code")) == ("errors", str(status))


def test_xml_has_the_names_of_the_specification(room: Dashboard) -> None:
    services = xml(room, f"{V2}/services.xml")
    assert services.tag == "services"
    assert [each.findtext("service_code") for each in services.findall("service")] == list(
        CITY.services["laksa"].categories
    )
    assert {each.findtext("metadata") for each in services} == {"false"}
    request = xml(room, f"{V2}/requests/L-1.xml").find("request")
    assert request is not None
    assert {field.tag for field in request} == FIELDS
    assert request.findtext("description") == "Lampu <padam> & gelap"
    discovery = xml(room, f"{V2}/discovery.xml")
    assert discovery.findtext("endpoints/endpoint/url", "").endswith(V2)
    assert [each.text for each in discovery.findall("endpoints/endpoint/formats/format")] == [
        "text/xml",
        "application/json",
    ]


def post(room: Dashboard, body: bytes, path: str = f"{V2}/requests.json", **headers: str) -> tuple[int, Any]:
    told = {"Content-Type": "application/x-www-form-urlencoded"} | {k.replace("_", "-"): v for k, v in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=20)
    try:
        connection.request("POST", path, body=body, headers=told)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


def test_nothing_can_be_reported_before_a_key_is_given_out(room: Dashboard) -> None:
    status, [error] = post(room, form(service_code="pju", lat="-6.19", long="106.61", api_key="x"))
    assert (status, error["code"]) == (403, 403)
    assert "no key" in error["description"]


@pytest.fixture(scope="module")
def open_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Dashboard, str]]:
    """A whole room that takes reports, with the key that is good for them."""
    folder = tmp_path_factory.mktemp("keys")
    key = make_key(folder, folder / "keys.toml", "aplikasi", "report")
    with Room.start(virtual_city="0", api_keys=str(folder / "keys.toml")) as whole:
        yield whole, Dashboard(whole.port, whole._processes["dashboard"]), key  # type: ignore[arg-type] # bytes there


PERSON = {
    "first_name": "Contoh", "last_name": "Pelapor", "phone": "081200000000", "email": "contoh@example.org",
    "device_id": "d-1", "account_id": "a-1", "media_url": "https://example.org/contoh.jpg",
    "address_string": "Jl. Contoh 1",
}  # fmt: skip


def test_a_report_becomes_a_case_by_the_way_of_every_case(open_room: tuple[Room, Dashboard, str]) -> None:
    room, dashboard, key = open_room
    told = {"service_code": "pju", "lat": "-6.19", "long": "106.61", "description": "Padam, hubungi 0812-0000-0000"}
    status, [answer] = post(dashboard, form(api_key=key, **told, **PERSON))
    assert status == http.client.CREATED
    assert all(name in answer["service_notice"] for name in PERSON)
    number = answer["service_request_id"]
    [(kept,)] = ask(room.postgres.url, "SELECT payload::text FROM outgoing_cases")
    assert json.loads(kept)["summary"] == "Padam, hubungi •••"
    assert not any(value in kept for value in PERSON.values())
    room.begin("maintenance")
    until(lambda: dashboard.get(f"{V2}/requests/{number}.json")[0] == http.client.OK, 30)
    [found] = json.loads(dashboard.get(f"{V2}/requests/{number}.json")[2])
    assert (found["status"], found["service_code"], found["description"]) == ("open", "pju", "Padam, hubungi •••")
    assert found["expected_datetime"] > datetime.now().astimezone().isoformat()
    until(lambda: ask(room.postgres.url, "SELECT count(*) FROM outgoing_cases") == [(0,)])
    assert ask(room.postgres.url, "SELECT channel, agency FROM cases WHERE case_id = %s", number) == [
        ("open311", "dishub")
    ]
    assert ask(room.postgres.url, "SELECT count(*) FROM rejected_messages") == [(0,)]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"service_code": "cinta", "lat": "-6.19", "long": "106.61"}, "service_code"),
        ({"service_code": "pju"}, "lat"),
        ({"service_code": "pju", "address_string": "Jl. Contoh 1"}, "lat"),
        ({"service_code": "pju", "lat": "52.5", "long": "13.4"}, "lat"),
        ({"service_code": "pju", "lat": "-6.19", "long": "nan"}, "long"),
        ({"service_code": "pju", "lat": "-6.19"}, "long"),
        ({"service_code": "pju", "address_id": "31.71.01.1001"}, "address_id"),
        ({"service_code": "pju", "address_id": "36.71.07.1004", "description": "x" * 2001}, "description"),
        ({"service_code": "pju", "address_id": "36.71.07.1004", "description": "a\x00b"}, "description"),
        ({"service_code": "pju", "address_id": "36.71.07.1004", "nik": "3671000000000000"}, "nik"),
    ],
)
def test_a_wrong_report_is_refused_naming_the_field(
    open_room: tuple[Room, Dashboard, str], fields: dict[str, str], word: str
) -> None:
    room, dashboard, key = open_room
    before = ask(room.postgres.url, "SELECT count(*) FROM cases")
    status, [error] = post(dashboard, form(api_key=key, **fields))
    assert (status, error["description"].partition(":")[0]) == (400, word)
    assert ask(room.postgres.url, "SELECT count(*) FROM outgoing_cases") == [(0,)]
    assert ask(room.postgres.url, "SELECT count(*) FROM cases") == before


def test_a_report_needs_a_key_that_is_good_for_it(open_room: tuple[Room, Dashboard, str]) -> None:
    _, dashboard, key = open_room
    told = {"service_code": "pju", "address_id": "36.71.07.1004"}
    assert post(dashboard, form(**told))[0] == 403
    assert post(dashboard, form(**told, api_key=key[:-1]))[0] == 403
    assert post(dashboard, form(**told, api_key=key)[:-1])[0] == 403
    assert post(dashboard, b'{"service_code":"pju"}', Content_Type="application/json", X_API_Key=key)[0] == 400


def test_reports_do_not_fill_the_database_while_no_broker_comes(shared_postgres: Postgres, tmp_path: Path) -> None:
    key = make_key(tmp_path, tmp_path / "keys.toml", "aplikasi", "report")
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        with psycopg.connect(url) as connection:
            connection.execute(
                "INSERT INTO outgoing_cases (service, case_id, payload) SELECT 'laksa', 'X-' || n, '{}' "
                "FROM generate_series(1, 10000) n"
            )
        with started(tmp_path, DATABASE_URL=url, API_KEYS=str(tmp_path / "keys.toml")) as room:
            status, _ = post(room, form(api_key=key, service_code="pju", address_id="36.71.07.1004"))
        assert status == http.client.SERVICE_UNAVAILABLE
        assert ask(url, "SELECT count(*) FROM outgoing_cases") == [(10_000,)]
