"""Reports by the clock: whatever the pack's reports.toml asks for and is not there yet, made once and told once.

The folder is the ledger: a report whose file is there is not made again. A letter leaves a note beside the file before
it is sent; in doubt, when the process died in between, it is not sent a second time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.reports.maker import Maker, Order
from data.errors import DataError
from data.mail import MailError, check_mail, post
from layouts.errors import LayoutError
from layouts.reports.kinds import REPORTS
from layouts.reports.periods import period_of
from sensors.city import City, PlannedReport
from sensors.outlets import MAIL, Channel

FOLDER = "laporan"
"""Below the state folder."""
LOOK_SECONDS = 30.0
SENDING, SENT = "sending", "sent"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A report whose time has come, and where it goes."""

    plan: PlannedReport
    order: Order
    file: Path

    @property
    def note(self) -> Path:
        """Beside the file: how far its letter got."""
        return self.file.with_suffix(".mail")


class Schedule:
    """Makes what is due. Raises `DashboardError` for a plan whose mail channel the operator's file does not have."""

    def __init__(self, city: City, maker: Maker, folder: Path, channels: Mapping[str, Channel]) -> None:
        """Take what is planned, who makes it, where files go and by what letters go."""
        self._city, self._maker, self._folder, self._channels = city, maker, folder, channels
        for plan in city.reports.values():
            self._check(plan)

    def due(self, now: datetime) -> Iterator[Due]:
        """What should be there by now: of each plan the last period that is over, from its hour on."""
        for plan in self._city.reports.values():
            report = REPORTS[plan.report]
            period = period_of(report.period, "", self._city, now)
            if now < datetime.combine(period.until.astimezone(self._city.zone).date(), plan.at, self._city.zone):
                continue
            for about in plan.agencies or ("",):
                order = Order(report, period, about)
                yield Due(plan, order, self._folder / plan.folder / order.file)

    async def turn(self, now: datetime) -> int:
        """Make and tell what is missing; return how many files were made. What fails is tried at the next turn."""
        made = 0
        for each in self.due(now):
            try:
                if not each.file.exists():
                    await self._make(each)
                    made += 1
                if each.plan.mail and not each.note.exists():
                    await asyncio.to_thread(self._post, each)
            except (DataError, LayoutError, DashboardError, OSError) as error:
                _log.warning("report %s: %s: trying again", each.file.name, error)
        return made

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            await self.turn(datetime.now(self._city.zone))
            await asyncio.sleep(LOOK_SECONDS)

    async def _make(self, due: Due) -> None:
        body = await self._maker.make(due.order)
        await asyncio.to_thread(_write, due.file, body)
        _log.info("made %s", due.file)

    def _post(self, due: Due) -> None:
        """One letter, told of before it is sent: a note that is there says that somebody else is at it."""
        channel = self._channels[due.plan.mail]
        with due.note.open("x", encoding="utf-8") as note:
            note.write(f"{SENDING}\n")
        try:
            post(channel.address, _letter(due, channel, self._city))
        except MailError:
            due.note.unlink()
            raise
        due.note.write_text(f"{SENT}\n", encoding="utf-8")

    def _check(self, plan: PlannedReport) -> None:
        if not plan.mail:
            return
        channel = self._channels.get(plan.mail)
        if channel is None or channel.kind != MAIL:
            raise DashboardError(
                f"reports.toml: {plan.key}: mail: found {plan.mail!r}, expected a channel of kind mail in the file "
                "that LIVEROOM_NOTIFY names"
            )
        check_mail(channel.key, channel.address, channel.to, channel.sender)


def _write(file: Path, body: bytes) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    partial.write_bytes(body)
    partial.replace(file)


def _letter(due: Due, channel: Channel, city: City) -> EmailMessage:
    period, letter = due.order.period, EmailMessage()
    owner = city.agencies.get(due.order.about)
    whose = f", {owner.short}" if owner else ""
    letter["Subject"] = f"{due.order.report.title}{whose}: {period.words}, {city.name}"
    letter["From"], letter["To"] = channel.sender, ", ".join(channel.to)
    letter["Date"] = format_datetime(period.until.astimezone(city.zone))
    letter["Message-ID"] = f"<{due.plan.key}-{due.file.stem}.{city.key}@liveroom>"
    letter.set_content(f"{due.order.report.title}{whose}, {period.words}, {period.until_words(city)}: terlampir.\n")
    letter.add_attachment(due.file.read_bytes(), maintype="application", subtype="pdf", filename=due.file.name)
    return letter
