"""Open cases of the other services, by kelurahan and as points: calls for help, permits, police and so on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts.findings.case_places import CASE_HEADS, CASE_SIGNS, case_entries
from layouts.layer import Entry, Layer
from layouts.panel import Context, Question, Rows


def _entries(rows: Rows, context: Context) -> Sequence[Entry]:
    return case_entries(rows, context.city, list(context.city.services)[1:])


LAYER = Layer(
    key="other_cases",
    title="Kasus layanan lain",
    place=42,
    form="dots",
    name_head="Kelurahan",
    heads=lambda _: CASE_HEADS,
    questions=(Question("case_places", every=1.0),),
    streams=frozenset({"cases"}),
    entries=_entries,
    legend=lambda _: CASE_SIGNS,
    late_after=timedelta(days=1),
    stale_after=timedelta(days=7),
    shown=False,
    ages=False,
    nothing="Belum ada kasus layanan lain yang diterima.",
)
