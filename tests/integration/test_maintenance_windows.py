"""A device that is worked on: what it sends is stored and counts nowhere, whenever it was said and whoever writes."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from data.errors import DataError
from data.maintenance_windows import MaintenanceWindow, end_window, set_window, windows
from tests.asking import answer
from tests.batches import NOW, WIB, ask, reading, readings, rollup_differences, writer

pytestmark = pytest.mark.integration

HOUR = 3600


def window(device: str, since: float, until: float, reason: str = "ganti sensor") -> MaintenanceWindow:
    return MaintenanceWindow(device, NOW + timedelta(seconds=since), NOW + timedelta(seconds=until), reason)


def write(url: str, *seconds: float, device: str = "d", value: float = 1.0) -> None:
    with closing(writer(url)) as room:
        room.write([readings(reading(device, second, value)) for second in seconds])


def counted(url: str) -> int:
    assert rollup_differences(url) == []
    [(minutes, hours, days)] = ask(
        url,
        "SELECT (SELECT coalesce(sum(n), 0) FROM rollup_minute), (SELECT coalesce(sum(n), 0) FROM rollup_hour), "
        "(SELECT coalesce(sum(n), 0) FROM rollup_day)",
    )
    assert minutes == hours == days
    return int(minutes)


def newest(url: str) -> list[float]:
    found = ask(url, "SELECT extract(epoch FROM observed_at - %s)::int FROM latest_readings ORDER BY 1", NOW)
    return [row[0] for row in found]


def test_what_is_sent_meanwhile_is_stored_and_counts_nowhere(database_url: str) -> None:
    write(database_url, -HOUR, -60)
    set_window(database_url, window("d", 0, HOUR), WIB)
    write(database_url, 0, 30, HOUR - 1, value=999)
    write(database_url, 30, device="other")
    assert ask(database_url, "SELECT count(*) FROM readings WHERE value = 999") == [(3,)]
    assert counted(database_url) == 3
    assert newest(database_url) == [-60, 30]
    write(database_url, HOUR)  # the end is no longer part of it
    assert counted(database_url) == 4
    assert newest(database_url) == [30, HOUR]


def test_a_window_said_later_takes_out_what_was_counted(database_url: str) -> None:
    write(database_url, -3 * 24 * HOUR, -90, -30, 30, 90, 26 * HOUR)
    assert counted(database_url) == 6
    set_window(database_url, window("d", -60, HOUR), WIB)
    assert counted(database_url) == 3
    assert newest(database_url) == [26 * HOUR]
    set_window(database_url, window("d", 25 * HOUR, 27 * HOUR), WIB)
    assert counted(database_url) == 2
    assert newest(database_url) == [-90]


def test_a_device_all_of_whose_readings_are_taken_out_has_no_newest(database_url: str) -> None:
    write(database_url, 0, 60)
    set_window(database_url, window("d", -HOUR, HOUR), WIB)
    assert counted(database_url) == 0
    assert newest(database_url) == []
    end_window(database_url, "d", NOW - timedelta(seconds=30), WIB)
    assert counted(database_url) == 2
    assert newest(database_url) == [60]


def test_a_newest_older_than_all_that_is_kept_stays(database_url: str) -> None:
    write(database_url, 0)
    ask(database_url, "DELETE FROM readings RETURNING 1")  # as retention does
    set_window(database_url, window("d", HOUR, 2 * HOUR), WIB)
    assert newest(database_url) == [0]


def test_to_set_it_again_gives_it_another_end(database_url: str) -> None:
    write(database_url, 0, HOUR + 60)
    set_window(database_url, window("d", -60, HOUR), WIB)
    assert counted(database_url) == 1
    longer = set_window(database_url, window("d", 60, 2 * HOUR, "masih menunggu suku cadang"), WIB)
    assert (longer.starts_at, longer.ends_at) == (NOW - timedelta(seconds=60), NOW + timedelta(hours=2))
    assert counted(database_url) == 0
    set_window(database_url, window("d", 60, HOUR), WIB)
    assert counted(database_url) == 1
    assert ask(database_url, "SELECT count(*) FROM maintenance_windows") == [(1,)]


def test_a_window_of_another_device_or_time_is_left_alone(database_url: str) -> None:
    write(database_url, 0)
    write(database_url, 0, device="other")
    set_window(database_url, window("d", 0, 60), WIB)
    set_window(database_url, window("d", 60, 120), WIB)
    set_window(database_url, window("other", 0, 60), WIB)
    assert ask(database_url, "SELECT count(*) FROM maintenance_windows") == [(3,)]
    assert end_window(database_url, "d", NOW + timedelta(hours=9), WIB) is None
    assert counted(database_url) == 0


def test_a_device_never_heard_of_is_refused(database_url: str) -> None:
    with pytest.raises(DataError, match="'d': expected one that has been heard of"):
        set_window(database_url, window("d", 0, 60), WIB)
    with pytest.raises(DataError, match="heard of"):
        end_window(database_url, "d", NOW, WIB)


def test_windows_come_and_go_while_two_workers_write(database_url: str) -> None:
    write(database_url, -1, device="d-0")
    write(database_url, -1, device="d-1")
    done = threading.Event()

    def work(name: str) -> None:
        chance = random.Random(name)
        with closing(writer(database_url, name)) as room:
            while not done.is_set():
                found = (
                    reading(f"d-{chance.randrange(2)}", chance.random() * 7200, chance.random()) for _ in range(50)
                )
                room.write([readings(each) for each in found])

    workers = [threading.Thread(target=work, args=(f"ingest-{number}",)) for number in range(2)]
    for worker in workers:
        worker.start()
    try:
        chance = random.Random(7)
        for _ in range(40):
            start, device = chance.random() * 5000, f"d-{chance.randrange(2)}"
            set_window(database_url, window(device, start, start + 1 + chance.random() * 2000), WIB)
            end_window(database_url, device, NOW + timedelta(seconds=start + 0.5), WIB)
    finally:
        done.set()
        for worker in workers:
            worker.join()
    assert ask(database_url, "SELECT count(*) > 500 FROM readings") == [(True,)]
    assert rollup_differences(database_url) == []


def test_panels_hear_of_those_that_are_worked_on_now(database_url: str) -> None:
    write(database_url, 0)
    write(database_url, 0, device="other")
    set_window(database_url, window("d", -60, 60), WIB)
    set_window(database_url, window("other", 60, 120), WIB)
    [row] = answer(database_url, "maintenance_now")
    assert (row["device"], row["reason"], row["ends_at"]) == ("d", "ganti sensor", NOW + timedelta(seconds=60))
    assert answer(database_url, "maintenance_now", now=NOW + timedelta(seconds=130)) == []


def test_delays_tell_a_clock_that_runs_ahead(database_url: str) -> None:
    with closing(writer(database_url)) as room:
        room.write([readings(reading("air-1", second)) for second in (12, -2, -3, -7000)])  # all arrive at NOW
    [row] = answer(database_url, "device_delays", device="air-1", now=NOW + timedelta(minutes=1))
    assert (row["n"], row["shortest"], row["middle"], row["longest"]) == (4, -12, 2.5, 7000)
    assert answer(database_url, "device_delays", device="nobody") == []


def maintain(url: str, *said: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "data", "maintain", *said]
    # Not this machine's own settings: the database of this test and the pack of the repository.
    return subprocess.run(program, env={"LIVEROOM_DATABASE_URL": url}, capture_output=True, text=True, check=False)


def test_the_command_opens_lists_and_ends(database_url: str) -> None:
    write(database_url, 0, device="air-cikokol")
    assert maintain(database_url).stdout == "no device is worked on\n"
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    opened = maintain(database_url, "air-cikokol", "--until", until, "--reason", "kalibrasi")
    assert opened.returncode == 0, opened.stderr
    assert "air-cikokol: worked on from" in opened.stdout
    assert "kalibrasi" in maintain(database_url).stdout
    assert len(windows(database_url)) == 1
    assert maintain(database_url, "air-cikokol", "--end").stdout == "air-cikokol: done, its readings count again\n"
    assert maintain(database_url, "air-cikokol", "--end").stdout == "air-cikokol: was not worked on\n"
    assert windows(database_url) == []


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (("d", "--until", "2020-01-01T00:00", "--reason", "x"), "--until: found 2020-01-01T00:00, expected a time to"),
        (("d", "--until", "besok", "--reason", "x"), "--until: found besok, expected a time such as"),
        (("d", "--until", "2099-01-01T00:00"), "expected --until and --reason, or --end"),
        (("d", "--from", "2020-01-01", "--until", "2099-01-01", "--reason", "x"), "--from: found 2020-01-01, expected"),
        (("d", "--until", "2099-01-01T00:00", "--reason", "x\ny"), "--reason: expected one line"),
        (("entah", "--until", "2099-01-01T00:00", "--reason", "x"), "device 'entah': expected one that has been heard"),
    ],
)
def test_the_command_refuses_in_one_line(database_url: str, said: tuple[str, ...], line: str) -> None:
    refused = maintain(database_url, *said)
    assert refused.returncode == 1
    assert line in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert ask(database_url, "SELECT count(*) FROM maintenance_windows") == [(0,)]


def test_every_aggregate_is_counted_again(database_url: str) -> None:
    """A rollup that a later migration adds must be counted again too."""
    found = ask(database_url, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'rollup_%%' ORDER BY 1")
    assert [row[0] for row in found] == ["rollup_day", "rollup_hour", "rollup_minute"]
