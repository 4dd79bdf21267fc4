"""The alarm engine before a real database: whatever breaks, the alarms are those of a run in which nothing broke."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from msgspec.structs import replace as with_

from data.alarms import AlarmStore
from data.errors import DatabaseAway
from data.maintenance_windows import MaintenanceWindow, end_window, set_window
from data.records import Bulletin, Message, Price
from data.writer import Writer
from deploy.local.postgres import Postgres
from ingest.alarms.engine import Engine
from ingest.alarms.rehearsal import rehearse
from sensors.city import City
from sensors.reading import Reading
from tests import servers
from tests.asking import answer
from tests.batches import NOW, WIB, ask, case, message, readings, writer
from tests.pack import CITY

pytestmark = pytest.mark.integration

GAUGE = next(device for device in CITY.devices.values() if device.ladder and device.district)
LADDER = {step.level: step.threshold for step in GAUGE.ladder.steps} if GAUGE.ladder else {}
ALL = frozenset({"readings", "cases", "bulletins", "devices"})
MINUTE = timedelta(minutes=1)


def city_of(*rules: str) -> City:
    return replace(CITY, alarm_rules={key: CITY.alarm_rules[key] for key in rules})


@dataclass
class Stage:
    """A database, an engine before it and a clock in our hand."""

    url: str
    city: City
    now: datetime = NOW
    engines: list[Engine] = field(default_factory=list)
    room: Writer | None = None

    def engine(self) -> Engine:
        made = Engine(self.url, self.city, lambda: None, lambda: self.now)
        self.engines.append(made)
        return made

    def write(self, *found: Reading) -> None:
        self.room = self.room or writer(self.url)
        self.room.write([readings(each, received_at=self.now) for each in found])

    def listen(self, since: datetime) -> None:
        """A worker beats, and has listened since then."""
        ask(
            self.url,
            "INSERT INTO components (name, instance, started_at, beat_at) VALUES ('ingest', 'ingest-0', %s, %s) "
            "ON CONFLICT (name, instance) DO UPDATE SET started_at = excluded.started_at RETURNING 1",
            since, self.now + timedelta(days=1),
        )  # fmt: skip

    def close(self) -> None:
        for engine in self.engines:
            engine.close()
        if self.room:
            self.room.close()

    def alarms(self) -> list[tuple[Any, ...]]:
        return ask(
            self.url, "SELECT rule, source, raised_at, ended_at FROM alarms WHERE NOT withdrawn ORDER BY 1, 2, 3, 4"
        )

    def steps(self) -> list[tuple[Any, ...]]:
        return ask(
            self.url,
            "SELECT a.rule, a.source, a.raised_at, s.step FROM alarm_steps s JOIN alarms a ON a.id = s.alarm_id "
            "WHERE NOT a.withdrawn ORDER BY a.rule, a.source, a.raised_at, s.id",
        )


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    made = Stage(database_url, city_of("siaga-1", "siaga-2"))
    yield made
    made.close()


def level(at: datetime, value: float, device: str = GAUGE.key) -> Reading:
    return Reading(device, "water_level", at, value)


def test_a_gauge_at_siaga_1_is_raised_once_and_ends_by_its_own_time(stage: Stage) -> None:
    engine = stage.engine()
    assert engine.lead()
    high, low = LADDER[1] + 1, LADDER[2] - 50
    for minute, value in enumerate([low, high, high, low, low]):
        stage.now = NOW + minute * MINUTE
        stage.write(level(stage.now, value))
        engine.turn(ALL)
        engine.turn(ALL)
    source = f"{GAUGE.key}/water_level"
    assert stage.alarms() == [(rule, source, NOW + MINUTE, None) for rule in ("siaga-1", "siaga-2")]
    stage.now = NOW + timedelta(minutes=13)
    engine.turn(frozenset())
    assert stage.alarms() == [(rule, source, NOW + MINUTE, stage.now) for rule in ("siaga-1", "siaga-2")]
    assert [step for *_, step in stage.steps()] == ["raised", "ended"] * 2
    [(priority, value, worst, bound, agency, district)] = ask(
        stage.url, "SELECT priority, value, worst, bound, agency, district FROM alarms WHERE rule = 'siaga-1'"
    )
    assert (priority, value, worst, bound) == ("high", high, high, LADDER[1])
    assert (agency, district) == (CITY.alarm_rules["siaga-1"].agency, GAUGE.district)


def test_what_came_late_and_is_over_raises_nothing_that_stands(stage: Stage) -> None:
    engine = stage.engine()
    engine.lead()
    stage.now = NOW + timedelta(hours=3)
    stage.write(level(stage.now, 0))
    engine.turn(ALL)
    stage.write(level(NOW, LADDER[1]), level(NOW + MINUTE, 0))
    stage.now += timedelta(seconds=11)
    engine.turn(ALL)
    assert {ended for *_, ended in stage.alarms()} == {NOW + timedelta(minutes=11)}
    assert answer(stage.url, "alarms_now", now=stage.now) == []
    assert len(stage.alarms()) == 2


def test_a_reading_that_comes_late_withdraws_what_never_held(stage: Stage) -> None:
    stage.city = city_of("debu-halus-tinggi")
    station = next(device.key for device in CITY.devices.values() if "pm25" in device.kinds)
    dust = [Reading(station, "pm25", NOW + minute * MINUTE, 300) for minute in (0, 20)]
    engine = stage.engine()
    engine.lead()
    stage.now = NOW + timedelta(minutes=20)
    stage.write(*dust)
    engine.turn(ALL)
    assert len(stage.alarms()) == 1
    stage.write(Reading(station, "pm25", NOW + 10 * MINUTE, 20))
    stage.now += timedelta(seconds=11)
    engine.turn(ALL)
    assert stage.alarms() == []
    assert [step for (step,) in ask(stage.url, "SELECT step FROM alarm_steps ORDER BY id")] == ["raised", "withdrawn"]


def history(seed: int) -> list[Reading]:
    """An hour of three gauges that rise and fall."""
    chance = random.Random(seed)
    gauges = [device for device in CITY.devices.values() if device.ladder][:3]
    found = []
    for gauge in gauges:
        assert gauge.ladder
        value = gauge.ladder.steps[-1].threshold - 30
        for minute in range(60):
            value += chance.choice([-25, -10, 0, 10, 25])
            found.append(level(NOW + minute * MINUTE + timedelta(seconds=chance.randrange(50)), value, gauge.key))
    return sorted(found, key=lambda each: each.observed_at)


def play(stage: Stage, found: Sequence[Reading], chance: random.Random | None) -> None:
    """Without `chance` one by one in order and each judged; with it late, doubled, in heaps, and engines that die."""
    engine, other = stage.engine(), stage.engine()
    engine.lead()
    waiting: list[Reading] = []
    for reading in found:
        stage.now = max(stage.now, reading.observed_at + timedelta(seconds=1))
        waiting.append(reading)
        if chance is None:
            stage.write(*waiting)
            waiting = []
            engine.turn(ALL)
            continue
        if chance.random() < 0.2:
            chance.shuffle(waiting)
            kept = [each for each in waiting if chance.random() < 0.5]  # these come later still
            now = [each for each in waiting if each not in kept]
            stage.write(*now, *now[:2])
            waiting = kept
            match chance.randrange(20):
                case 0:  # it dies, and the one that stands by takes over
                    engine.close()
                    engine, other = other, stage.engine()
                    assert engine.lead()
                case 1:  # the one that stands by cannot
                    assert not other.lead()
                case 2:  # it dies in the middle of what it settles
                    die_while_settling(engine)
                    engine = stage.engine()
                    assert engine.lead()
                case _:
                    engine.turn(ALL)
    stage.write(*waiting)
    stage.now = found[-1].observed_at + timedelta(hours=1)
    for _ in range(2):
        engine.turn(ALL)
        stage.now += timedelta(seconds=11)


class Died(Exception):  # noqa: N818 - what happened, not a fault
    """In the place of a kill."""


def die_while_settling(engine: Engine) -> None:
    store = engine._store

    def die(*_: object) -> None:
        raise Died

    done, store._step = store._step, die  # type: ignore[method-assign]
    try:
        engine.turn(ALL)
    except Died:
        pass
    finally:
        store._step = done  # type: ignore[method-assign]
    engine.close()


@pytest.mark.parametrize("seed", range(4))
def test_faults_late_and_doubled_messages_leave_the_alarms_of_a_clean_run(shared_postgres: Postgres, seed: int) -> None:
    found, results = history(seed), []
    for chance in (None, random.Random(seed)):
        with servers.database(shared_postgres, servers.TEMPLATE) as url:
            stage = Stage(url, city_of("siaga-1", "siaga-2", "air-naik-cepat"))
            play(stage, found, chance)
            stage.close()
            results.append(stage.alarms())
            assert {step for *_, step in stage.steps()} <= {"raised", "ended", "reopened"}
    clean, faulty = results
    assert clean == faulty
    assert len(clean) > 3


@pytest.mark.parametrize("seed", range(2))
def test_killed_engines_leave_the_steps_of_a_clean_run(shared_postgres: Postgres, seed: int) -> None:
    """In order and in time, whatever happens to engines: then not a step is missing or taken twice."""
    found, results = history(seed + 100), []
    for dies in (False, True):
        chance = random.Random(seed)
        with servers.database(shared_postgres, servers.TEMPLATE) as url:
            stage = Stage(url, city_of("siaga-1", "siaga-2"))
            engine = stage.engine()
            engine.lead()
            for reading in found:
                stage.now = reading.observed_at + timedelta(seconds=1)
                stage.write(reading)
                if dies and chance.random() < 0.2:
                    die_while_settling(engine)
                    engine = stage.engine()
                    assert engine.lead()
                engine.turn(ALL)
            stage.close()
            results.append((stage.alarms(), stage.steps()))
    assert results[0] == results[1]
    assert len(results[0][1]) > 3


def test_only_one_may_be_open_whoever_writes(stage: Stage) -> None:
    engine = stage.engine()
    engine.lead()
    stage.write(level(NOW, LADDER[1]))
    engine.turn(ALL)
    for again in (NOW, NOW + MINUTE):
        with psycopg.connect(stage.url) as connection, pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(
                "INSERT INTO alarms (rule, priority, source, name, cause, raised_at) "
                "VALUES ('siaga-1', 'high', %s, 'x', 'x', %s)",
                (f"{GAUGE.key}/water_level", again),
            )


def test_steps_are_never_rewritten(stage: Stage) -> None:
    engine = stage.engine()
    engine.lead()
    stage.write(level(NOW, LADDER[1]))
    engine.turn(ALL)
    for sentence in ("UPDATE alarm_steps SET actor = 'x'", "DELETE FROM alarm_steps"):
        with psycopg.connect(stage.url) as connection, pytest.raises(psycopg.errors.RaiseException):
            connection.execute(sentence)  # type: ignore[arg-type] # constants above


def test_a_device_that_is_worked_on_has_no_alarm_and_what_held_has_ended(stage: Stage) -> None:
    engine = stage.engine()
    engine.lead()
    stage.write(level(NOW, LADDER[1]))
    engine.turn(ALL)
    begin = NOW + timedelta(minutes=5)
    set_window(stage.url, MaintenanceWindow(GAUGE.key, begin, NOW + timedelta(hours=2), "kalibrasi"), WIB)
    stage.now = NOW + timedelta(minutes=6)
    stage.write(level(stage.now, LADDER[1] + 5))
    engine.turn(ALL)
    assert [ended for *_, ended in stage.alarms()] == [begin] * 2
    stage.now = NOW + timedelta(minutes=30)
    end_window(stage.url, GAUGE.key, NOW + timedelta(minutes=20), WIB)
    stage.write(level(stage.now, LADDER[1] + 5))
    engine.turn(ALL)
    engine.turn(ALL)
    assert [(raised, ended) for _, _, raised, ended in stage.alarms()] == [(NOW, begin), (stage.now, None)] * 2


def test_an_engine_that_stands_by_takes_over_when_the_first_one_is_gone(stage: Stage) -> None:
    first, second = stage.engine(), stage.engine()
    assert first.lead()
    assert not second.lead()
    first.close()
    assert second.lead()


def test_a_database_that_was_away_loses_nothing(own_postgres: Postgres) -> None:
    servers.make_template(own_postgres)
    with servers.database(own_postgres, servers.TEMPLATE) as url:
        stage = Stage(url, city_of("siaga-1"))
        engine = stage.engine()
        engine.lead()
        own_postgres.stop()
        with pytest.raises(DatabaseAway):
            engine.turn(ALL)
        own_postgres.start()
        engine.close()
        stage.write(level(NOW, LADDER[1]))
        assert engine.lead()
        assert len(stage.alarms()) == 1
        stage.close()


def test_floods_reported_together_are_one_alarm(stage: Stage) -> None:
    stage.city = city_of("banjir-serentak")
    area = next(iter(CITY.subdistricts.values()))
    where = {"category": "banjir", "subdistrict": area.code, "lat": area.point.lat, "lon": area.point.lon}
    told = [case("menunggu", -minutes, f"L-{minutes}", **where) for minutes in (50, 40, 30, 20)]
    engine = stage.engine()
    with closing(writer(stage.url)) as room:
        room.write(told)
        engine.lead()
        assert stage.alarms() == []
        room.write([case("menunggu", -5, "L-5", **where)])
    stage.now = NOW + timedelta(seconds=2)
    engine.turn(ALL)
    [(rule, source, raised, ended)] = stage.alarms()
    assert (rule, source, raised, ended) == (
        "banjir-serentak", f"banjir-serentak/{area.district}", NOW - 5 * MINUTE, None,
    )  # fmt: skip
    stage.now = NOW + timedelta(minutes=30)
    engine.turn(frozenset())
    assert stage.alarms()[0][3] == stage.now


def test_a_warning_is_an_alarm_for_as_long_as_it_is_in_force(stage: Stage) -> None:
    stage.city = city_of("peringatan-awas", "peringatan-siaga")
    told = Bulletin("bmkg", "1", "Hujan lebat", None, "awas", ("36.71.04",), None, NOW, NOW + timedelta(hours=1))
    engine = stage.engine()
    with closing(writer(stage.url)) as room:
        room.write([message("bulletins", bulletins=(told,))])
    engine.lead()
    assert [(rule, source) for rule, source, *_ in stage.alarms()] == [("peringatan-awas", "bmkg/1")]
    assert ask(stage.url, "SELECT district FROM alarms") == [("36.71.04",)]
    stage.now = NOW + timedelta(hours=1, seconds=1)
    engine.turn(frozenset())
    assert stage.alarms()[0][3] == stage.now


def test_silence_is_told_since_when_and_ends_with_a_word(stage: Stage) -> None:
    stage.city = city_of("pos-duga-diam")
    engine = stage.engine()
    stage.write(level(NOW, 1))
    stage.now = NOW + timedelta(hours=10)
    engine.lead()
    assert stage.alarms() == []  # nobody listens
    stage.listen(since=stage.now)
    stage.now += timedelta(minutes=5)
    engine.turn(frozenset())
    assert stage.alarms() == []  # and now that somebody does, it is too early to say
    stage.listen(since=NOW - timedelta(hours=1))
    stage.now += timedelta(seconds=6)
    engine.turn(frozenset())
    [(_, _, raised, ended)] = stage.alarms()
    assert NOW < raised < NOW + timedelta(hours=2)
    assert ended is None
    stage.listen(since=stage.now)  # a worker that begins anew changes nothing of a silence that is known
    stage.now += timedelta(seconds=6)
    engine.turn(frozenset())
    assert stage.alarms() == [("pos-duga-diam", f"{GAUGE.key}/water_level", raised, None)]
    stage.write(level(stage.now, 1))
    stage.now += timedelta(seconds=2)
    engine.turn(ALL)
    assert stage.alarms()[0][3] == stage.now


def test_a_price_far_above_its_reference_at_three_markets_is_one_alarm(stage: Stage) -> None:
    stage.city = city_of("harga-di-atas-acuan")
    markets = list(CITY.markets)[:4]
    told = [
        Price(market, "beras-medium", Decimal(99_000), "kg", NOW + hour * MINUTE) for hour, market in enumerate(markets)
    ]
    engine = stage.engine()
    with closing(writer(stage.url)) as room:
        room.write([message("prices", prices=tuple(told[:2]))])
        engine.lead()
        assert stage.alarms() == []
        room.write([message("prices", prices=tuple(told[2:]))])
    stage.now = NOW + timedelta(minutes=10)
    engine.turn(frozenset({"prices"}))
    assert stage.alarms() == [("harga-di-atas-acuan", "beras-medium", NOW + 2 * MINUTE, None)]


def test_rain_and_a_river_that_rises_are_a_graver_alarm_together(stage: Stage) -> None:
    stage.city = city_of("hujan-sangat-lebat", "air-naik-cepat", "hujan-dan-air-naik")
    rain = next(device.key for device in CITY.devices.values() if "rain" in device.kinds)
    engine = stage.engine()
    engine.lead()
    for minute in range(40):
        stage.now = NOW + minute * MINUTE
        stage.write(level(stage.now, 100 + 3 * minute), Reading(rain, "rain", stage.now, 2.5 if minute == 30 else 0))
        engine.turn(ALL)
    stage.now += timedelta(seconds=6)
    engine.turn(ALL)
    found = {rule: raised for rule, _, raised, _ in stage.alarms()}
    assert set(found) == {"hujan-sangat-lebat", "air-naik-cepat", "hujan-dan-air-naik"}
    assert found["hujan-dan-air-naik"] == max(found["hujan-sangat-lebat"], found["air-naik-cepat"])


def test_the_room_watches_its_own_feed(stage: Stage) -> None:
    stage.city = city_of("aliran-berhenti")
    stage.write(level(NOW, 1))
    engine = stage.engine()
    stage.now = NOW + timedelta(minutes=16)
    stage.listen(since=NOW - timedelta(hours=1))
    engine.lead()
    assert stage.alarms() == [("aliran-berhenti", "readings", NOW + 15 * MINUTE, None)]


def test_bad_air_is_told_by_the_mean_of_a_whole_day(stage: Stage) -> None:
    stage.city = city_of("udara-tidak-sehat")
    station = next(device.key for device in CITY.devices.values() if "pm25" in device.kinds)
    stage.write(*(Reading(station, "pm25", NOW - minute * MINUTE, 90) for minute in range(60 * 12)))
    engine = stage.engine()
    engine.lead()
    assert stage.alarms() == []  # half a day decides nothing
    stage.write(*(Reading(station, "pm25", NOW - minute * MINUTE, 90) for minute in range(60 * 12, 60 * 24)))
    stage.now = NOW + timedelta(seconds=6)
    engine.turn(ALL)
    assert [(rule, source) for rule, source, *_ in stage.alarms()] == [("udara-tidak-sehat", station)]


def test_markets_that_say_nothing_by_noon_are_one_alarm_until_midnight(stage: Stage) -> None:
    stage.city = city_of("pasar-belum-lapor")
    engine = stage.engine()
    stage.now = datetime(2026, 11, 21, 4, 59, tzinfo=UTC)
    engine.lead()
    assert stage.alarms() == []
    stage.now = datetime(2026, 11, 21, 5, 1, tzinfo=UTC)
    engine.turn(frozenset())
    stage.now = datetime(2026, 11, 21, 17, 1, tzinfo=UTC)
    engine.turn(frozenset())
    noon = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    assert stage.alarms() == [("pasar-belum-lapor", "markets", noon, stage.now)]


def test_a_rule_is_tried_against_history_without_raising_anything(stage: Stage) -> None:
    found = history(5)
    stage.now = found[-1].observed_at
    stage.write(*found)
    area = next(iter(CITY.subdistricts.values()))
    where = {"category": "banjir", "subdistrict": area.code, "lat": area.point.lat, "lon": area.point.lon}
    with closing(writer(stage.url)) as room:
        room.write([case("menunggu", -minutes, f"L-{minutes}", **where) for minutes in range(5)])
    since, until = NOW - timedelta(hours=1), NOW + timedelta(hours=3)
    with AlarmStore.reading(stage.url) as store:
        tried = {
            key: rehearse(store, CITY.alarm_rules[key], CITY, since, until)
            for key in ("siaga-1", "banjir-serentak", "perangkat-diam")
        }
    assert tried["perangkat-diam"] is None
    assert tried["banjir-serentak"] is not None
    assert [each.ended is None for each in tried["banjir-serentak"]] == [False]
    assert ask(stage.url, "SELECT count(*) FROM alarms") == [(0,)]
    engine = stage.engine()
    engine.lead()
    stage.now = until
    engine.turn(ALL)
    raised = [(source, began, ended) for rule, source, began, ended in stage.alarms() if rule == "siaga-1"]
    assert tried["siaga-1"] is not None
    assert sorted((each.source.key, each.began, each.ended) for each in tried["siaga-1"]) == raised
    assert raised


def test_what_nobody_takes_goes_to_the_next_on_duty_until_somebody_does(stage: Stage) -> None:
    stage.city = city_of("siaga-1", "perangkat-diam")
    engine = stage.engine()
    engine.lead()
    stage.write(level(NOW, LADDER[1]), Reading("air-cikokol", "pm25", NOW, 1.0))
    engine.turn(ALL)
    ask(stage.url, "UPDATE alarms SET known_at = %s RETURNING 1", NOW)
    wait, duty = stage.city.alarm_limits.escalate_high, list(stage.city.duty)
    taken = "SELECT note FROM alarm_steps WHERE step = 'escalated' ORDER BY id"
    for minutes, expected in ((wait - 1, 0), (wait, 1), (wait + 1, 1), (2 * wait, 2)):
        stage.now = NOW + minutes * MINUTE
        engine.turn(frozenset())
        assert [note for (note,) in ask(stage.url, taken)] == duty[1 : 1 + expected]
    ask(stage.url, "UPDATE alarms SET acknowledged_at = now() RETURNING 1")
    stage.now = NOW + 9 * wait * MINUTE
    engine.turn(frozenset())
    assert len(ask(stage.url, taken)) == 2
    ask(stage.url, "UPDATE alarms SET acknowledged_at = NULL RETURNING 1")
    for _ in range(9):  # the last one has it: no further
        stage.now += 9 * wait * MINUTE
        engine.turn(frozenset())
    assert [note for (note,) in ask(stage.url, taken)] == duty[1:]


def test_cases_past_their_deadline_are_one_alarm_an_agency(stage: Stage) -> None:
    stage.city = city_of("aduan-lewat-tenggat")
    told: list[Message] = [
        with_(case("menunggu", -60 * 24 * 90 - number, f"L-{number}", category="pju", agency="dishub"))
        for number in range(12)
    ]
    with closing(writer(stage.url)) as room:
        room.write(told)
    stage.now = datetime(2026, 11, 21, tzinfo=UTC)
    engine = stage.engine()
    engine.lead()
    [(rule, source, raised, ended)] = stage.alarms()
    assert (rule, source, ended) == ("aduan-lewat-tenggat", "laksa/dishub", None)
    assert raised < stage.now
