"""What happens in a room, one thing after another and by the real ways in, for the tests of what it was then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
from msgspec.structs import replace

from data.alarm_steps import take
from data.components import Component
from data.handovers import accept, write
from data.maintenance_windows import MaintenanceWindow, end_window, set_window
from data.records import Bulletin, CaseEvent, DeviceStatus, Doubt, Message, Price, Rejection, Sighting
from data.rejected import RejectedMessages
from data.retries import request_retry
from data.store import Store
from data.upkeep import Upkeep
from data.writer import Writer
from data.writes import statement
from sensors.alarm_life import Deed
from sensors.forecast import Forecast
from sensors.handover import Handover
from sensors.quake import Quake
from sensors.reading import Reading
from sensors.shifts import turn_at
from tests.batches import WIB, message, writer
from tests.pack import CITY
from tests.raising import raise_alarm

SERIES = {
    "air-1": ("pm25", "pm10", "temperature", "humidity"), "gauge-1": ("water_level", "rain"), "noise-1": ("noise",),
    "road-1": ("vehicle_count", "vehicle_speed"), "works-1": ("water_production", "bus_passengers"),
    "other-1": ("pm25",),
}  # fmt: skip
GAUGE = next(device.key for device in CITY.devices.values() if device.ladder and device.district)
PLACE, DISTRICT = "36.71.07.1004", "36.71.07"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def now() -> datetime:
    """The clock's time: when things are known is told by the database's own."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Happenings:
    """A room's database and the worker that writes to it."""

    url: str
    room: Writer
    begun: datetime

    def write(self, *messages: Message) -> None:
        """Commit a batch that has just arrived."""
        self.room.write([replace(each, received_at=now()) for each in messages])

    def readings(self, ago: timedelta, value: float, *devices: str, step: int = 7) -> None:
        """A reading of every series of these devices (none: of all), a few seconds apart."""
        at = now() - ago
        found = [
            Reading(device, kind, at - timedelta(seconds=number * step), value + number)
            for device in devices or SERIES
            for kind in (*SERIES.get(device, ()), *(["water_level"] if device == GAUGE else []))
            for number in range(3)
        ]
        self.write(message("readings", readings=tuple(found)))

    def case(self, case_id: str, status: str, ago: timedelta, service: str = "laksa", **more: object) -> None:
        """A change of state of a case."""
        told = CITY.services[service].statuses[status]
        rank = list(CITY.services[service].statuses).index(status)
        facts = {"category": "jalan-rusak", "subdistrict": PLACE, "agency": "dpupr", "lat": -6.2, "lon": 106.65} | more
        event = CaseEvent(service, case_id, status, rank, told.open, now() - ago, **facts)  # type: ignore[arg-type]
        self.write(message("cases", case_events=(event,)))

    def bulletin(self, ident: str, title: str, **more: object) -> None:
        """A warning of BMKG in force for an hour, or what `more` says."""
        told = {"issued_at": now(), "expires_at": now() + HOUR, "alert_id": ident, "source": "BMKG"} | more
        made = Bulletin("bmkg", ident, title, "Hujan", "siaga", (DISTRICT,), None, **told)  # type: ignore[arg-type]
        self.write(message("bulletins", bulletins=(made,)))

    def forecast(self, hours: int, rain: float, analysed_ago: timedelta = timedelta(0)) -> None:
        """What is expected in one kelurahan for three hours some hours from the beginning on."""
        at = self.begun.replace(minute=0, second=0, microsecond=0) + hours * HOUR
        made = Forecast(
            "bmkg-prakiraan", PLACE, at, now() - analysed_ago, 28.0, 80.0, rain, 61, "Hujan", 9.0, "W", 90.0
        )
        self.write(message("bulletins", forecasts=(made,)))

    def quake(self, magnitude: float, felt: str | None) -> None:
        """One earthquake, or what is said of it later."""
        made = Quake("bmkg-gempa", "q-1", self.begun - HOUR, -6.5, 105.5, magnitude, 10.0, "Laut", felt, None)
        self.write(message("bulletins", quakes=(made,)))

    def price(self, market: str, price: int, ago: timedelta, commodity: str = "beras-medium") -> None:
        """What a market asks."""
        made = Price(market, commodity, Decimal(price), "kg", now() - ago)
        self.write(message("prices", prices=(made,)))

    def refused(self, payload: bytes, reason: str = "unknown-kind") -> None:
        """A message that is not understood."""
        self.write(message("readings", payload=payload, rejections=(Rejection(reason, "kind: found x"),)))

    def beat(self, name: str, queue: int) -> None:
        """A process that lives."""
        with closing(Component(self.url, name, "here", self.begun)) as component:
            component.beat({"queue": queue}, "up 1", changed=False)

    def engine(self, name: str, alarm: int, **told: object) -> None:
        """A statement of the alarm engine about one alarm."""
        with psycopg.connect(self.url) as connection:
            connection.execute(statement(name), {"id": alarm, "worst": None, "ended_at": None} | told)

    def deed(self, step: str, alarm: int, **more: object) -> None:
        """A step of an operator."""

        async def once() -> None:
            store = await Store.open(self.url)
            await take(store, Deed(step, (alarm,), "operator-1", now(), **more))  # type: ignore[arg-type]
            await store.close()

        asyncio.run(once())

    def shift(self, deed: Callable[[Store], Awaitable[object]]) -> None:
        """What is done when a shift ends."""

        async def once() -> None:
            store = await Store.open(self.url)
            await deed(store)
            await store.close()

        asyncio.run(once())

    def worked_on(self, device: str, since: timedelta, until: timedelta, reason: str = "ganti sensor") -> None:
        """A window of maintenance, from so long ago until so long from now."""
        set_window(self.url, MaintenanceWindow(device, now() - since, now() + until, reason), WIB)

    def forget_refused(self) -> None:
        """What is refused is read again, and understood."""
        with closing(RejectedMessages(self.url)) as rejected:
            rejected.forget([each.id for each in rejected.after(0, rejected.newest(), None, 10)])


@contextmanager
def happening(url: str) -> Iterator[Happenings]:
    """A room in which nothing has happened yet."""
    with closing(writer(url, services=CITY.services)) as room:
        yield Happenings(url, room, now())


def _first(room: Happenings) -> None:
    for ago in (0 * HOUR, HOUR, 2 * HOUR, 20 * HOUR, 25 * HOUR, 7 * DAY, 8 * DAY):
        room.readings(ago, 10.0)
    room.beat("ingest", 1)
    room.beat("maintenance", 0)
    room.beat("alarms", 0)


def _late(room: Happenings) -> None:
    for ago in (HOUR, 3 * HOUR, 26 * HOUR, 4 * DAY, 7 * DAY, 40 * DAY, timedelta(seconds=30)):
        room.readings(ago, 50.0, step=11)
    room.write(message("readings", readings=(Reading("air-1", "pm25", room.begun + timedelta(minutes=9), 5.0),)))


def _again(room: Happenings) -> None:
    sent = message("readings", readings=(Reading("air-1", "pm25", now() - HOUR, 1.0),))
    room.write(sent)
    room.write(sent, sent)
    room.readings(timedelta(0), 12.0, "air-1", "gauge-1")


def _cases(room: Happenings) -> None:
    room.case("LAKSA-1", "menunggu", 30 * HOUR, summary="Lubang di jalan", priority="tinggi", channel="app")
    room.case("LAKSA-2", "menunggu", 2 * HOUR)
    room.case("LAKSA-3", "proses", HOUR, category="banjir")
    room.case("S-1", next(iter(CITY.services["siaga-112"].statuses)), HOUR, "siaga-112", category="banjir")


def _case_steps(room: Happenings) -> None:
    room.case("LAKSA-1", "proses", 20 * HOUR)
    room.case("LAKSA-1", "selesai", HOUR)
    room.case("S-1", "tiba", timedelta(minutes=40), "siaga-112", category="banjir")
    room.case("LAKSA-3", "menunggu", 2 * HOUR)
    room.case("LAKSA-2", "selesai", timedelta(minutes=5), agency="dishub")


def _case_reopened(room: Happenings) -> None:
    room.case("LAKSA-1", "proses", timedelta(minutes=1))
    room.case("LAKSA-4", "menunggu", timedelta(minutes=1))


def _news(room: Happenings) -> None:
    room.bulletin("a-1", "Hujan lebat")
    room.bulletin("a-2", "Angin kencang", expires_at=None, issued_at=now() - 20 * HOUR)
    room.bulletin("a-3", "Sudah lewat", issued_at=now() - 30 * HOUR, expires_at=now() - 2 * HOUR)
    for hours in (-2, 1, 4, 10):
        room.forecast(hours, 1.0, HOUR)
    room.quake(5.0, None)
    for ago in (0 * DAY, DAY, 3 * DAY, 20 * DAY):
        room.price("pasar-anyar", 13_000 + ago.days, ago)


def _more_news(room: Happenings) -> None:
    room.bulletin("a-1", "Hujan sangat lebat")
    room.bulletin("a-4", "Diperpanjang", kind="update", replaces=("a-2",))
    room.forecast(1, 9.0)
    room.quake(5.4, "III Serang")
    room.price("pasar-baru", 13_500, DAY)
    room.bulletin("a-5", "Berakhir", kind="cancel", replaces=("a-1",))


def _devices(room: Happenings) -> None:
    seen = Sighting("chirpstack", "0a1b", "air-1", "Dragino", "gudang", ("TempX",), 7, 3.3)
    room.write(message("devices", statuses=(DeviceStatus("air-1", "online"),)), message("devices", sightings=(seen,)))
    room.write(message("devices", sightings=(_later(seen, 12),)))
    at = now() - HOUR
    doubted = (Reading("air-1", "pm25", at, 900.0),)
    room.write(message("readings", readings=doubted, doubts=(Doubt("air-1", "pm25", at, "leap"),)))
    room.refused(b"x")
    room.refused(b"y", "empty")


def _later(seen: Sighting, counter: int) -> Sighting:
    """The same device some frames later."""
    return Sighting(seen.network, seen.address, seen.device, seen.profile, seen.label, seen.unmapped, counter, 3.2)


def _devices_again(room: Happenings) -> None:
    seen = Sighting("chirpstack", "0a1b", "air-1", counter=15)
    room.write(message("devices", statuses=(DeviceStatus("air-1", "offline"),), sightings=(seen,)))
    room.refused(b"x")
    room.beat("ingest", 2)
    room.beat("alarms", 0)


def _alarms(room: Happenings) -> None:
    room.readings(timedelta(minutes=3), 500.0, GAUGE)
    for number, rule in enumerate(("siaga-1", "siaga-2", "perangkat-diam")):
        raise_alarm(room.url, rule, GAUGE, now() - (number + 1) * HOUR)
    upstream = next(device.key for device in CITY.devices.values() if device.upstream)
    raise_alarm(room.url, "siaga-2", upstream, now() - 5 * HOUR)


def _alarm_steps(room: Happenings) -> None:
    room.deed("acknowledged", 1)
    room.engine("alarm_worst", 1, worst=540.0)
    room.engine("alarm_ended", 2, ended_at=now(), step="ended")
    room.engine("alarm_withdrawn", 3, step="withdrawn")


def _more_alarm_steps(room: Happenings) -> None:
    room.deed("shelved", 1, until=now() + HOUR)
    room.engine("alarm_moved", 2, raised_at=now() - 3 * HOUR, ended_at=now() - HOUR)
    room.deed("reviewed", 2)
    room.engine("alarm_ended", 1, ended_at=now(), step="ended")


def _handed_over(room: Happenings) -> None:
    room.shift(
        lambda store: write(store, Handover("operator-1", now(), turn_at(CITY.shifts, CITY.zone, now()), "Pompa"))
    )


def _taken_over(room: Happenings) -> None:
    room.shift(lambda store: accept(store, 1, "operator-2", now()))


def _worked_on(room: Happenings) -> None:
    room.worked_on("air-1", 90 * timedelta(minutes=1), HOUR)
    room.worked_on("other-1", 41 * DAY, HOUR)  # all that it ever sent


def _sent_meanwhile(room: Happenings) -> None:
    room.readings(timedelta(0), 999.0, "air-1", "other-1", "gauge-1")


def _worked_on_longer(room: Happenings) -> None:
    room.worked_on("air-1", HOUR, 2 * HOUR, "ganti dua sensor")


def _done(room: Happenings) -> None:
    end_window(room.url, "air-1", now() - 70 * timedelta(minutes=1), WIB)
    end_window(room.url, "other-1", now() - 3 * DAY, WIB)
    room.readings(timedelta(0), 14.0)


def _asked_again(room: Happenings) -> None:
    asyncio.run(request_retry(room.url, None))
    room.forget_refused()
    room.refused(b"z")
    room.beat("ingest", 3)


def _tidied(room: Happenings) -> None:
    with psycopg.connect(room.url) as connection:
        connection.execute("UPDATE retry_requests SET done_at = clock_timestamp(), understood = 2, kept = 0")
        connection.execute("DELETE FROM forecasts WHERE valid_at < now()")
        connection.execute("DELETE FROM quakes")
    with closing(Upkeep(room.url)) as upkeep:
        upkeep.tidy(CITY.retention_days, CITY.replay_days)
    room.readings(5 * timedelta(minutes=1), 20.0)
    room.beat("maintenance", 1)


STEPS: Sequence[Callable[[Happenings], None]] = (
    _first, _late, _again, _cases, _case_steps, _case_reopened, _news, _more_news, _devices, _devices_again, _alarms,
    _alarm_steps, _more_alarm_steps, _handed_over, _taken_over, _worked_on, _sent_meanwhile, _worked_on_longer, _done,
    _asked_again, _tidied,
)  # fmt: skip
"""Each is one thing that the room comes to know, or forget."""
