"""Reports by the clock: when each is due, that it is made once, and that its letter is sent once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.errors import DashboardError
from dashboard.reports.maker import Maker
from dashboard.reports.schedule import Schedule
from data.errors import DatabaseAway
from data.mail import MailError
from layouts.panel import Row
from layouts.reports.kinds import REPORTS
from sensors.city import City, PlannedReport
from sensors.outlets import Channel
from sensors.pack.reports import NAMES, OWNED
from tests.pack import CITY
from tests.postbox import mail_server

MORNING = datetime(2026, 11, 30, 5, 30, tzinfo=CITY.zone)  # a Monday
DAILY = PlannedReport("harian", "harian", time(5, 30), "hari", "", ())
WEEKLY = PlannedReport("mingguan", "mingguan", time(6), "minggu", "", ("dpupr", "dlh"))
MAILED = replace(DAILY, mail="surat")


def post(port: int = 9, kind: str = "mail") -> Channel:
    address = f"smtp://127.0.0.1:{port}"
    return Channel("surat", kind, address, "", ("wali@example.go.id",), "ruang@example.go.id", (), (), ())


class Asked:
    """Answers every question with nothing, or not at all, and counts."""

    def __init__(self) -> None:
        self.times, self.away = 0, False

    async def ask(self, _name: str, _params: Mapping[str, Any]) -> list[Row]:
        self.times += 1
        if self.away:
            raise DatabaseAway("away")
        return []


def schedule(
    folder: Path, *plans: PlannedReport, asked: Asked | None = None, channel: Channel | None = None
) -> Schedule:
    city: City = replace(CITY, reports={plan.key: plan for plan in plans})
    channels = {channel.key: channel} if channel else {}
    return Schedule(city, Maker(city, (asked or Asked()).ask, simulated=False), folder, channels)


def turn(what: Schedule, now: datetime = MORNING) -> int:
    return asyncio.run(what.turn(now))


def test_the_pack_knows_the_reports_there_are() -> None:
    assert set(NAMES) == set(REPORTS)
    assert [name for name, report in REPORTS.items() if report.owned] == [OWNED]
    assert CITY.reports


def test_a_report_is_due_from_its_hour_on_after_its_period_is_over(tmp_path: Path) -> None:
    planned = schedule(tmp_path, DAILY, WEEKLY)
    early = [each.file.name for each in planned.due(MORNING - timedelta(minutes=1))]
    assert early == []
    assert [each.file.name for each in planned.due(MORNING)] == ["laporan-harian-2026-11-29.pdf"]
    later = [each.file.relative_to(tmp_path).as_posix() for each in planned.due(MORNING + timedelta(hours=1))]
    assert later == [
        "hari/laporan-harian-2026-11-29.pdf",
        "minggu/laporan-mingguan-dpupr-2026-W48.pdf",
        "minggu/laporan-mingguan-dlh-2026-W48.pdf",
    ]


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    asked = Asked()
    assert turn(schedule(tmp_path, DAILY, asked=asked)) == 1
    made, times = (tmp_path / "hari" / "laporan-harian-2026-11-29.pdf").read_bytes(), asked.times
    assert made.startswith(b"%PDF-")
    assert turn(schedule(tmp_path, DAILY, asked=asked)) == 0
    assert asked.times == times
    assert [path.name for path in (tmp_path / "hari").iterdir()] == ["laporan-harian-2026-11-29.pdf"]


def test_while_the_database_is_away_nothing_is_left_half_done(tmp_path: Path) -> None:
    asked = Asked()
    asked.away = True
    planned = schedule(tmp_path, DAILY, asked=asked)
    assert turn(planned) == 0
    assert not list(tmp_path.rglob("*.*"))
    asked.away = False
    assert turn(planned) == 1


def test_the_letter_brings_the_report_once(tmp_path: Path) -> None:
    with mail_server() as (port, letters):
        for _ in range(3):
            turn(schedule(tmp_path, MAILED, channel=post(port)))
    [letter] = letters
    assert letter["Subject"] == "Laporan harian: Minggu, 29 November 2026, Kota Tangerang"
    assert letter["To"] == "wali@example.go.id"
    [attached] = list(letter.iter_attachments())
    assert attached.get_filename() == "laporan-harian-2026-11-29.pdf"
    assert attached.get_content() == (tmp_path / "hari" / "laporan-harian-2026-11-29.pdf").read_bytes()


def test_a_server_that_does_not_answer_is_tried_again(tmp_path: Path) -> None:
    turn(schedule(tmp_path, MAILED, channel=post(9)))
    with mail_server() as (port, letters):
        turn(schedule(tmp_path, MAILED, channel=post(port)))
    assert len(letters) == 1


def test_a_letter_that_was_perhaps_sent_is_not_sent_again(tmp_path: Path) -> None:
    turn(schedule(tmp_path, DAILY))
    (tmp_path / "hari" / "laporan-harian-2026-11-29.mail").write_text("sending\n")  # as a process that died leaves it
    with mail_server() as (port, letters):
        turn(schedule(tmp_path, MAILED, channel=post(port)))
    assert letters == []


@pytest.mark.parametrize("channel", [None, post(kind="webhook")])
def test_a_plan_without_its_mail_channel_stops_the_start(tmp_path: Path, channel: Channel | None) -> None:
    with pytest.raises(
        DashboardError, match=r"reports\.toml: harian: mail: found 'surat', expected a channel of kind mail"
    ):
        schedule(tmp_path, MAILED, channel=channel)


def test_a_channel_without_addresses_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(MailError, match="channel surat: to: expected addresses"):
        schedule(tmp_path, MAILED, channel=replace(post(), to=()))
