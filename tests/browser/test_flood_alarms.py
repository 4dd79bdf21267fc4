"""The flood night and its alarms: who is called, in which order, how often, and that nothing is lost on the way.

A hundred and twenty times as fast as it was: an hour of the night lasts half a minute, for the city, for the spans of
the rules and for the pauses of the wall. Only people are not faster: the whole night is within their ten minutes.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sensors.city import PACKS, City, load_city
from tests import plain_alarms
from tests.alarming import begin_engine
from tests.batches import ask
from tests.browser.conftest import Wall, watched
from tests.flood_city import Ear, flooded
from tests.ingesting import count, publisher, until
from tests.pack import CITY
from tests.plain_alarms import Told
from tests.room import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

SPEED = 120
"""Seconds of the night in one of the clock."""
NIGHT = 240  # s: eight hours of rain, the gauge upstream, the city's, calls and complaints, and rivers that fall again
STREETS = 110  # s after which the streets of some kecamatan are under water and people report it
REPORTS = 7
BEHIND = tuple(device.key for device in CITY.devices.values() if device.place == "junction")[1:]
"""What stands behind the gateway that drowns."""
WET = ("gauge-mutiara-pluit", "gauge-galeong", "gauge-jembatan-polor")
"""Near which streets are under water."""
ONE_UP, APART = 1, 3
"""Seconds of the wall: a third as long up as from one to the next, like the pack's."""
MOST = 10
OF_DAYS = ("pasar-belum-lapor", "harga-di-atas-acuan")
"""Rules that go by the hour of the day, and by prices: nothing of this night."""
SERIES = frozenset({"siaga", "threshold", "rate"})
_RECORD_WALL = """() => {
  const takeover = document.getElementById("takeover");
  takeover.dataset.seconds = "%d"; takeover.dataset.apart = "%d";
  window.begun = [];
  new MutationObserver(() => {
    const id = takeover.dataset.alarm;
    if (!id || (window.begun.length && window.begun.at(-1).id === id)) return;
    const cards = [...takeover.querySelectorAll("[data-card]")].map((card) => card.dataset.card);
    window.begun.push({ id, cards, at: performance.now() });
  }).observe(takeover, { attributeFilter: ["data-alarm"] });
}"""
_ALL_WERE_UP = """() => document.getElementById("takeover").hidden
  && [...document.querySelectorAll("[data-card]")]
    .every((card) => window.begun.some(({ id }) => id === card.dataset.card))
"""
_RECORD_DESK = """() => {
  window.lines = []; const known = new Set(); window.most = 0;
  const look = () => {
    const top = document.querySelectorAll("#alarm_list-rows > ol > li");
    const groups = [];
    for (const line of top) {
      if (line.classList.contains("alarm")) groups.push([line.dataset.alarm]);
      else groups.at(-1).push(...[...line.querySelectorAll(".alarm")].map((each) => each.dataset.alarm));
    }
    const flood = !document.getElementById("alarm_list-flood").hidden;
    const at = performance.now();
    for (const ids of groups) if (!ids.some((id) => known.has(id))) window.lines.push({ at, ids, flood });
    for (const id of groups.flat()) known.add(id);
    if (flood) window.most = Math.max(window.most, groups.length);
  };
  new MutationObserver(look).observe(document.getElementById("room"), { subtree: true, childList: true });
  look();
}"""


@dataclass(frozen=True, slots=True)
class Night:
    """What was published, and what wall and desk saw of it."""

    city: City
    room: Room
    ear: Ear
    over: datetime
    wall: list[dict[str, Any]]
    desk: list[dict[str, Any]]
    most: int

    def alarms(self) -> list[dict[str, Any]]:
        """What the room raised, the first first."""
        columns = ("id", "rule", "source", "priority", "district", "cause", "raised_at", "known_at", "ended_at")
        rows = ask(self.room.postgres.url, f"SELECT {', '.join(columns)} FROM alarms WHERE NOT withdrawn ORDER BY id")
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def told(self, now: datetime) -> set[Told]:
        """What the rules on readings should have raised by then."""
        return plain_alarms.on_readings(self.city, self.ear.readings(), now)

    def raised(self, kinds: frozenset[str]) -> set[Told]:
        """Those of some kinds of rules."""
        rules = {key for key, rule in self.city.alarm_rules.items() if rule.kind in kinds}
        return {(row["rule"], row["source"], row["raised_at"]) for row in self.alarms() if row["rule"] in rules}


def hurried(folder: Path) -> Path:
    """A pack whose rules are as fast as the night."""
    pack = Path(shutil.copytree(PACKS / "tangerang", folder / "room"))
    rules = pack / "alarms.toml"
    head, *blocks = rules.read_text().split("[[rules]]")
    kept = [_hurry(block) for block in blocks if not any(f'key = "{key}"' in block for key in OF_DAYS)]
    rules.write_text("[[rules]]".join([head, *kept]))
    return pack


def _hurry(block: str) -> str:
    if 'kind = "feed"' not in block:  # the pipeline is no faster
        block = re.sub(r"(\w+_minutes) = (\d+)", lambda found: f"{found[1]} = {int(found[2]) / SPEED}", block)
    block = re.sub(r"(per_hour) = (\d+)", lambda found: f"{found[1]} = {int(found[2]) * SPEED}", block)
    return re.sub(r"intervals = \d+", "intervals = 1", block)


def without_gateway(folder: Path) -> Path:
    """A pack without what stands behind the gateway: whoever plays it says nothing for those devices."""
    pack = Path(shutil.copytree(PACKS / "tangerang", folder / "city"))
    devices = pack / "devices.csv"
    lines = devices.read_text().splitlines(keepends=True)
    devices.write_text("".join(line for line in lines if line.split(",")[0] not in BEHIND))
    return pack


@pytest.fixture(scope="module")
def night(browser: Browser) -> Iterator[Night]:
    """The night, once: what it leaves behind is looked at by all tests."""
    with tempfile.TemporaryDirectory(prefix="pack-") as name:
        pack, other = hurried(Path(name)), without_gateway(Path(name))
        city = load_city(str(pack))
        with Room.start(virtual_city="0", city=str(pack)) as room:
            begin_engine(room)
            ear = Ear(room.mqtt_url)
            with watched(browser, room, "/wall/sungai") as wall, watched(browser, room, "/alarm") as desk:
                wall.page.evaluate(_RECORD_WALL % (ONE_UP, APART))
                desk.page.evaluate(_RECORD_DESK)
                _play(room, city, other, wall, desk)
                yield _looked_at(city, room, ear, wall, desk)
            ear.close()


def _play(room: Room, city: City, other: Path, *walls: Wall) -> None:
    """A gateway speaks its last words, the flood comes, and people call."""
    body = {"observed_at": datetime.now(UTC).isoformat(), "values": {"vehicle_count": 5}}
    with publisher(room.mqtt_url) as sent, flooded(room, SPEED, city=str(other)) as virtual:
        sent.settle([sent.send(f"{city.topic_root}/readings/{key}", body) for key in BEHIND])
        for second in range(NIGHT):
            assert virtual.poll() is None
            for each in walls:
                each.page.wait_for_timeout(1_000 / len(walls))  # lets the pages live
            if 0 <= second - STREETS < REPORTS:
                sent.settle([sent.send(*report) for report in _reports(city, second)])
        virtual.send_signal(signal.SIGTERM)
        virtual.communicate(timeout=60)


def _reports(city: City, second: int) -> Iterator[tuple[str, dict[str, str]]]:
    """From each of three kecamatan one, by turns to the city's complaints and to 112."""
    service, status = (("laksa", "menunggu"), ("siaga-112", "diterima"))[second % 2]
    for gauge in WET:
        place = city.devices[gauge].subdistrict or ""
        yield (
            f"{city.topic_root}/cases/{service}",
            {"case_id": f"MALAM-{gauge}-{second}", "status": status, "at": datetime.now(UTC).isoformat(),
             "category": "banjir", "subdistrict": place},
        )  # fmt: skip


def _looked_at(city: City, room: Room, ear: Ear, wall: Wall, desk: Wall) -> Night:
    """Once all is stored and judged the engine ends: nothing is to fall silent that had no reason to that night."""
    over = datetime.now(UTC)
    until(lambda: count(room.postgres.url, "readings") >= ear.counts()["readings"], "the last reading in the store")
    seen = Night(city, room, ear, over, [], [], 0)
    until(lambda: seen.raised(SERIES) == seen.told(datetime.now(UTC)), "the same alarms as are told plainly")
    room.kill("alarms")

    def all_were_up() -> bool:
        wall.page.wait_for_timeout(200)
        return bool(wall.page.evaluate(_ALL_WERE_UP))

    until(all_were_up, "every card to have been up", 90)
    assert wall.complaints == desk.complaints == []
    found = [(each.page, f"window.{name}") for each, name in ((wall, "begun"), (desk, "lines"), (desk, "most"))]
    return Night(city, room, ear, over, *(page.evaluate(name) for page, name in found))


def _shown(page: Page) -> list[int]:
    lines = page.locator("#alarm_list-rows .alarm").evaluate_all("all => all.map((each) => each.dataset.alarm)")
    return list(map(int, lines))


def test_every_event_that_the_readings_tell_is_an_alarm_and_no_other(night: Night) -> None:
    told = night.told(night.over)
    assert {each for each in night.raised(SERIES) if each[2] <= night.over} == told
    assert {rule for rule, *_ in told} >= {"siaga-1", "siaga-2", "air-naik-cepat", "hujan-sangat-lebat"}


def test_reports_warnings_and_a_gateway_that_drowned_are_alarms(night: Night) -> None:
    city = night.city
    flood = city.alarm_rules["banjir-serentak"]
    bursts = plain_alarms.bursts(city, flood, night.ear.of("cases"), timedelta(seconds=5))
    found = {source.split("/")[1] for _, source, _ in night.raised(frozenset({"burst"}))}
    assert {district for district, surely in bursts.items() if surely} <= found <= bursts.keys()
    assert {city.devices[gauge].district for gauge in WET} <= found
    extreme = plain_alarms.warnings([payload for _, payload in night.ear.of("bulletins")], "Extreme")
    warned = {(source.split("/")[1], began) for _, source, began in night.raised(frozenset({"cap"}))}
    assert set(extreme.items()) <= warned
    assert extreme
    silent = {source.split("/")[0] for _, source, at in night.raised(frozenset({"silence"})) if at < night.over}
    assert silent == set(BEHIND)
    assert night.raised(frozenset({"combination"}))


def test_all_of_it_is_in_the_list_behind_and_in_the_interface(night: Night, browser: Browser) -> None:
    ids = {row["id"] for row in night.alarms()}
    with watched(browser, night.room, "/alarm?life=semua") as desk:
        assert sorted(_shown(desk.page)) == sorted(ids)
    wanting = "SELECT id FROM alarms a WHERE alarm_wants(alarm_life(a, now())) ORDER BY id"
    with watched(browser, night.room, "/alarm") as desk:
        assert desk.page.locator("#alarm_list-flood").is_visible()
        assert sorted(_shown(desk.page)) == [number for (number,) in ask(night.room.postgres.url, wanting)]
    listed, page = list[int](), "/api/v1/alarms?state=all"
    while page:
        with urllib.request.urlopen(night.room.url + page) as answer:
            told = json.load(answer)
        listed += [item["id"] for item in told["items"]]
        page = told["next"] and f"/api/v1/alarms?state=all&next={told['next']}"
    assert sorted(listed) == sorted(ids)


def test_no_more_than_ten_reach_the_operator_in_ten_minutes(night: Night) -> None:
    assert len(night.alarms()) > 5 * MOST
    arrivals, minutes = [line["at"] for line in night.desk], 600_000 / SPEED
    assert max(sum(at <= other < at + minutes for other in arrivals) for at in arrivals) <= MOST
    in_flood = [line for line in night.desk if line["flood"]]
    assert 0 < len(in_flood) <= MOST, "the whole flood, as if it were ten minutes long"
    assert 0 < night.most <= MOST, "and so many lines at once"


def test_the_wall_is_taken_over_by_the_most_urgent_that_waits(night: Night) -> None:
    order = list(night.city.alarm_rules)
    alarms = {str(row["id"]): row for row in night.alarms()}

    def urgency(alarm: str) -> tuple[int, datetime, int]:
        row = alarms[alarm]
        return order.index(row["rule"]), row["raised_at"], row["id"]

    shown: list[str] = []
    for each in night.wall:
        assert all(alarms[card]["priority"] == "high" for card in each["cards"])
        assert each["id"] == min((card for card in each["cards"] if card not in shown), key=urgency)
        shown.append(each["id"])
    assert len(shown) == len(set(shown))
    assert all(later["at"] - one["at"] > 900 * APART for one, later in pairwise(night.wall))
    high = [row for row in alarms.values() if row["priority"] == "high"]
    called = {alarms[each]["district"] or alarms[each]["cause"] for each in shown}
    assert called == {row["district"] or row["cause"] for row in high}, "every place that calls has had the wall"
    assert {row["rule"] for row in high} >= {"siaga-1", "banjir-serentak", "hujan-dan-air-naik", "peringatan-awas"}
