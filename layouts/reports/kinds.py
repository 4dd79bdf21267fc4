"""The reports there are, by the name in their address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from layouts.reports import daily, monthly, weekly
from layouts.reports.facts import Facts
from layouts.reports.paper import Paper


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report. `period` is the word of its address; `owned`: it is about one agency; `questions` feed it.

    `compared` of them are asked of the period before too; `template` names the file in `templates/`.
    """

    name: str
    title: str
    period: str
    questions: tuple[str, ...]
    paper_of: Callable[[Facts], Paper]
    compared: tuple[str, ...] = ()
    owned: bool = False
    template: str = "laporan"


REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        report.name: report
        for report in (
            Report(daily.NAME, daily.TITLE, daily.PERIOD, daily.QUESTIONS, daily.paper_of),
            Report(
                weekly.NAME, weekly.TITLE, weekly.PERIOD, weekly.QUESTIONS, weekly.paper_of, weekly.COMPARED, owned=True
            ),
            Report(monthly.NAME, monthly.TITLE, monthly.PERIOD, monthly.QUESTIONS, monthly.paper_of, monthly.COMPARED),
        )
    }
)
"""By name."""
