"""SensorThings by a public client and by the specification's own calls: links, options, pages, and what is refused."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import frost_sta_client as fsc
import pytest

from deploy.local.postgres import Postgres
from sensors.kinds import KINDS
from tests import servers
from tests.batches import reading, readings, writer
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY

pytestmark = pytest.mark.integration

V11 = "/sta/v1.1"
STATION = "air-tanah-tinggi"
SETS = {
    "Things", "Locations", "HistoricalLocations", "Datastreams", "Sensors", "ObservedProperties", "Observations",
    "FeaturesOfInterest",
}  # fmt: skip
HOURS = 30


@pytest.fixture(scope="module")
def room(shared_postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        with closing(writer(url, placed=CITY.devices.keys())) as ingest:
            ingest.write(
                [
                    readings(*(reading(STATION, -3600 * hour, 10 + hour) for hour in range(HOURS))),
                    readings(*(reading(STATION, -3600 * hour, 50 + hour, "noise") for hour in range(3))),
                    readings(reading("baru-1", 0, 7), reading("baru-1", 0.25, 8)),
                ]
            )
        with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url, API_PER_MINUTE="0") as running:
            until(lambda: running.get("/readyz")[0] == http.client.OK)
            yield running


def get(room: Dashboard, way: str = "", **options: object) -> dict[str, Any]:
    query = "&".join(f"${name}={quote(str(value))}" for name, value in options.items())
    status, _, found = room.get(f"{V11}{way}{'?' if query else ''}{query}")
    assert status == http.client.OK, found
    answer: dict[str, Any] = json.loads(found)
    return answer


def follow(room: Dashboard, address: str) -> dict[str, Any]:
    base = f"http://127.0.0.1:{room.port}"
    assert address.startswith(base)
    status, _, found = room.get(address.removeprefix(base))
    assert status == http.client.OK, (address, found)
    answer: dict[str, Any] = json.loads(found)
    return answer


def stream_of(room: Dashboard, device: str = STATION, kind: str = "pm25") -> dict[str, Any]:
    wanted = f"properties/device eq '{device}' and properties/kind eq '{kind}'"
    [found] = get(room, "/Datastreams", filter=wanted)["value"]
    stream: dict[str, Any] = found
    return stream


@pytest.mark.filterwarnings("ignore:furl")  # the client's own
def test_a_public_client_completes_its_calls(room: Dashboard) -> None:
    service = fsc.SensorThingsService(f"http://127.0.0.1:{room.port}{V11}")
    things = service.things().query().orderby("name", "asc").expand("Locations,Datastreams").list()
    assert {thing.name for thing in things} == {CITY.devices[STATION].name, "baru-1"}
    station = next(thing for thing in things.entities if thing.name != "baru-1")
    assert len(station.locations.entities) == 1
    assert service.things().find(station.id).name == station.name
    streams = station.get_datastreams().query().filter("ObservedProperty/name eq 'PM2,5'").list()
    [stream] = streams.entities
    assert stream.unit_of_measurement.symbol == "µg/m³"
    assert service.datastreams().find(stream.id).name == stream.name
    newest = stream.get_observations().query().top(7).orderby("phenomenonTime").count().list()
    assert newest.count == HOURS
    assert [seen.result for seen in newest] == [10 + hour for hour in range(HOURS)]  # page after page
    assert service.observations().find(newest.entities[3].id).result == 13
    for set_ in (service.sensors(), service.observed_properties(), service.locations(), service.features_of_interest()):
        assert set_.query().list().entities


def test_the_service_names_its_sets_and_every_link_leads_somewhere(room: Dashboard) -> None:
    root = get(room)
    assert {each["name"] for each in root["value"]} == SETS
    assert root["serverSettings"]["conformance"]
    for each in root["value"]:
        for entity in follow(room, each["url"])["value"][:3]:
            assert follow(room, entity["@iot.selfLink"]) == entity
            assert entity["@iot.selfLink"].startswith(each["url"])
            for name, address in entity.items():
                if name.endswith("@iot.navigationLink"):
                    status, _, _ = room.get(address.partition(str(room.port))[2])
                    lost = status == http.client.NOT_FOUND and "FeatureOfInterest" in name
                    assert status == http.client.OK or lost  # a device that nobody placed stands nowhere


def test_entities_say_what_the_room_knows(room: Dashboard) -> None:
    stream = stream_of(room)
    assert isinstance(stream["@iot.id"], int)
    assert stream["unitOfMeasurement"]["symbol"] == KINDS["pm25"].unit
    assert stream["properties"]["newest"] == "2026-11-21T00:00:00Z"
    thing = follow(room, stream["Thing@iot.navigationLink"])
    assert (thing["name"], thing["properties"]["key"]) == (CITY.devices[STATION].name, STATION)
    [place] = follow(room, thing["Locations@iot.navigationLink"])["value"]
    assert place["location"] == {"type": "Point", "coordinates": [106.6525, -6.1719]}
    assert place["encodingType"] == "application/geo+json"
    sensor = follow(room, stream["Sensor@iot.navigationLink"])
    assert sensor["metadata"].endswith(f"/perangkat/{STATION}")
    seen = follow(room, f"{stream['@iot.selfLink']}/Observations?$top=1")["value"][0]
    assert (seen["phenomenonTime"], seen["result"]) == ("2026-11-21T00:00:00Z", 10)
    assert seen["@iot.id"].isdigit()
    feature = follow(room, seen["FeatureOfInterest@iot.navigationLink"])
    assert feature["feature"] == place["location"]
    assert follow(room, seen["Datastream@iot.navigationLink"]) == stream


@pytest.mark.parametrize(
    ("wanted", "results"),
    [
        ("result gt 37", [38, 39]),
        ("result ge 37 and result lt 39", [37, 38]),
        ("result eq 10 or result eq 12", [10, 12]),
        ("not (result gt 10)", [10]),
        ("12 ge result", [10, 11, 12]),
        ("result ne 10 and phenomenonTime ge 2026-11-20T22:00:00Z", [11, 12]),
        ("phenomenonTime gt 2026-11-21T05:00:00+07:00", [10, 11]),
        ("phenomenonTime lt 2026-11-19T19:30:00.000Z", [39]),
        ("(result gt 11 and (result lt 13 or result eq 39)) or result eq 10", [10, 12, 39]),
        ("result gt 1e1 and result le 12.0", [11, 12]),
    ],
)
def test_readings_are_found_by_conditions(room: Dashboard, wanted: str, results: list[int]) -> None:
    way = f"/Datastreams({stream_of(room)['@iot.id']})/Observations"
    assert [seen["result"] for seen in get(room, way, filter=wanted, orderby="result asc")["value"]] == results


def test_an_offset_that_was_not_escaped_is_understood(room: Dashboard) -> None:
    wanted = "phenomenonTime%20gt%202026-11-21T05:00:00+07:00"
    way = f"{V11}/Datastreams({stream_of(room)['@iot.id']})/Observations?$filter={wanted}"
    assert [seen["result"] for seen in json.loads(room.get(way)[2])["value"]] == [10, 11]


def test_things_are_found_by_name_and_number(room: Dashboard) -> None:
    [found] = get(room, "/Things", filter="name eq 'baru-1'")["value"]
    for wanted in (f"id eq {found['@iot.id']}", f"@iot.id eq {found['@iot.id']}"):
        assert get(room, "/Things", filter=wanted)["value"] == [found]
    assert get(room, "/Things", filter="name eq 'O''Hara'")["value"] == []
    assert get(room, "/Things", filter="id gt 99999999999999999999999999")["value"] == []
    assert "Locations" not in found or found["Locations"] == []
    assert get(room, f"/Things({found['@iot.id']})/Locations")["value"] == []


def test_pages_are_the_whole_set_and_end(room: Dashboard) -> None:
    way = f"/Datastreams({stream_of(room)['@iot.id']})/Observations"
    page = get(room, way, top=7, count="true", orderby="phenomenonTime asc", filter="result gt 9")
    assert page["@iot.count"] == HOURS
    results = [seen["result"] for seen in page["value"]]
    while "@iot.nextLink" in page:
        page = follow(room, page["@iot.nextLink"])
        results += [seen["result"] for seen in page["value"]]
        assert len(results) <= HOURS
    assert results == [10 + hour for hour in reversed(range(HOURS))]
    assert get(room, way, top=0, count="true") == {"@iot.count": HOURS, "value": []}
    assert [seen["result"] for seen in get(room, way, skip=29)["value"]] == [39]
    everything = get(room, "/Observations", top=1000)["value"]
    assert len(everything) == HOURS + 3 + 2
    times = [seen["phenomenonTime"] for seen in everything]
    assert times[:2] == ["2026-11-21T00:00:00.250000Z", "2026-11-21T00:00:00Z"]


@pytest.mark.parametrize("order", ["phenomenonTime desc", "phenomenonTime asc"])
@pytest.mark.parametrize("top", [1, 2, 3, 4])
def test_pages_over_readings_of_one_instant_lose_and_repeat_nothing(room: Dashboard, order: str, top: int) -> None:
    whole = get(room, "/Observations", top=1000, orderby=order)["value"]
    for skip in (0, 1, 2):
        page, found = get(room, "/Observations", top=top, skip=skip, orderby=order), []
        for _ in range(len(whole)):
            found += page["value"]
            if "@iot.nextLink" not in page:
                break
            page = follow(room, page["@iot.nextLink"])
        assert found == whole[skip:]


def test_only_what_is_selected_is_told(room: Dashboard) -> None:
    [first, _] = get(room, "/Things", select="name,Datastreams", orderby="name asc")["value"]
    assert first.keys() == {"@iot.id", "@iot.selfLink", "name", "Datastreams@iot.navigationLink"}


def test_what_belongs_to_it_comes_along(room: Dashboard) -> None:
    inside = (
        "Datastreams($orderby=name desc;$expand=Observations($top=2;$orderby=phenomenonTime desc;$filter=result gt 10))"
    )
    found = get(room, "/Things", filter=f"name eq '{CITY.devices[STATION].name}'", expand=inside)["value"][0]
    assert [stream["properties"]["kind"] for stream in found["Datastreams"]] == ["pm25", "noise"]
    [air, noise] = found["Datastreams"]
    assert [seen["result"] for seen in air["Observations"]] == [11, 12]
    assert [seen["result"] for seen in noise["Observations"]] == [50, 51]
    further = follow(room, air["Observations@iot.nextLink"])
    assert [seen["result"] for seen in further["value"]] == [13, 14]
    assert "Observations@iot.navigationLink" not in air
    both = get(room, "/Observations", top=2, expand="Datastream/Thing,FeatureOfInterest")["value"]
    assert [seen["Datastream"]["Thing"]["name"] for seen in both] == ["baru-1", CITY.devices[STATION].name]
    assert [seen["FeatureOfInterest"] and seen["FeatureOfInterest"]["name"] for seen in both] == [
        None,
        CITY.devices[STATION].name,
    ]
    one = get(room, f"/Datastreams({stream_of(room)['@iot.id']})", expand="Thing,ObservedProperty,Sensor")
    assert one["Thing"]["properties"]["key"] == STATION
    assert one["ObservedProperty"]["properties"]["kind"] == "pm25"


@pytest.mark.parametrize(
    ("way", "status", "word"),
    [
        ("/Cats", 404, "Things"),
        ("/Things(0)", 404, "Things"),
        ("/Things(x)", 404, "number"),
        ("/Things(1)/Cats", 404, "Datastreams"),
        ("/Things/Datastreams", 404, "number after Things"),
        ("/Things(1;DROP)", 404, "number"),
        ("/Observations('99999999999999999999999999999999999999')", 404, "Observations"),
        ("/Things(99999999999999999999999999)", 404, "Things"),
        ("/Things?$filter=name eq", 400, "$filter"),
        ("/Things?$filter=name eq 5", 400, "a text in quotes"),
        ("/Things?$filter=colour eq 'red'", 400, "colour"),
        ("/Things?$filter=name eq 'a' or 1 eq 1", 400, "$filter"),
        ("/Things?$filter=contains(name,'a')", 400, "$filter"),
        ("/Things?$filter=name eq null", 400, "$filter"),
        ("/Things?$filter=id eq 1e999", 400, "$filter"),
        ("/Observations?$filter=phenomenonTime gt 2026-11-21", 400, "a time with an offset"),
        ("/Observations?$filter=phenomenonTime gt 2026-11-21T00:00:00", 400, "a time with an offset"),
        ("/Observations?$filter=phenomenonTime gt 9999-12-31T23:59:59Z", 400, "a time with an offset"),
        ("/Observations?$filter=result gt '1'", 400, "a number"),
        ("/Things?$filter=" + "(" * 900 + "id eq 1" + ")" * 900, 400, "$filter"),
        ("/Things?$filter=name eq 'x'' OR 1=1 --", 400, "$filter"),
        ("/Things?$filter=name eq '\x00'", 400, "$filter"),
        ("/Things?$orderby=name; DROP TABLE readings", 400, "$orderby"),
        ("/Things?$orderby=colour", 400, "$orderby"),
        ("/Things?$top=1001", 400, "$top"),
        ("/Things?$top=-1", 400, "$top"),
        ("/Things?$top=²", 400, "$top"),
        ("/Things?$skip=100001", 400, "$skip"),
        ("/Observations?$orderby=result", 400, "$orderby"),
        ("/Things?$skiptoken=2026-11-21T00:00:00Z~1", 400, "$skiptoken"),
        ("/Observations?$skiptoken=2026-02-30T00:00:00Z~1", 400, "$skiptoken"),
        ("/Things?$count=perhaps", 400, "$count"),
        ("/Things?$select=$all", 400, "$select"),
        ("/Things?$expand=Cats", 400, "$expand"),
        ("/Things?$expand=Datastreams($expand=Observations($expand=Datastream))", 400, "$expand"),
        ("/Things?$expand=Datastreams(", 400, "$expand"),
        ("/Things?$expand=Datastreams($colour=red)", 400, "$colour"),
        ("/Things?$colour=red", 400, "$colour"),
        ("/Things?colour=red", 400, "colour"),
        ("/Datastreams?$top=1000&$expand=Observations($top=1000)", 400, "$expand"),
    ],
)
def test_what_means_nothing_is_refused_by_name(room: Dashboard, way: str, status: int, word: str) -> None:
    path, _, query = way.partition("?")
    found = room.get(f"{V11}{quote(path, safe='/()')}{'?' if query else ''}{quote(query, safe='$=&')}")
    if "Observations($top=1000)" in way and found[0] == http.client.OK:
        assert len(json.loads(found[2])["value"]) < 20  # few series: the bound is of what would come
        return
    assert found[0] == status, found[2]
    told = json.loads(found[2])
    assert told["code"] == status
    assert word in told["message"]
    assert "Traceback" not in told["message"]


def test_text_that_looks_like_sql_is_only_text(room: Dashboard) -> None:
    for text in ("'; DROP TABLE readings; --", "%s", "%(pack)s", '" OR ""="', "\\", "{}"):
        assert get(room, "/Things", filter=f"name eq '{text.replace(chr(39), chr(39) * 2)}'")["value"] == []
    assert len(get(room, "/Things")["value"]) == 2


def test_what_a_client_has_is_not_sent_again(room: Dashboard) -> None:
    _, headers, _ = room.get(f"{V11}/Things")
    assert room.get(f"{V11}/Things", If_None_Match=headers["etag"])[0] == http.client.NOT_MODIFIED


def test_a_moment_between_two_numbers_is_found_exactly(room: Dashboard) -> None:
    way = f"/Datastreams({stream_of(room, 'baru-1')['@iot.id']})/Observations"
    newest, oldest = get(room, way)["value"]
    assert follow(room, newest["@iot.selfLink"])["result"] == 8
    assert follow(room, newest["@iot.selfLink"].replace("'", ""))["result"] == 8
    assert follow(room, oldest["@iot.selfLink"])["result"] == 7
    assert int(newest["@iot.id"]) - int(oldest["@iot.id"]) == timedelta(seconds=0.25) / timedelta(microseconds=1)
