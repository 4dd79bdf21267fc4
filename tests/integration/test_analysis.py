"""One question asked on page, on paper, as file, interface and SQL view gives one number; what analysts may."""

from __future__ import annotations

import csv
import http.client
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from data.analyst import make_analyst
from deploy.local.postgres import Postgres
from layouts.formats import clock, day, number, percent, weekday
from sensors.kinds import KINDS
from tests import printed, servers
from tests.analysis import FROM, GAUGE, OTHER, STATION, TO, write_past
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY

pytestmark = pytest.mark.integration

PASSWORD = "only-for-this-test"
DISTRICT = CITY.devices[STATION].district or ""
DAYS = {"from": FROM, "to": TO}
QUESTIONS: Mapping[str, tuple[str, dict[str, str]]] = {
    "fine dust in the city": ("readings", {"kind": "pm25", "step": "day"}),
    "fine dust of one station by the hour": ("readings", {"kind": "pm25", "device": STATION, "step": "hour"}),
    "fine dust of one district by the week": ("readings", {"kind": "pm25", "district": DISTRICT, "step": "week"}),
    "fine dust of an agency's devices by the month": ("readings", {"kind": "pm25", "agency": "dlh", "step": "month"}),
    "warmth, where one device is unknown to the pack": ("readings", {"kind": "temperature", "step": "day"}),
    "rain, which adds up": ("readings", {"kind": "rain", "step": "day"}),
    "the level of one gauge": ("readings", {"kind": "water_level", "device": GAUGE, "step": "hour"}),
    "rice at all markets": ("prices", {"commodity": "beras-medium", "step": "day"}),
    "rice at one market": ("prices", {"commodity": "beras-medium", "market": "pasar-anyar", "step": "day"}),
    "cases of a service": ("cases", {"service": "laksa", "step": "day"}),
    "cases of a category in a district": ("cases", {"category": "pju", "district": "36.71.07", "step": "month"}),
    "grave alarms": ("alarms", {"priority": "high", "step": "day"}),
}
VALUES = {"readings": "value", "prices": "price"}


@pytest.fixture(scope="module")
def url(shared_postgres: Postgres) -> Iterator[str]:
    with servers.database(shared_postgres, servers.TEMPLATE) as found:
        write_past(found)
        make_analyst(found, "analis", PASSWORD, CITY)
        yield found
        with psycopg.connect(found, autocommit=True) as connection:
            connection.execute("DROP OWNED BY analis")
            connection.execute("DROP ROLE analis")


@pytest.fixture(scope="module")
def room(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


@pytest.fixture
def analyst(url: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    server = psycopg.conninfo.conninfo_to_dict(url)
    told = server | {"user": "analis", "password": PASSWORD}
    with psycopg.connect(**told, autocommit=True) as connection:
        yield connection


def address(path: str, **filters: str) -> str:
    return f"{path}?{urlencode(filters)}" if filters else path


def answered(room: Dashboard, path: str, **filters: str) -> bytes:
    status, _, found = room.get(address(path, **filters))
    assert status == http.client.OK, found
    return found


def lines(found: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found.decode())))


def figure(stream: str, kind: str, rows: list[dict[str, str]]) -> float:
    """The figure of a question, from the rows of its export."""
    if stream not in VALUES:
        return len(rows)
    values = [float(row[VALUES[stream]]) for row in rows]
    return math.fsum(values) if kind == "rain" else math.fsum(values) / len(values)


def on_paper(stream: str, filters: Mapping[str, str], item: Mapping[str, Any]) -> str:
    """A step of the interface as the line that it is in the table of the document."""
    at = datetime.fromisoformat(item["at"])
    by_hour = filters["step"] == "hour"
    begins = f"{day(at, CITY.zone)} {clock(at, CITY.zone)}" if by_hour else weekday(at, CITY.zone)
    if stream not in VALUES:
        return f"{begins} {number(item['value'])}"
    decimals = KINDS[filters["kind"]].decimals if stream == "readings" else 0
    money = "Rp" if stream == "prices" else ""
    values = (f"{money}{number(item[name], decimals)}" for name in ("value", "low", "high"))
    share = [] if item["share"] is None else [percent(100 * item["share"])]
    return " ".join([begins, *values, number(item["n"]), *share])


@pytest.mark.parametrize("name", QUESTIONS)
def test_explorer_document_export_interface_and_view_give_the_same_number(
    room: Dashboard, analyst: psycopg.Connection[tuple[Any, ...]], name: str
) -> None:
    stream, filters = QUESTIONS[name]
    summary = json.loads(answered(room, f"/api/v1/summary/{stream}", **DAYS, **filters))
    expected, n = summary["total"]["value"], summary["total"]["n"]
    assert n > 1

    page = answered(room, "/jelajah/hasil", stream=stream, **DAYS, **filters).decode()
    (shown,) = re.findall(r'id="explorer-value"[^>]*data-value="([^"]+)"', page)
    assert float(shown) == pytest.approx(expected, rel=1e-9)
    assert re.findall(r'id="explorer-rests"[^>]*data-n="(\d+)"', page) == [str(n)]

    without_step = {key: value for key, value in filters.items() if key != "step"}
    rows = lines(answered(room, f"/api/v1/export/{stream}.csv", **DAYS, **without_step))
    assert len(rows) == n
    assert figure(stream, filters.get("kind", ""), rows) == pytest.approx(expected, rel=1e-9)

    steps = analyst.execute(summary["sql"]).fetchall()
    assert [row[1] for row in steps] == [item["n"] for item in summary["items"]]
    assert [row[2] for row in steps] == pytest.approx([item["value"] for item in summary["items"]], rel=1e-9)
    assert sum(row[1] for row in steps) == n
    exported = lines(answered(room, f"/api/v1/export/{stream}.csv", **DAYS, **filters))
    assert [float(row["value"]) for row in exported] == pytest.approx([row[2] for row in steps], rel=1e-9)
    assert [datetime.fromisoformat(row["at"]) for row in exported] == [row[0] for row in steps]

    told = json.loads(answered(room, "/laporan/jelajah.json", stream=stream, **DAYS, **filters))
    assert told["figures"]["question.value"] == pytest.approx(expected, rel=1e-9)
    text = printed.text_of(answered(room, "/laporan/jelajah.pdf", stream=stream, **DAYS, **filters))
    large, fine = printed.figure(text, told["leading"][0]["note"])
    assert large == pytest.approx(expected, abs=fine / 2)
    assert printed.counted(text) == (n if stream in VALUES else None)
    assert list(printed.steps(text)) == [on_paper(stream, filters, item) for item in reversed(summary["items"])]


def test_what_a_device_sent_while_it_was_worked_on_is_in_no_figure(room: Dashboard) -> None:
    rows = lines(answered(room, "/api/v1/export/readings.csv", **DAYS, device="ragu-1"))
    assert len(rows) == 3  # of six, three fell into the maintenance
    summary = json.loads(answered(room, "/api/v1/summary/readings", **DAYS, device="ragu-1", kind="pm25"))
    assert summary["total"]["n"] == 3


def test_a_step_says_how_complete_it_is(room: Dashboard) -> None:
    told = {"kind": "pm25", "device": STATION, "from": "2026-11-20", "to": "2026-11-20"}
    summary = json.loads(answered(room, "/api/v1/summary/readings", **told))
    assert summary["items"][0]["n"] == 144
    assert summary["items"][0]["share"] == pytest.approx(144 / 1440)  # one in ten minutes where one a minute is due


def test_two_periods_and_two_districts_are_compared(room: Dashboard) -> None:
    told = {"from": "2026-11-20", "to": "2026-11-20", "kind": "pm25"}
    page = answered(room, "/jelajah/hasil", **told, versus="2026-11-19").decode()
    before = json.loads(
        answered(room, "/api/v1/summary/readings", **{**told, "from": "2026-11-19", "to": "2026-11-19"})
    )
    compared = re.findall(r'id="explorer-compared"[^>]*>([^<]+)', page)[0]
    assert f"{before['total']['value']:.1f}".replace(".", ",") in compared
    other = CITY.devices[OTHER].district or ""
    page = answered(room, "/jelajah/hasil", **told, district=DISTRICT, other=other).decode()
    assert CITY.districts[other].name in re.findall(r'id="explorer-compared"[^>]*>([^<]+)', page)[0]


def test_rows_come_page_by_page_each_once(room: Dashboard) -> None:
    told = {"stream": "readings", "kind": "pm25", **DAYS, "rows": "100"}
    found: list[str] = []
    path = address("/jelajah/hasil", **told)
    while path:
        page = answered(room, path).decode()
        body = page.partition('id="explorer-rows"')[2].partition("</tbody>")[0]
        found += re.findall(r"<tr[^>]*>(.*?)</tr>", body)
        following = re.findall(r'href="(/jelajah\?[^"]+)"[^>]*id="explorer-next"', page)
        path = following[0].replace("&amp;", "&").replace("/jelajah?", "/jelajah/hasil?") if following else ""
    assert (
        len(found)
        == len(set(found))
        == json.loads(answered(room, "/api/v1/summary/readings", kind="pm25", **DAYS))["total"]["n"]
    )


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"from": "2010-01-01", "to": "2026-11-21"}, "10 years"),
        ({"from": "2026-11-21", "to": "2026-11-19"}, "not after"),
        ({"device": ",".join(f"d-{n}" for n in range(5_000))}, "at most"),
        ({"device": ",".join(f"d{n}" for n in range(500))}, "at most 50 keys"),
        ({"device": "../../etc/passwd"}, "keys like"),
        ({"kind": "pm25,noise"}, "one only"),
        ({"market": "pasar-anyar"}, "some of kind"),
        ({"step": "minute"}, "hour"),
        ({"nonsense": "1"}, "nonsense"),
    ],
)
def test_a_question_that_means_nothing_or_too_much_is_refused_by_name(
    room: Dashboard, filters: dict[str, str], said: str
) -> None:
    status, _, found = room.get(address("/api/v1/summary/readings", **filters))
    assert status == http.client.UNPROCESSABLE_ENTITY
    assert said in found.decode()


def test_ten_thousand_devices_are_refused_before_anything_is_asked(room: Dashboard) -> None:
    status, _, _ = room.get(
        address("/api/v1/export/readings.csv", device=",".join(f"device-{n}" for n in range(10_000)))
    )
    assert status in (http.client.BAD_REQUEST, http.client.REQUEST_URI_TOO_LONG)


REFUSED = (
    {"from": "2010-01-01"},
    {"step": "hour", "from": "2020-01-01"},
    {"after": "x"},
    {"rows": "201"},
    {"rows": "0"},
    {"kind": "x"},
    {"versus": "x"},
    {"from": "2026-11-21T07:00"},
)


@pytest.mark.parametrize("filters", REFUSED)
def test_the_explorer_refuses_in_words(room: Dashboard, filters: dict[str, str]) -> None:
    status, _, found = room.get(address("/jelajah/hasil", **filters))
    assert status == http.client.UNPROCESSABLE_ENTITY
    assert b'role="alert"' in found


def test_an_analyst_reads_the_views_and_nothing_else(analyst: psycopg.Connection[tuple[Any, ...]]) -> None:
    for (view,) in analyst.execute("SELECT DISTINCT tampilan FROM analisis.kamus").fetchall():
        analyst.execute(f"SELECT * FROM analisis.{view} LIMIT 1")  # type: ignore[arg-type]  # names of our own
    for statement, refusal in {
        "SELECT * FROM public.rejected_messages": psycopg.errors.InsufficientPrivilege,
        "SELECT * FROM public.readings": psycopg.errors.InsufficientPrivilege,
        "DELETE FROM analisis.kota": psycopg.errors.ReadOnlySqlTransaction,
        "CREATE TABLE mine (a int)": psycopg.errors.ReadOnlySqlTransaction,
        "SET temp_file_limit = -1": psycopg.errors.InsufficientPrivilege,
    }.items():
        with pytest.raises(refusal):
            analyst.execute(statement)  # type: ignore[arg-type]  # constants above
    analyst.execute("SET default_transaction_read_only = off")
    for statement in ("DELETE FROM analisis.kota", "CREATE TABLE public.mine (a int)", "CREATE TABLE mine (a int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            analyst.execute(statement)  # type: ignore[arg-type]  # constants above


def test_an_analyst_has_limits(analyst: psycopg.Connection[tuple[Any, ...]], url: str) -> None:
    limits = CITY.analysis
    told = dict(analyst.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert told["statement_timeout"] == str(limits.statement_seconds * 1000)
    assert told["idle_session_timeout"] == str(limits.idle_seconds * 1000)
    assert (told["work_mem"], told["temp_file_limit"]) == (str(limits.work_mb * 1024), str(limits.temp_mb * 1024))
    with psycopg.connect(url) as connection:
        connected = connection.execute("SELECT rolconnlimit FROM pg_roles WHERE rolname = 'analis'").fetchone()
    assert connected == (limits.connections,)


def test_every_view_and_column_says_what_it_is(analyst: psycopg.Connection[tuple[Any, ...]]) -> None:
    said = analyst.execute("SELECT tampilan, kolom FROM analisis.kamus WHERE coalesce(keterangan, '') = ''"
                           " OR coalesce(keterangan_tampilan, '') = ''").fetchall()  # fmt: skip
    assert said == []
