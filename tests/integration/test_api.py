"""`/api/v1` through a real server on a real database: each list, each refusal, every page, every format."""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from data.maintenance_windows import MaintenanceWindow, set_window
from data.records import Doubt, Message, Price
from deploy.local.postgres import Postgres
from tests import servers
from tests.batches import NOW, WIB, case, message, reading, readings, writer
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY
from tests.raising import raise_alarm, raise_many

pytestmark = pytest.mark.integration

STATION = "air-tanah-tinggi"
STRANGER = "baru-1"
GAUGE = next(device.key for device in CITY.devices.values() if device.ladder and device.district)
V1 = "/api/v1"
LISTS = {
    f"{V1}/readings/latest": ("device", "kind"),
    f"{V1}/readings": ("device", "kind", "observed_at"),
    f"{V1}/readings?bucket=minute": ("device", "kind", "observed_at"),
    f"{V1}/readings?bucket=hour": ("device", "kind", "observed_at"),
    f"{V1}/readings?bucket=day": ("device", "kind", "observed_at"),
    f"{V1}/prices": ("observed_at", "market", "commodity"),
    f"{V1}/cases": ("at", "service", "case_id"),
    f"{V1}/alarms": ("raised_at", "id"),
}
PLACE = {"category": "pju", "agency": "dishub", "subdistrict": "36.71.07.1004"}


def price(market: str, hours: float, rupiah: str, commodity: str = "beras-medium") -> Message:
    found = Price(market, commodity, Decimal(rupiah), "kg", NOW - timedelta(hours=hours))
    return message("prices", prices=(found,))


CONTENT = (
    readings(*(reading(STATION, -3600 * hour, 10 + hour) for hour in range(30))),
    readings(*(reading(STATION, -1800 - 3600 * hour, 20 + hour) for hour in range(3))),
    readings(reading(STATION, -30, 27.5, "temperature"), reading(STRANGER, -10, 7), reading(STRANGER, -70, 8)),
    readings(*(reading(f"titik-{number}", 0, number, "noise") for number in range(9))),
    *(price(market, hours, "13400.50") for market in ("pasar-anyar", "pasar-malabar") for hours in (0, 1, 24)),
    price("pasar-anyar", 0, "14900", "beras-premium"),
    price("pasar-lain", 0, "13000"),
    *(case("menunggu", 0, f"L-{number}", **PLACE) for number in range(7)),  # all of one instant
    case("menunggu", -60, "M-1", lat=-6.19, lon=106.61, summary="=HYPERLINK(1)", **PLACE),
    case("proses", -30, "M-1"),
    case("selesai", -10, "M-2"),
)
DOUBTED = "ragu-1"
QUESTIONABLE = message(
    "readings",
    readings=(reading(DOUBTED, 60, 5), reading(DOUBTED, 600, 6)),
    doubts=tuple(Doubt(DOUBTED, "pm25", NOW + timedelta(seconds=60), why) for why in ("stuck", "leap")),
)


@pytest.fixture(scope="module")
def room(shared_postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """A dashboard before a database with `CONTENT`; nothing is written after."""
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        with closing(writer(url)) as ingest:
            ingest.write([*CONTENT, QUESTIONABLE])
        work = MaintenanceWindow(DOUBTED, NOW + timedelta(seconds=300), NOW + timedelta(seconds=900), "ganti sensor")
        set_window(url, work, WIB)
        raise_alarm(url, "siaga-1", GAUGE, NOW - timedelta(hours=1), NOW)
        raise_many(url, 4, NOW)
        gone = raise_alarm(url, "siaga-2", GAUGE, NOW)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("UPDATE alarms SET withdrawn = true WHERE id = %s", (gone,))
            connection.execute("UPDATE alarms SET lat = NULL, raised_at = %s WHERE device <> %s", (NOW, GAUGE))
        with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url, API_PER_MINUTE="0") as running:
            until(lambda: running.get("/readyz")[0] == http.client.OK)
            yield running


def address(path: str, **filters: object) -> str:
    named = {name.rstrip("_"): value for name, value in filters.items()}
    return f"{path}{'&' if '?' in path else '?'}{urlencode(named)}" if named else path


def body(room: Dashboard, path: str, **filters: object) -> dict[str, Any]:
    status, headers, found = room.get(address(path, **filters))
    assert (status, headers["cache-control"]) == (http.client.OK, "no-cache"), found
    answer: dict[str, Any] = json.loads(found)
    return answer


def items(room: Dashboard, path: str, **filters: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = body(room, f"{V1}/{path}", **filters)["items"]
    return found


def test_the_newest_reading_of_each_series(room: Dashboard) -> None:
    found = items(room, "readings/latest")
    assert [item["device"] for item in found if item["device"] != DOUBTED] == [
        STATION,
        STATION,
        STRANGER,
        *(f"titik-{n}" for n in range(9)),
    ]
    assert found[0] == {
        "device": STATION, "kind": "pm25", "value": 10, "unit": "µg/m³", "observed_at": "2026-11-21T07:00:00+07:00",
        "doubts": [],
    }  # fmt: skip
    assert [item["value"] for item in items(room, "readings/latest", kind="temperature")] == [27.5]
    assert [item["value"] for item in items(room, "readings/latest", device=STRANGER)] == [7]
    assert items(room, "readings/latest", device="nobody") == []


def test_a_doubted_reading_says_why_and_one_of_a_device_worked_on_that_it_counts_nowhere(room: Dashboard) -> None:
    assert items(room, "readings/latest", device=DOUBTED)[0]["doubts"] == ["leap", "stuck"]
    found = items(room, "readings", device=DOUBTED, from_="2026-11-21T00:00:00Z", to="2026-11-21T01:00:00Z")
    assert [(item["value"], item["doubts"]) for item in found] == [(6, ["maintenance"]), (5, ["leap", "stuck"])]
    status, _, table = room.get(
        f"{V1}/readings?device={DOUBTED}&from=2026-11-21T00:00:00Z&to=2026-11-21T01:00:00Z&format=csv"
    )
    assert status == http.client.OK
    assert [line.rpartition(",")[2] for line in table.decode().splitlines()] == ["doubts", "maintenance", "leap stuck"]
    [hour] = items(room, "readings", device=DOUBTED, bucket="hour")
    assert (hour["n"], hour["value"]) == (1, 5)


def test_readings_of_a_span(room: Dashboard) -> None:
    told = {"device": STATION, "kind": "pm25", "from_": "2026-11-21T05:00:00+07:00", "to": "2026-11-21T07:00:00+07:00"}
    found = items(room, "readings", **told)
    assert [item["value"] for item in found] == [20, 11, 21, 12]
    assert [item["observed_at"][11:] for item in found] == ["06:30:00+07:00", "06:00:00+07:00", "05:30:00+07:00",
                                                            "05:00:00+07:00"]  # fmt: skip
    unescaped = f"{V1}/readings?device={STATION}&kind=pm25&from=2026-11-21T05:00:00+07:00&to=2026-11-21T07:00:00+07:00"
    assert body(room, unescaped)["items"] == found
    assert {item["device"] for item in items(room, "readings", kind="noise")} == {f"titik-{n}" for n in range(9)}


def test_readings_summed_up(room: Dashboard) -> None:
    told = {"device": STATION, "kind": "pm25", "to": "2026-11-21T07:00:00+07:00"}
    hour = items(room, "readings", **told, bucket="hour")[0]
    assert hour == {
        "device": STATION, "kind": "pm25", "value": 15.5, "unit": "µg/m³", "observed_at": "2026-11-21T06:00:00+07:00",
        "n": 2, "low": 11, "high": 20,
    }  # fmt: skip
    minute = items(room, "readings", **told, bucket="minute")[0]
    assert (minute["value"], minute["n"], minute["observed_at"]) == (20, 1, "2026-11-21T06:30:00+07:00")
    days = items(room, "readings", **told, bucket="day")
    assert [(day["observed_at"], day["n"]) for day in days] == [
        ("2026-11-21T00:00:00+07:00", 11),
        ("2026-11-20T00:00:00+07:00", 22),
    ]


def test_prices(room: Dashboard) -> None:
    found = items(room, "prices", market="pasar-anyar", commodity="beras-medium")
    assert found[0] == {
        "market": "pasar-anyar", "commodity": "beras-medium", "price": 13400.5, "unit": "kg",
        "observed_at": "2026-11-21T07:00:00+07:00",
    }  # fmt: skip
    assert len(found) == 3
    assert len(items(room, "prices", from_="2026-11-21T00:00:00Z")) == 4
    assert len(items(room, "prices", to="2026-11-20T12:00:00Z")) == 2
    assert items(room, "prices", market="pasar-tutup") == []


def test_cases(room: Dashboard) -> None:
    [found] = items(room, "cases", service="laksa", status="proses")
    assert found == {
        "service": "laksa", "case_id": "M-1", "status": "proses", "at": "2026-11-21T06:30:00+07:00",
        "opened_at": "2026-11-21T06:00:00+07:00", **PLACE, "lat": -6.19, "lon": 106.61, "priority": None,
        "channel": None, "summary": "=HYPERLINK(1)",
    }  # fmt: skip
    assert len(items(room, "cases")) == 9
    assert [item["case_id"] for item in items(room, "cases", to="2026-11-21T07:00:00+07:00")] == ["M-2", "M-1"]


def test_alarms(room: Dashboard) -> None:
    [found] = items(room, "alarms", rule="siaga-1", state="ended", device=GAUGE)
    place, rule = CITY.devices[GAUGE], CITY.alarm_rules["siaga-1"]
    assert found == {
        "rule": "siaga-1", "id": found["id"], "priority": "high", "title": rule.title, "source": f"{GAUGE}/water_level",
        "device": GAUGE, "kind": "water_level", "value": 512, "worst": 520, "bound": 500, "unit": "cm",
        "agency": rule.agency, "district": place.district, "lat": place.point.lat, "lon": place.point.lon,
        "raised_at": "2026-11-21T06:00:00+07:00", "ended_at": "2026-11-21T07:00:00+07:00", "acknowledged_at": None,
        "acknowledged_by": None, "state": "closed",
    }  # fmt: skip
    assert len(items(room, "alarms")) == 5
    assert len(items(room, "alarms", state="open", from_="2026-11-21T00:00:00Z")) == 4
    assert len(items(room, "alarms", to="2026-11-21T00:00:00Z")) == 1
    [feature] = body(room, f"{V1}/alarms", format="geojson")["features"]
    assert feature["geometry"]["coordinates"] == [place.point.lon, place.point.lat]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_are_the_whole_list_in_order_over_ties_too(room: Dashboard, path: str, limit: int) -> None:
    whole = body(room, path, limit=1000)
    assert whole["next"] is None
    assert len(whole["items"]) > 3
    keys = [tuple(item[name] for name in LISTS[path]) for item in whole["items"]]
    assert len(set(keys)) == len(keys)
    found, following = [], ""
    while following is not None and len(found) <= len(keys):  # a list that goes round fails instead of hanging
        page = body(room, path, limit=limit, next=following)
        assert len(page["items"]) == limit or page["next"] is None
        found += page["items"]
        following = page["next"]
    assert found == whole["items"]


def test_the_next_page_has_an_address(room: Dashboard) -> None:
    status, headers, first = room.get(f"{V1}/cases?service=laksa&limit=2&format=csv")
    assert status == http.client.OK
    target = re.fullmatch(r'<(.+)>; rel="next"', headers["link"])
    assert target is not None
    assert "format=csv" in target[1]
    second = room.get(target[1])[2]
    assert [row["case_id"] for row in rows(first) + rows(second)] == ["L-0", "L-1", "L-2", "L-3"]


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


@pytest.mark.parametrize("path", LISTS)
def test_csv_says_what_json_says(room: Dashboard, path: str) -> None:
    status, headers, text = room.get(address(path, format="csv"))
    assert (status, headers["content-type"]) == (http.client.OK, "text/csv; charset=utf-8")
    told = body(room, path)["items"]
    assert list(rows(text)[0]) == list(told[0])
    for row, item in zip(rows(text), told, strict=True):
        for name, value in item.items():
            if isinstance(value, int | float):
                assert float(row[name]) == value
            else:
                told_as = " ".join(value) if isinstance(value, list) else value or ""
                assert row[name] in (told_as, f"'{value}")


def test_a_summary_is_no_formula(room: Dashboard) -> None:
    [row] = rows(room.get(f"{V1}/cases?status=proses&format=csv")[2])
    assert (row["summary"], row["lat"]) == ("'=HYPERLINK(1)", "-6.19")


def test_a_map_of_readings_has_the_placed_devices(room: Dashboard) -> None:
    status, headers, text = room.get(f"{V1}/readings/latest?format=geojson&limit=1")
    assert (status, headers["content-type"]) == (http.client.OK, "application/geo+json")
    first = json.loads(text)
    second = body(room, f"{V1}/readings/latest", format="geojson", next=first["next"])
    assert second["next"] is None
    [pm25, temperature] = first["features"] + second["features"]
    assert pm25["geometry"] == {"type": "Point", "coordinates": [106.6525, -6.1719]}
    assert pm25["properties"]["approximate"] is True
    assert (pm25["properties"]["kind"], temperature["properties"]["kind"]) == ("pm25", "temperature")
    assert body(room, f"{V1}/readings/latest", format="geojson", device=STRANGER)["features"] == []


def test_a_map_of_cases_has_those_with_a_position(room: Dashboard) -> None:
    [feature] = body(room, f"{V1}/cases", format="geojson")["features"]
    assert feature["geometry"]["coordinates"] == [106.61, -6.19]
    assert feature["properties"]["case_id"] == "M-1"


TURNED = {"from_": "2026-11-22T00:00:00Z", "to": "2026-11-21T00:00:00Z"}


@pytest.mark.parametrize(
    ("path", "filters", "field"),
    [
        ("readings/latest", {"kind": "luck"}, "kind"),
        ("readings/latest", {"device": "Air'; DROP TABLE"}, "device"),
        ("readings/latest", {"colour": "red"}, "colour"),
        ("readings/latest", {"limit": 1001}, "limit"),
        ("readings/latest", {"format": "xml"}, "format"),
        ("readings", {"kind": "luck"}, "kind"),
        ("readings", {"device": "a/b"}, "device"),
        ("readings", {"bucket": "week"}, "bucket"),
        ("readings", {"from_": "2026-11-21T07:00:00"}, "from"),
        ("readings", {"to": "tomorrow"}, "to"),
        ("readings", TURNED, "from"),
        ("readings", {"limit": 0}, "limit"),
        ("readings", {"format": "geojson"}, "format"),
        ("prices", {"market": "Pasar Anyar"}, "market"),
        ("prices", {"commodity": "emas"}, "commodity"),
        ("prices", TURNED, "from"),
        ("prices", {"from_": "2026-11-21"}, "from"),
        ("prices", {"limit": "many"}, "limit"),
        ("cases", {"service": "salon"}, "service"),
        ("cases", {"status": "hilang"}, "status"),
        ("cases", TURNED, "from"),
        ("cases", {"from_": "2026-11-21T07:00:00+99:00"}, "from"),
        ("cases", {"limit": -1}, "limit"),
        ("cases", {"next": "\x00"}, "next"),
        ("alarms", {"rule": "gempa"}, "rule"),
        ("alarms", {"state": "loud"}, "state"),
        ("alarms", {"from_": "now"}, "from"),
    ],
)
def test_a_bad_filter_is_refused_naming_the_field(
    room: Dashboard, path: str, filters: dict[str, object], field: str
) -> None:
    status, headers, found = room.get(address(f"{V1}/{path}", **filters))
    assert (status, headers["cache-control"]) == (http.client.UNPROCESSABLE_ENTITY, "no-store")
    assert headers["content-type"] == "application/problem+json"
    told = json.loads(found)
    assert [fault["loc"] for fault in told["errors"]] == [["query", field]]
    assert told["detail"].startswith(f"{field}: ")
    assert b"Traceback" not in found


def test_a_filter_left_empty_asks_for_nothing(room: Dashboard) -> None:
    assert items(room, "readings/latest", kind="", device="", next="") == items(room, "readings/latest")


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_is_good_for_its_own_list_only(room: Dashboard, path: str) -> None:
    cursor = body(room, path, limit=1)["next"]
    for bad in (cursor[:-1], cursor + "A", cursor.swapcase(), "A" * len(cursor)):
        status, _, found = room.get(address(path, next=bad))
        assert status == http.client.UNPROCESSABLE_ENTITY
        assert json.loads(found)["errors"][0]["loc"] == ["query", "next"]
    for other in LISTS.keys() - {path}:
        assert room.get(address(other, next=cursor))[0] == http.client.UNPROCESSABLE_ENTITY
    assert room.get(address(path, next=cursor, limit=5))[0] == http.client.OK


def document_of(room: Dashboard) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(room.get("/api/openapi.json")[2])
    return found


def test_the_interface_describes_itself(room: Dashboard) -> None:
    document = document_of(room)
    for path in {path.partition("?")[0] for path in LISTS}:
        operation = document["paths"][path]["get"]
        assert {"200", "304", "401", "406", "422", "429", "503"} <= operation["responses"].keys()
        answers = operation["responses"]["200"]["content"]
        assert {"application/json", "text/csv"} <= answers.keys()
        assert {"limit", "next", "format"} <= {parameter["name"] for parameter in operation["parameters"]}


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("cases", "*/*", "application/json"),
        ("cases", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("cases", "text/csv", "text/csv; charset=utf-8"),
        ("cases", "application/json;q=0.5, application/geo+json", "application/geo+json"),
        ("prices", "application/geo+json, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("cases?format=csv", "application/json", "text/csv; charset=utf-8"),
    ],
)
def test_a_list_is_written_as_the_client_accepts(room: Dashboard, path: str, accept: str, kind: str) -> None:
    status, headers, _ = room.get(f"{V1}/{path}", Accept=accept)
    assert (status, headers["content-type"]) == (http.client.OK, kind)
    assert "accept" in headers["vary"].lower()


def test_a_client_that_accepts_none_of_the_formats_is_told_so(room: Dashboard) -> None:
    status, headers, found = room.get(f"{V1}/prices", Accept="application/xml, application/geo+json")
    assert (status, headers["content-type"]) == (http.client.NOT_ACCEPTABLE, "application/problem+json")
    assert "text/csv" in json.loads(found)["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_what_a_client_has_is_not_sent_again(room: Dashboard, path: str) -> None:
    status, headers, found = room.get(path)
    assert status == http.client.OK
    mark = headers["etag"]
    for told in (mark, f'"other", {mark}', mark.removeprefix("W/"), "*"):
        status, headers, nothing = room.get(path, If_None_Match=told)
        assert (status, nothing, headers["etag"]) == (http.client.NOT_MODIFIED, b"", mark)
    assert room.get(path, If_None_Match='"other"')[2] == found
    assert room.get(address(path, limit=1))[1]["etag"] != mark
    assert room.get(address(path, format="csv"))[1]["etag"] != mark


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_a_problem_that_names_the_right_one(room: Dashboard, method: str) -> None:
    status, headers, found = room.ask(method, f"{V1}/prices")
    assert (status, headers["content-type"]) == (http.client.METHOD_NOT_ALLOWED, "application/problem+json")
    assert headers["allow"] == "GET"
    assert json.loads(found)["instance"] == f"{V1}/prices"


def test_a_stream_is_not_told_to_have_a_mark(room: Dashboard) -> None:
    operation = document_of(room)["paths"][f"{V1}/readings/live"]["get"]
    assert operation["responses"]["200"]["content"].keys() == {"text/event-stream"}
    assert "304" not in operation["responses"]
    assert "If-None-Match" not in {parameter["name"] for parameter in operation["parameters"]}


def test_the_manual_lists_every_operation_and_asks_no_other_host(room: Dashboard) -> None:
    status, headers, found = room.get("/api/docs")
    page = found.decode()
    assert (status, headers["content-type"]) == (http.client.OK, "text/html; charset=utf-8")
    for path in document_of(room)["paths"]:
        assert (f'href="{path}"' in page) == path.startswith("/api/")
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "pm25" in page


@pytest.mark.parametrize("path", ["/api", "/api/v1", "/api/v1/alarm", "/api/v2/readings"])
def test_an_address_without_a_list_is_not_found(room: Dashboard, path: str) -> None:
    status, headers, _ = room.get(path)
    assert (status, headers["content-type"]) == (http.client.NOT_FOUND, "application/problem+json")


def test_without_a_database_a_list_is_a_503_problem(tmp_path: Path) -> None:
    with started(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none") as room:
        for path in LISTS:
            status, headers, found = room.get(path)
            assert (status, headers["content-type"]) == (503, "application/problem+json"), path
            assert json.loads(found)["status"] == 503
            assert int(headers["retry-after"]) > 0
        assert room.get("/api/docs")[0] == http.client.OK
        assert room.get(f"{V1}/prices?commodity=emas")[0] == http.client.UNPROCESSABLE_ENTITY
