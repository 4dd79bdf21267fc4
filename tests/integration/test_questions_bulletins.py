"""What the questions about bulletins, forecasts and earthquakes answer, and that they go by an index."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from data.queries import questions
from data.records import Bulletin, Message
from sensors.forecast import Forecast
from sensors.quake import Quake
from tests.asking import PARAMS, answer, write
from tests.batches import NOW, message

pytestmark = pytest.mark.integration


def bulletin(channel: str, ident: str, hours: float, severity: str = "info", **more: Any) -> Message:  # noqa: ANN401
    """One issued some hours after `NOW`; `lasts` in hours."""
    issued, lasts = NOW + timedelta(hours=hours), more.pop("lasts", None)
    expires = None if lasts is None else issued + timedelta(hours=lasts)
    found = Bulletin(
        channel, ident, f"Judul {ident}", "Isi", severity, (), None, issued, expires, alert_id=ident, **more
    )
    return message("bulletins", bulletins=(found,))


def test_the_news_are_the_newest_of_each_channel(database_url: str) -> None:
    many = (bulletin("berita", f"b-{n:02}", -n) for n in range(15))
    apart = (
        bulletin("bmkg", "old", -24 * 31),
        bulletin("bmkg", "far", -1, elsewhere=True),
        bulletin("bmkg", "ended", -1, kind="cancel", replaces=("x",)),
    )
    write(database_url, *many, bulletin("e-paper", "e", -2.5, severity="waspada"), *apart)
    found = [row["id"] for row in answer(database_url, "news")]
    assert found == ["b-00", "b-01", "b-02", "e", *(f"b-{n:02}" for n in range(3, 12))]
    last = [
        (row["channel"], (row["issued_at"] - NOW).total_seconds() / 3600)
        for row in answer(database_url, "bulletin_last")
    ]
    assert last == [("berita", 0), ("bmkg", -1), ("e-paper", -2.5)]


def test_what_ended_lately_is_told_with_how_it_ended(database_url: str) -> None:
    # NOW is 07:00 WIB: the local day is seven hours old.
    write(
        database_url,
        bulletin("bmkg", "by-clock", -5, "waspada", lasts=3),
        bulletin("bmkg", "day-before", -20, "awas", lasts=12),
        bulletin("bmkg", "long-ago", -14 * 24, "awas", lasts=12),
        bulletin("bmkg", "in-force", -2, "siaga", lasts=3),
        bulletin("bmkg", "notice", -5, "info", lasts=3),
        bulletin("bmkg", "cancelled", -4, "siaga", lasts=8),
        bulletin("bmkg", "c", -1, kind="cancel", replaces=("cancelled", "replaced", "never-heard-of")),
        bulletin("bmkg", "replaced", -6, "siaga", lasts=8),
        bulletin("bmkg", "u", -4.5, "siaga", lasts=4, kind="update", replaces=("replaced",)),
        bulletin("bmkg", "far", -5, "awas", lasts=3, elsewhere=True),
        bulletin("polres", "cancelled", -26, "waspada"),
    )
    ended = [
        (row["channel"], row["id"], row["cancelled"], (row["ended_at"] - NOW).total_seconds() / 3600)
        for row in answer(database_url, "bulletins_ended")
    ]
    assert ended == [
        ("bmkg", "u", False, -0.5), ("bmkg", "cancelled", True, -1),
        ("bmkg", "by-clock", False, -2), ("polres", "cancelled", False, -2),
        ("bmkg", "day-before", False, -8),
    ]  # fmt: skip


def test_warnings_are_counted_by_local_day_and_level(database_url: str) -> None:
    write(
        database_url,
        bulletin("bmkg", "1", -1, "waspada"), bulletin("bmkg", "2", -2, "waspada"), bulletin("bmkg", "3", -8, "awas"),
        bulletin("bmkg", "4", -1, "waspada", kind="update", replaces=("1",)), bulletin("berita", "5", -1),
        bulletin("bmkg", "6", -13 * 24 - 8, "awas"), bulletin("bmkg", "7", 1, "awas"),
    )  # fmt: skip
    days = [(row["day"], row["severity"], row["n"]) for row in answer(database_url, "bulletin_days")]
    assert days == [(date(2026, 11, 20), "awas", 1), (date(2026, 11, 21), "waspada", 2)]


@pytest.mark.parametrize("name", ["bulletins_now", "bulletins_ended", "bulletin_days", "bulletin_last", "news"])
def test_a_question_about_bulletins_reads_by_index_what_it_needs(database_url: str, name: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO bulletins (channel, id, title, severity, issued_at, expires_at, received_at, kind, alert_id,
                                   replaces)
            SELECT 'channel-' || n %% 5, n, 'Judul', CASE WHEN n %% 5 > 1 THEN 'waspada' ELSE 'info' END, at,
                   CASE WHEN n %% 5 > 1 THEN at + interval '3 hours' END, at,
                   CASE WHEN n %% 50 = 2 THEN 'cancel' ELSE 'alert' END, n,
                   CASE WHEN n %% 50 = 2 THEN ARRAY[(n - 5)::text] ELSE '{}' END
            FROM generate_series(1, 20000) AS n, LATERAL (SELECT %(now)s - n * interval '26 minutes' AS at) AS times
            """,
            PARAMS,
        )
        connection.execute("ANALYZE bulletins")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    plan = "\n".join(row[0] for row in rows)
    assert "Seq Scan on bulletins" not in plan, plan


def forecast_of(code: str, hours: float) -> Forecast:
    at = NOW + timedelta(hours=hours)
    return Forecast("bmkg", code, at, NOW, 27.0, 80.0, 1.5, 60, "Hujan Ringan", 9.0, "NW", 90.0)


def test_the_forecast_is_of_the_step_that_has_begun_and_the_seven_after_it(database_url: str) -> None:
    found = [forecast_of("36.71.01.1001", hours) for hours in (-6, -3, -2.9, 0, 3, 18, 21, 24)]
    write(database_url, message("bulletins", forecasts=(*found, forecast_of("36.71.01.1002", 3))))
    hours = [(row["valid_at"] - NOW) / timedelta(hours=1) for row in answer(database_url, "forecast_steps")]
    assert hours == [-2.9, 0, 3, 3, 18, 21]


def test_the_newest_earthquakes_come_first(database_url: str) -> None:
    at = [NOW - timedelta(hours=hours) for hours in (3, 1, 2, -1)]
    found = tuple(Quake("bmkg", str(n), when, -7.0, 106.0, 4.5, 10.0, None, None, None) for n, when in enumerate(at))
    write(database_url, message("bulletins", quakes=found))
    assert [row["id"] for row in answer(database_url, "quakes_recent")] == ["1", "2", "0"]


def test_forecasts_and_earthquakes_say_too_when_their_channels_spoke_last(database_url: str) -> None:
    shaken = Quake("bmkg-gempa", "1", NOW - timedelta(hours=2), -6.8, 107.0, 4.8, 10.0, "Cianjur", None, None)
    write(database_url, message("bulletins", forecasts=(forecast_of("36.71.01.1001", 3),), quakes=(shaken,)))
    last = {row["channel"]: row["issued_at"] for row in answer(database_url, "bulletin_last")}
    assert last.keys() == {"bmkg-gempa", forecast_of("36.71.01.1001", 3).channel}
    assert last["bmkg-gempa"] == NOW - timedelta(hours=2)


@pytest.mark.parametrize(("name", "table"), [("forecast_steps", "forecasts"), ("quakes_recent", "quakes")])
def test_forecasts_and_earthquakes_are_read_by_their_time(database_url: str, name: str, table: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            """
            INSERT INTO forecasts (subdistrict, valid_at, analysed_at, received_at, channel)
            SELECT place, %(now)s + step * interval '3 hours', %(now)s, %(now)s, 'bmkg'
            FROM generate_series(1, 104) AS place, generate_series(-60, 24) AS step
            """,
            PARAMS,
        )
        connection.execute(
            """
            INSERT INTO quakes (id, at, received_at, channel, lat, lon, magnitude)
            SELECT n, %(now)s - n * interval '4 hours', %(now)s, 'bmkg', 0, 0, 5 FROM generate_series(1, 5000) AS n
            """,
            PARAMS,
        )
        connection.execute("ANALYZE forecasts, quakes")
        rows = connection.execute(b"EXPLAIN " + questions()[name].encode(), PARAMS).fetchall()
    assert f"Seq Scan on {table}" not in "\n".join(row[0] for row in rows)
