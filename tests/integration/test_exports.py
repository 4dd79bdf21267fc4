"""Data sets as files: what is in each form, what is refused, who waits, and that whoever goes away ends the query."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import psycopg
import pyarrow.parquet
import pytest

from data.exports.files import TooLong, write_workbook
from data.exports.order import Order
from data.exports.outlet import Outlet
from data.exports.source import opened
from deploy.local.postgres import Postgres
from tests import servers
from tests.analysis import EVIL, FROM, STATION, TO, write_past
from tests.batches import NOW
from tests.bench import meter
from tests.bench.history import Past, fill
from tests.integration.test_analysis import DAYS, address, answered, lines
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY

pytestmark = pytest.mark.integration

EXPORT = "/api/v1/export"
LIMITS = CITY.analysis


@pytest.fixture(scope="module")
def url(shared_postgres: Postgres) -> Iterator[str]:
    with servers.database(shared_postgres, servers.TEMPLATE) as found:
        write_past(found)
        yield found


@pytest.fixture(scope="module")
def room(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


def test_a_csv_has_types_a_mark_on_wish_and_no_formula(room: Dashboard) -> None:
    status, headers, found = room.get(address(f"{EXPORT}/cases.csv", **DAYS, service="laksa"))
    assert status == http.client.OK
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == f'attachment; filename="cases-{FROM}-{TO}.csv"'
    assert "content-encoding" not in headers
    summaries = {row["case_id"]: row["summary"] for row in lines(found)}
    assert [summaries[f"E-{n}"] for n in range(len(EVIL))] == [f"'{text}" for text in EVIL]
    marked = answered(room, f"{EXPORT}/cases.csv", **DAYS, service="laksa", bom="1")
    assert marked.startswith(b"\xef\xbb\xbfservice,")
    assert sorted(marked[3:].splitlines()) == sorted(found.splitlines())


def test_a_negative_number_stays_a_number(room: Dashboard) -> None:
    rows = lines(answered(room, f"{EXPORT}/readings.csv", **DAYS, device="baru-1"))
    assert sorted(row["value"] for row in rows) == ["-8.5", "7"]
    assert {datetime.fromisoformat(row["observed_at"]).utcoffset() for row in rows} == {
        NOW.astimezone(CITY.zone).utcoffset()
    }


def test_a_workbook_has_types_and_a_sheet_of_sources(room: Dashboard) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answered(room, f"{EXPORT}/cases.xlsx", **DAYS, service="laksa")))
    rows = [
        dict(zip([cell.value for cell in book["Data"][1]], row, strict=True))
        for row in book["Data"].iter_rows(min_row=2)
    ]
    by_id = {row["case_id"].value: row for row in rows}
    for number, text in enumerate(EVIL):
        assert (by_id[f"E-{number}"]["summary"].value, by_id[f"E-{number}"]["summary"].data_type) == (text, "s")
    assert isinstance(by_id["E-0"]["opened_at"].value, datetime)
    assert by_id["E-0"]["open"].value is True
    assert by_id["E-0"]["lat"].value == -6.19
    about = {row[0].value: row[1].value for row in book["Sumber"].iter_rows()}
    assert about["lisensi"] == CITY.dataset.licence
    assert about["klasifikasi service"] == "laksa"
    assert "keluhan" in about["sql"]


def test_parquet_has_types_and_what_it_is(room: Dashboard) -> None:
    found = answered(room, f"{EXPORT}/readings.parquet", **DAYS, kind="pm25")
    table = pyarrow.parquet.read_table(io.BytesIO(found))
    assert str(table.schema.field("observed_at").type) == "timestamp[us, tz=Asia/Jakarta]"
    assert str(table.schema.field("value").type) == "double"
    assert table.schema.metadata[b"liveroom:satuan"].decode() == "µg/m³"
    rows = lines(answered(room, f"{EXPORT}/readings.csv", **DAYS, kind="pm25"))
    expected = sorted((row["device"], datetime.fromisoformat(row["observed_at"]), float(row["value"])) for row in rows)
    assert sorted((row["device"], row["observed_at"], row["value"]) for row in table.to_pylist()) == expected
    assert None in table.column("district").to_pylist()  # of a device that no pack places
    cases = pyarrow.parquet.read_table(io.BytesIO(answered(room, f"{EXPORT}/cases.parquet", **DAYS))).to_pylist()
    assert set(EVIL) <= {row["summary"] for row in cases}


def test_geojson_has_what_has_a_place(room: Dashboard) -> None:
    for stream, filters in {
        "readings": {"device": STATION, "kind": "rain"},
        "alarms": {},
        "cases": {},
        "prices": {},
    }.items():
        found = json.loads(answered(room, f"{EXPORT}/{stream}.geojson", **DAYS, **filters))
        assert found["type"] == "FeatureCollection"
        assert found["features"]
        for feature in found["features"]:
            lon, lat = feature["geometry"]["coordinates"]
            assert (106 < lon < 107, -7 < lat < -6) == (True, True)
    assert {
        each["properties"]["summary"]
        for each in json.loads(answered(room, f"{EXPORT}/cases.geojson", **DAYS))["features"]
    } == set(EVIL)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "geojson"])
@pytest.mark.parametrize("stream", ["readings", "prices", "cases", "alarms"])
def test_a_time_without_rows_is_a_file_too(room: Dashboard, stream: str, form: str) -> None:
    status, _, found = room.get(address(f"{EXPORT}/{stream}.{form}", **{"from": "2025-01-01", "to": "2025-01-02"}))
    assert status == http.client.OK
    assert found


def test_an_export_tells_how_far_it_is_and_its_checksum(room: Dashboard) -> None:
    ident = "0123456789abcdef" * 2
    found = answered(room, f"{EXPORT}/prices.csv", **DAYS, id=ident)
    told = json.loads(answered(room, f"{EXPORT}/jobs/{ident}"))
    assert (told["state"], told["sha256"], told["bytes"]) == ("done", hashlib.sha256(found).hexdigest(), len(found))
    assert told["rows"] == len(lines(found))
    assert told["metadata"]["satuan"] == "rupiah"
    assert {each["nama"]: each["arti"] for each in told["metadata"]["kolom"]}["price"].startswith("Harga, rupiah")
    status, _, _ = room.get(address(f"{EXPORT}/prices.csv", **DAYS, id=ident))
    assert status == http.client.CONFLICT
    assert room.get(f"{EXPORT}/jobs/{'f' * 32}")[0] == http.client.NOT_FOUND


def test_a_record_says_what_satu_data_asks_for(room: Dashboard) -> None:
    told = json.loads(answered(room, "/api/v1/metadata/readings", **DAYS, kind="pm25", district="36.71.01"))
    assert told["satuan"] == "µg/m³"
    assert told["periode"]["dari"] == f"{FROM}T00:00:00+07:00"
    assert told["cakupan"]["wilayah"] == ["36.71.01"]
    assert told["lisensi"] == CITY.dataset.licence
    assert all(each["arti"] not in {"", "–"} for each in told["kolom"])


@pytest.mark.parametrize(
    "path",
    [
        f"{EXPORT}/../../etc/passwd.csv", f"{EXPORT}/readings.csv%2f..%2fx", f"{EXPORT}/readings.exe",
        f"{EXPORT}/readings%0d%0aset-cookie:x.csv", f"{EXPORT}/rejected_messages.csv", f"{EXPORT}/jobs/..%2f..%2fetc",
        f"{EXPORT}/readings.geojson?step=day", f"{EXPORT}/readings.csv?id=..%2fx",
        f"{EXPORT}/readings.csv?from=2001-01-01",
        f"{EXPORT}/readings.csv?device=a%0d%0ax:y", f"{EXPORT}/readings.csv?kind=pm25'--",
        f"{EXPORT}/cases.csv?category=x%00y",
    ],
)  # fmt: skip
def test_tricks_with_paths_headers_and_filters_are_refused(room: Dashboard, path: str) -> None:
    status, headers, found = room.get(path)
    assert status in (http.client.NOT_FOUND, http.client.UNPROCESSABLE_ENTITY)
    assert "set-cookie" not in headers
    assert "content-disposition" not in headers
    assert b"Traceback" not in found


def test_a_workbook_with_too_many_rows_is_refused_before_it_begins(url: str) -> None:
    since, until_ = (datetime.fromisoformat(f"{day}T00:00:00+07:00") for day in (FROM, "2026-11-22"))
    order = Order(url, "xlsx", "prices", since, until_, "Asia/Jakarta", {}, most_rows=3)
    with opened(order, lambda *_: None) as source, pytest.raises(TooLong, match="more than 3 rows"):
        write_workbook(source, Outlet(-1))


@pytest.fixture(scope="module")
def crowded(shared_postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dashboard, str]]:
    """A room with so many readings that an export does not fit into the pipes of somebody who does not read."""
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        fill(url, CITY, Past(NOW, 2, timedelta(seconds=40)))
        with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url) as running:
            until(lambda: running.get("/readyz")[0] == http.client.OK)
            yield running, url


@contextmanager
def begun(room: Dashboard, ident: str) -> Iterator[http.client.HTTPConnection]:
    """A download that nobody reads."""
    with closing(http.client.HTTPConnection("127.0.0.1", room.port, timeout=60)) as connection:
        connection.request("GET", address(f"{EXPORT}/readings.csv", **DAYS, id=ident))
        yield connection


def state(room: Dashboard, ident: str) -> dict[str, Any]:
    status, _, found = room.get(f"{EXPORT}/jobs/{ident}")
    told: dict[str, Any] = json.loads(found)
    return told if status == http.client.OK else {"state": None}


def exporting(url: str) -> int:
    """How many exports the database is at."""
    with psycopg.connect(url) as connection:
        (n,) = connection.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE application_name = 'liveroom-export' AND datname = current_database()"
        ).fetchone() or (0,)
    return n


def test_two_run_others_wait_in_a_line_and_whoever_goes_away_ends_the_query(crowded: tuple[Dashboard, str]) -> None:
    room, url = crowded
    idents = [f"{n:032x}" for n in range(5)]
    with begun(room, idents[0]) as first, begun(room, idents[1]):
        until(lambda: [state(room, each)["state"] for each in idents[:2]] == ["running"] * 2)
        with begun(room, idents[2]) as third, begun(room, idents[3]), begun(room, idents[4]):
            until(lambda: state(room, idents[4])["state"] == "waiting")
            until(lambda: [state(room, each).get("position") for each in idents[2:]] == [1, 2, 3])
            until(lambda: exporting(url) == LIMITS.exports_at_once)
            third.close()  # whoever waits may go too
            until(lambda: state(room, idents[2])["state"] == "cancelled")
            assert state(room, idents[3])["position"] == 1
            first.close()
            until(lambda: state(room, idents[0])["state"] == "cancelled")
            until(lambda: state(room, idents[3])["state"] == "running")
            assert exporting(url) <= LIMITS.exports_at_once
            assert (
                room.ask("DELETE", f"{EXPORT}/jobs/{idents[3]}", sec_fetch_site="cross-site")[0]
                == http.client.FORBIDDEN
            )
            assert room.ask("DELETE", f"{EXPORT}/jobs/{idents[3]}", sec_fetch_site="same-origin")[0] == http.client.OK
            until(lambda: state(room, idents[3])["state"] == "cancelled")
            until(lambda: state(room, idents[4])["state"] == "running")
    until(lambda: exporting(url) == 0)
    assert room.get("/readyz")[0] == http.client.OK


def resident_mb(room: Dashboard) -> float:
    return meter.resident_mb(room.process.pid)


def test_two_hundred_at_once_are_served_in_line_or_asked_to_come_again(crowded: tuple[Dashboard, str]) -> None:
    room, url = crowded
    room.get(address(f"{EXPORT}/prices.csv", **DAYS))
    before = resident_mb(room)
    connections = [http.client.HTTPConnection("127.0.0.1", room.port, timeout=60) for _ in range(200)]
    try:
        for number, connection in enumerate(connections):
            connection.request("GET", address(f"{EXPORT}/readings.csv", **DAYS, id=f"{number + 1000:032x}"))
        idents = [f"{number + 1000:032x}" for number in range(200)]
        until(
            lambda: (
                sum(state(room, each)["state"] is not None for each in idents)
                == LIMITS.exports_at_once + LIMITS.exports_waiting
            )
        )
        refused = [
            connection for number, connection in enumerate(connections) if state(room, idents[number])["state"] is None
        ]
        for connection in refused:
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("retry-after")) == (http.client.SERVICE_UNAVAILABLE, "5")
            assert json.loads(answer.read())["detail"].startswith(f"{LIMITS.exports_at_once} exports run and")
        assert len(refused) == 200 - LIMITS.exports_at_once - LIMITS.exports_waiting
        assert exporting(url) <= LIMITS.exports_at_once
        assert room.get("/")[0] == http.client.OK
        assert resident_mb(room) - before < 60
    finally:
        for connection in connections:
            connection.close()
    until(lambda: exporting(url) == 0)


def test_a_database_that_goes_away_is_told_and_the_next_export_works(room: Dashboard, url: str) -> None:
    assert answered(room, f"{EXPORT}/prices.csv", **DAYS)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER VIEW analisis.harga RENAME TO gone")
        try:
            status, headers, found = room.get(address(f"{EXPORT}/prices.csv", **DAYS))
        finally:
            connection.execute("ALTER VIEW analisis.gone RENAME TO harga")
    assert status == http.client.SERVICE_UNAVAILABLE, found
    assert headers["content-type"] == "application/problem+json"
    assert "content-disposition" not in headers
    assert answered(room, f"{EXPORT}/prices.csv", **DAYS)
