"""Replays, asked from outside: pages and streams of a moment, how time goes on in them, and what they may not do."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
import pytest

from dashboard.replays import MOST
from deploy.local.postgres import Postgres
from layouts.alarm_forms import STEP_PATH
from tests import servers
from tests.integration.test_http import Dashboard, started, until
from tests.pack import CITY
from tests.raising import raise_alarm

pytestmark = pytest.mark.integration
GAUGE = next(device.key for device in CITY.devices.values() if device.ladder)
MARK = 'class="past-mark"'


@pytest.fixture(scope="module")
def url(shared_postgres: Postgres) -> Iterator[str]:
    with servers.database(shared_postgres, servers.TEMPLATE) as found:
        with psycopg.connect(found, autocommit=True) as session:  # as if it had been kept all along
            session.execute("UPDATE past.kept SET since = now() - interval '30 days'")
        yield found


@pytest.fixture(scope="module")
def dashboard(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    with started(tmp_path_factory.mktemp("state"), DATABASE_URL=url) as running:
        until(lambda: running.get("/readyz")[0] == http.client.OK)
        yield running


def ago(**span: float) -> datetime:
    return (datetime.now(UTC) - timedelta(**span)).astimezone(CITY.zone).replace(microsecond=0)


def at(moment: datetime, path: str, **also: object) -> str:
    return f"{path}?{urlencode({'at': moment.isoformat(), **also})}"


def beats(events: Iterator[tuple[str, str, Any]]) -> Iterator[dict[str, Any]]:
    return (body for name, _, body in events if name == "beat")


# -- pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "speed"), [("/", "0"), ("/aduan", "0"), ("/wall/sungai", "1"), ("/wall", "1")])
def test_a_page_of_the_past_says_so_and_its_stream_goes_on_from_there(
    dashboard: Dashboard, path: str, speed: str
) -> None:
    moment = ago(minutes=90)
    status, _, body = dashboard.get(at(moment, path))
    said = body.decode()
    assert status == http.client.OK
    assert MARK in said
    assert re.search(r"<title>PUTAR ULANG \d+ \w+ \d\d\.\d\d WIB · ", said)
    assert f'data-speed="{speed}"' in said
    live = re.search(r'data-live="([^"]+)"', said)
    assert live
    assert quote(moment.isoformat(), safe="") in live[1]
    assert f"speed={speed}" in live[1]


def test_a_live_page_has_no_mark_and_a_desk_leads_to_the_past(dashboard: Dashboard) -> None:
    for path, leads in (("/", True), ("/sungai", True), ("/wall/sungai", False)):
        body = dashboard.get(path)[2].decode()
        assert MARK not in body
        assert ('name="at"' in body) is leads


@pytest.mark.parametrize("said", ["-1h", "2026-11-20T23:15"])
def test_a_moment_that_means_something_else_to_others_is_led_on_to_the_moment_itself(
    dashboard: Dashboard, said: str
) -> None:
    local = ago(hours=3).strftime("%Y-%m-%dT%H:%M") if said[0] != "-" else said
    status, headers, _ = dashboard.get(f"/sungai?lang=en&at={local}")
    assert status == http.client.SEE_OTHER
    assert re.fullmatch(r"/sungai\?lang=en&at=[\d-]+T[\d%A]+%2B07%3A00&speed=0", headers["location"])


def test_what_the_address_chooses_is_kept_by_the_ways_through_time(dashboard: Dashboard) -> None:
    body = dashboard.get(at(ago(hours=1), "/sungai/" + GAUGE, range="7d"))[2].decode()
    bar = body[body.index('id="past-bar"') :]
    assert bar.count('<input type="hidden" name="range" value="7d">') == 2
    assert 'type="hidden" name="at"' not in bar


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("at=kemarin", "Pilihan at: kemarin bukan waktu"),
        ("at=2099-01-01T00:00:00Z", "belum terjadi"),
        ("at=2001-01-01T00:00:00Z", "terlalu lama"),
        ("at=-1h&speed=7", "Pilihan speed: 7 tidak ada"),
    ],
)
def test_a_moment_that_cannot_be_shown_is_a_clear_page(dashboard: Dashboard, query: str, words: str) -> None:
    for path in ("/", "/wall/sungai", "/alarm"):
        status, _, body = dashboard.get(f"{path}?{query}")
        assert status == http.client.UNPROCESSABLE_ENTITY
        assert words in body.decode()
    status, _, body = dashboard.get(f"/live?{query}")
    assert status == http.client.UNPROCESSABLE_ENTITY
    assert f'"{query.rpartition("=")[0].rpartition("&")[2]}"' in body.decode()


# -- streams -------------------------------------------------------------------------------------------------


def test_a_moment_stands_still_and_its_heart_beats(dashboard: Dashboard) -> None:
    moment = ago(minutes=30)
    with dashboard.stream(at(moment, "/live", scene="sungai", speed=0)) as events:
        name, _, body = next(events)
        assert (name, datetime.fromisoformat(body["at"])) == ("snapshot", moment)
        for beat in (next(beats(events)), next(beats(events))):
            assert datetime.fromisoformat(beat["at"]) == moment
            assert (beat["speed"], beat["over"]) == (0, False)


def test_time_goes_on_at_the_speed_of_the_address_and_a_broken_stream_goes_on_where_it_was(
    dashboard: Dashboard,
) -> None:
    moment = ago(hours=5)
    with dashboard.stream(at(moment, "/live", scene="sungai", speed=600)) as events:
        first, second = next(beats(events)), next(beats(events))
        gone = datetime.fromisoformat(second["at"]) - datetime.fromisoformat(first["at"])
        assert timedelta(minutes=4) < gone < timedelta(minutes=60)
        name, cursor, _ = next(events)
        assert name in ("changes", "beat")
        cursor = cursor or next(ident for _, ident, _ in events if ident)
    with dashboard.stream(at(moment, "/live", scene="sungai", speed=600), Last_Event_ID=cursor) as events:
        name, _, body = next(events)
        assert name == "snapshot"
        assert datetime.fromisoformat(body["at"]).timestamp() * 1000 == pytest.approx(int(cursor), abs=1)


def test_at_the_present_a_replay_is_over(dashboard: Dashboard) -> None:
    with dashboard.stream(at(ago(seconds=90), "/live", scene="sungai", speed=60)) as events:
        told = list(beats(events))
    assert [beat["over"] for beat in told] == [False] * (len(told) - 1) + [True]
    last = told[-1]
    assert datetime.fromisoformat(last["at"]) <= datetime.fromisoformat(last["present"])


def test_a_few_replays_at_once_and_no_more_while_the_live_room_goes_on(dashboard: Dashboard) -> None:
    moment = ago(hours=1)
    with ExitStack() as open_ones:
        for _ in range(MOST):
            next(open_ones.enter_context(dashboard.stream(at(moment, "/live", scene="sungai", speed=0))))
        for path in ("/live", "/wall/sungai"):
            status, headers, body = dashboard.get(at(moment, path))
            assert status == http.client.SERVICE_UNAVAILABLE
            assert int(headers["retry-after"]) > 0
            assert body
        with dashboard.stream("/live?scene=sungai") as events:
            assert next(events)[0] == "snapshot"
        assert dashboard.get("/wall/sungai")[0] == http.client.OK
        assert f"liveroom_replays {MOST:.1f}" in dashboard.get("/metrics")[2].decode()
    until(lambda: dashboard.get(at(moment, "/wall/sungai"))[0] == http.client.OK)


# -- what stands on the slider, and what is not done in the past ----------------------------------------------


def test_the_slider_has_the_alarms_of_its_span(dashboard: Dashboard, url: str) -> None:
    raised = ago(minutes=20)
    raise_alarm(url, "siaga-1", GAUGE, raised, ended_at=raised + timedelta(minutes=5))
    query = urlencode({"since": ago(hours=1).isoformat(), "until": ago(minutes=10).isoformat(), "lang": "en"})
    status, _, body = dashboard.get(f"/replay/alarms?{query}")
    assert status == http.client.OK
    assert f'"at":"{raised.astimezone(UTC).isoformat()}","rank":3,"sign":"■"' in body.decode()
    assert CITY.devices[GAUGE].name in body.decode()
    earlier = urlencode({"since": ago(hours=3).isoformat(), "until": ago(hours=2).isoformat()})
    assert dashboard.get(f"/replay/alarms?{earlier}")[2] == b'{"items":[]}'


@pytest.mark.parametrize("query", ["", "since=x&until=y", "since=2026-11-20T00:00&until=2026-11-21T00:00"])
def test_a_span_without_sense_is_refused_by_name(dashboard: Dashboard, query: str) -> None:
    status, _, body = dashboard.get(f"/replay/alarms?{query}")
    assert status == http.client.UNPROCESSABLE_ENTITY
    assert b"since" in body


def test_nothing_is_changed_from_a_page_of_the_past(dashboard: Dashboard) -> None:
    referer = f"http://127.0.0.1:{dashboard.port}{at(ago(hours=1), '/alarm')}"
    for path in (STEP_PATH, "/data/coba-lagi", "/bertugas"):
        status, _, body = dashboard.ask("POST", path, Sec_Fetch_Site="same-origin", Referer=referer)
        assert status == http.client.CONFLICT
        assert "masa lalu" in body.decode()
