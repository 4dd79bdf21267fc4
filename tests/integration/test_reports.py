"""The report of a flood night on a real database: its figures by other ways, the same bytes again, and by address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from dashboard.reports.maker import Maker, Order
from dashboard.reports.routes import report_routes
from dashboard.reports.turns import SEATS, WAITING, BusyError
from data.errors import DatabaseAway
from data.store import Store
from deploy.local.postgres import Postgres
from layouts.panel import Row
from layouts.reports.kinds import REPORTS
from layouts.reports.paper import Paper
from layouts.reports.periods import period_of
from tests import flooding, servers
from tests.pack import CITY
from tests.printed import text_of

T = TypeVar("T")
pytestmark = [pytest.mark.integration, pytest.mark.timeout(400)]
NOW = flooding.ends(CITY) + timedelta(hours=7)  # the morning after
SINCE, UNTIL = "2026-11-27T17:00Z", "2026-11-28T17:00Z"
_OPENED = f"opened_at >= '{SINCE}' AND opened_at < '{UNTIL}'"
_INCIDENT = "NOT (service = 'siaga-112' AND category = ANY(%(apart)s))"
_HELD = f"NOT withdrawn AND (ended_at IS NULL OR ended_at >= '{SINCE}')"
_READ = "readings JOIN devices d ON d.id = device_id JOIN kinds k ON k.id = kind_id"
# The same questions asked in plain SQL, each on its own, of the tables that hold what happened.
TWELVE = {
    "complaints.opened": f"SELECT count(*) FROM cases WHERE service = 'laksa' AND {_OPENED}",
    "complaints.done": "SELECT count(*) FROM case_events WHERE service = 'laksa' AND status = 'selesai' "
    f"AND at >= '{SINCE}'",
    "complaints.open": "SELECT count(*) FROM cases WHERE service = 'laksa' AND is_open",
    "calls.incidents": f"SELECT count(*) FROM cases WHERE service = 'siaga-112' AND {_OPENED} AND {_INCIDENT}",
    "services.opened": f"SELECT count(*) FROM cases WHERE {_OPENED} AND {_INCIDENT}",
    "alarms.all": f"SELECT count(*) FROM alarms WHERE {_HELD}",
    "alarms.high": f"SELECT count(*) FROM alarms WHERE {_HELD} AND priority = 'high'",
    "alarms.unseen": f"SELECT count(*) FROM alarms WHERE {_HELD} "
    f"AND coalesce(acknowledged_at, 'infinity') >= '{UNTIL}'",
    "rivers.highest": f"SELECT max(value) FROM {_READ} WHERE d.key = 'gauge-panunggangan-barat' "
    f"AND k.key = 'water_level' AND observed_at >= '{SINCE}'",
    "rain.most": f"SELECT max(mm) FROM (SELECT sum(value) AS mm FROM {_READ} WHERE k.key = 'rain' "
    f"AND observed_at >= '{SINCE}' GROUP BY device_id) AS sums",
    "prices.markets": f"SELECT count(DISTINCT market) FROM prices WHERE observed_at >= '{SINCE}'",
    "coverage.silent": f"SELECT cardinality(%(devices)s::text[]) - count(DISTINCT d.key) FROM {_READ} "
    f"WHERE observed_at >= '{SINCE}' AND d.key = ANY(%(devices)s)",
}
# What comes to be known after the day is over: it changes nothing that is said of it.
LATER = f"""
INSERT INTO case_events (at, received_at, service, case_id, status, status_rank, is_open)
SELECT '{UNTIL}'::timestamptz + interval '1 hour', now(), service, case_id, 'selesai', 2, false
FROM cases WHERE service = 'laksa' AND is_open LIMIT 20;
INSERT INTO cases (service, case_id, status, is_open, status_at, opened_at, received_at)
VALUES ('laksa', 'LATER', 'menunggu', true, '{UNTIL}', '{UNTIL}', now());
INSERT INTO case_events (at, received_at, service, case_id, status, status_rank, is_open)
VALUES ('{UNTIL}', now(), 'laksa', 'LATER', 'menunggu', 0, true);
UPDATE alarms SET acknowledged_at = '{UNTIL}'::timestamptz + interval '1 hour', acknowledged_by = 'operator-1',
                  ended_at = coalesce(ended_at, '{UNTIL}'::timestamptz + interval '2 hours')
WHERE acknowledged_at IS NULL;
INSERT INTO prices SELECT observed_at + interval '1 day', received_at, market, commodity, price * 2, unit
FROM prices WHERE observed_at >= '{SINCE}';
"""
LATE_DATA = "UPDATE rollup_hour SET high = high + 100 WHERE bucket = '2026-11-28T10:00Z'"


@pytest.fixture(scope="module")
def night(shared_postgres: Postgres) -> Iterator[str]:
    """The address of a database that holds the flood night and what led to it."""
    with servers.database(shared_postgres, servers.TEMPLATE) as url:
        flooding.fill(url, CITY)
        yield url


def with_maker(url: str, use: Callable[[Maker], Coroutine[Any, Any, T]]) -> T:
    async def once() -> T:
        store = Store(url, 1)
        try:
            return await use(Maker(CITY, store.ask, simulated=True))
        finally:
            await store.close()

    return asyncio.run(once())


def order(name: str = "harian", said: str = "2026-11-28", about: str = "") -> Order:
    report = REPORTS[name]
    return Order(report, period_of(report.period, said, CITY, NOW), about)


def paper(url: str, wanted: Order) -> Paper:
    return with_maker(url, lambda maker: maker.paper(wanted))


def pdf(url: str, wanted: Order) -> bytes:
    return with_maker(url, lambda maker: maker.make(wanted))


SAID = {
    "devices": list(CITY.devices),
    "apart": [key for key, each in CITY.services["siaga-112"].categories.items() if not each.counts],
}


def scalar(url: str, statement: str) -> float:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement, SAID).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return float(row[0])


@pytest.mark.parametrize("key", TWELVE)
def test_a_figure_of_the_report_is_that_of_the_same_question_in_sql(night: str, key: str) -> None:
    found = paper(night, order()).figures[key]
    asked = scalar(night, TWELVE[key])
    assert found == pytest.approx(asked, abs=0.05)
    assert asked > 0


def test_every_leading_figure_stands_in_the_document(night: str) -> None:
    found, text = paper(night, order()), text_of(pdf(night, order()))
    assert len(found.leading) == 8
    for figure in found.leading:
        assert figure.words in text, figure.key
    for told in ("Siaga 1 (awas)", "DATA SIMULASI", "CONTOH", "Pedoman SP4N-LAPOR!", "dari data sampai akhir periode"):
        assert told in text
    assert "None" not in text


def test_the_night_is_told_in_its_sentences(night: str) -> None:
    alarm, nature, people = (each.words for each in paper(night, order()).day)
    assert "tinggi" in alarm
    assert "belum diterima siapa pun" in alarm
    assert "ekstrem" in nature
    assert "terparah Panunggangan Barat, Siaga 1 (awas)" in nature
    assert "lewat tenggat (DPUPR" in people


def test_what_nobody_heard_is_said_and_not_called_dry(night: str) -> None:
    found = {section.key: section for section in paper(night, order()).sections}
    assert "Pos hujan Cipondoh" in " ".join(found["coverage"].said)
    rows = [cells for block in found["rain"].blocks if block.kind == "table" for cells in block.rows]
    silent = next(cells for cells in rows if cells[0].value == flooding.SILENT)
    assert [cell.words for cell in silent[2:4]] == ["–", "tidak terdengar"]
    cut = next(picture for block in found["rivers"].blocks if block.kind == "pictures" for picture in block.pictures
               if picture.title == CITY.devices[flooding.CUT[0]].name)  # fmt: skip
    assert len(cut.plot["lines"][0]["parts"]) == 2  # the curve breaks where the line was cut


@pytest.mark.parametrize(
    ("name", "said", "about"),
    [("harian", "2026-11-28", ""), ("mingguan", "2026-W48", "dpupr"), ("bulanan", "2026-11", "")],
)
def test_made_twice_by_two_makers_it_is_the_same_bytes(night: str, name: str, said: str, about: str) -> None:
    wanted = order(name, said, about)
    assert pdf(night, wanted) == pdf(night, wanted)


def asked(url: str, *paths: str, headers: Mapping[str, str] | None = None) -> list[httpx.Response]:
    async def get(maker: Maker) -> list[httpx.Response]:
        app = FastAPI()
        app.include_router(report_routes(maker, lambda: NOW))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room") as client:
            return [await client.get(path, headers=headers) for path in paths]

    return with_maker(url, get)


def test_by_address_it_comes_with_its_name_and_fingerprint(night: str) -> None:
    [found] = asked(night, "/laporan/harian.pdf?day=2026-11-28")
    assert found.status_code == 200
    assert found.content.startswith(b"%PDF-")
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == 'inline; filename="laporan-harian-2026-11-28.pdf"'
    [again] = asked(night, "/laporan/harian.pdf?day=2026-11-28", headers={"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_same_comes_as_data(night: str) -> None:
    [found] = asked(night, "/laporan/harian.json")
    told = json.loads(found.content)
    assert told["figures"] == json.loads(json.dumps(dict(paper(night, order()).figures)))
    assert told["period"] == "Sabtu, 28 November 2026"


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("/laporan/harian.pdf?day=2026-02-30", 422, "day"),
        ("/laporan/harian.pdf?day=2027-01-01", 422, "day"),
        ("/laporan/bulanan.json?month=x%0d%0aset-cookie:a", 422, "month"),
        ("/laporan/mingguan.pdf?week=2026-W48", 422, "agency"),
        ("/laporan/mingguan.pdf?week=2026-W48&agency=../../etc", 422, "agency"),
        ("/laporan/tahunan.pdf", 404, "tahunan"),
    ],
)
def test_a_wrong_address_is_refused_by_name(database_url: str, path: str, status: int, named: str) -> None:
    [found] = asked(database_url, path)
    assert found.status_code == status
    assert named in found.text
    assert "set-cookie" not in found.headers


def test_an_empty_database_gives_a_report_that_says_so(database_url: str) -> None:
    text = text_of(pdf(database_url, order()))
    assert "tanpa data" in text
    assert "Tidak ada alarm" in text


def test_while_the_database_is_away_one_is_told_to_come_again() -> None:
    async def away(_name: str, _params: Mapping[str, Any]) -> list[Row]:
        raise DatabaseAway("away")

    async def get() -> httpx.Response:
        app = FastAPI()
        app.include_router(report_routes(Maker(CITY, away, simulated=False), lambda: NOW))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room") as client:
            return await client.get("/laporan/harian.pdf")

    found = asyncio.run(get())
    assert found.status_code == 503
    assert int(found.headers["retry-after"]) > 0
    assert "Coba lagi" in found.text


def test_a_report_that_cannot_be_set_is_one_line_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(_name: str, _params: Mapping[str, Any]) -> list[Row]:
        return []

    async def get() -> httpx.Response:
        app = FastAPI()
        app.include_router(report_routes(Maker(CITY, nothing, simulated=False), lambda: NOW))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room") as client:
            return await client.get("/laporan/harian.pdf")

    broken = replace(REPORTS["harian"], template="tidak-ada")
    monkeypatch.setattr("dashboard.reports.routes.REPORTS", {"harian": broken})
    found = asyncio.run(get())
    assert (found.status_code, found.text) == (500, "Laporan tidak dapat disusun.\n")


def test_more_than_may_wait_are_refused_and_the_others_come_one_after_the_other() -> None:
    going, most = 0, 0

    async def slow(_name: str, _params: Mapping[str, Any]) -> list[Row]:
        nonlocal going, most
        going += 1
        most = max(most, going)
        await asyncio.sleep(0)
        going -= 1
        return []

    async def crowd() -> list[bytes | BaseException]:
        maker = Maker(CITY, slow, simulated=False)
        return await asyncio.gather(*(maker.make(order()) for _ in range(SEATS + WAITING + 3)), return_exceptions=True)

    found = asyncio.run(crowd())
    assert sum(isinstance(each, BusyError) for each in found) == 3
    assert len({each for each in found if isinstance(each, bytes)}) == 1
    assert most == SEATS


def test_now_is_not_asked_by_a_report_of_a_day_that_is_over(night: str) -> None:
    at = datetime(2027, 3, 1, tzinfo=UTC)
    later = Order(REPORTS["harian"], period_of("day", "2026-11-28", CITY, at))
    assert pdf(night, later) == pdf(night, order())


def test_what_happens_later_does_not_change_the_day_but_late_data_of_it_do(night: str) -> None:
    before = pdf(night, order())
    with psycopg.connect(night) as connection:
        connection.execute(LATER)
        connection.commit()
        assert pdf(night, order()) == before
        connection.execute(LATE_DATA)
        connection.commit()
        assert pdf(night, order()) != before
