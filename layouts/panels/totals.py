"""Figures that disagree: a service's own summary that does not add up, and cases with steps their service forbids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from layouts import html, parts
from layouts.findings.totals import Flag, Summary, flags_of, summaries_of
from layouts.formats import number, short
from layouts.html import Element
from layouts.panel import Context, Fit, Panel, Question, Rows
from sensors.city import City, Service
from sensors.judge.totals import TotalsJudgement
from sensors.pack.totals import PARTS, TOTAL

LATE, STALE = timedelta(hours=3), timedelta(hours=24)
LISTED = 3
_WORDS = {"cases_total": "masuk", "cases_done": "selesai", "cases_working": "proses", "cases_waiting": "menunggu"}
_LONGEST_STEP, _LONGEST_WHOSE = 50, 68


def render(rows: Rows, context: Context) -> html.Section:
    """Draw every summary the pack ties to a service, then the newest cases with an impossible step."""
    summaries, flags = summaries_of(rows, context.city), flags_of(rows, context.city)
    seen = (row["observed_at"] for each in summaries for row in each.rows.values())
    observed = parts.newest([*seen, *(each.row["status_at"] for each in flags)])
    body: list[Element] = [_summary(each) for each in summaries]
    if not summaries:
        body.append(parts.nothing("Paket kota tidak memuat rekap layanan."))
    body.append(html.H3(parts.text("totals-flags", _flag_words(flags), "status rank-1" if flags else "")))
    body += [_flag(slot, flags, context.city) for slot in range(LISTED)]
    return parts.frame(
        PANEL, body, observed, empty=observed is None, note="rekap dari layanan sendiri dan urutan langkah kasus"
    )


def _summary(each: Summary) -> html.Div:
    key = each.service.key
    rank, words = _verdict(each.judged)
    sample = " (contoh)" if each.totals.sample else ""
    return html.Div(
        [
            html.Div(
                [
                    html.Span(f"Rekap {each.service.name}, tahun berjalan{sample}", className="name"),
                    parts.badge(f"totals-verdict-{key}", rank, words),
                ],
                className="totals-head",
            ),
            html.Div(
                [
                    _figure(each, TOTAL),
                    parts.text(
                        f"totals-sign-{key}", "≠" if each.judged and not each.judged.fits else "=", "totals-sign"
                    ),
                    *(part for kind in PARTS for part in _part(each, kind)),
                ],
                className="totals-sum",
            ),
            parts.text(f"totals-words-{key}", _words(each.judged), "sub"),
        ],
        className="totals-service",
    )


def _part(each: Summary, kind: str) -> list[Element]:
    figure = _figure(each, kind)
    return [figure] if kind == PARTS[0] else [html.Span("+", className="totals-sign"), figure]


def _figure(each: Summary, kind: str) -> html.Span:
    row, device = each.rows.get(kind), each.totals.device
    return html.Span(
        [
            parts.reading("totals", row, device, kind, classes="figure"),
            html.Span(_WORDS[kind], className="sub"),
        ],
        className="totals-figure",
    )


def _verdict(judged: TotalsJudgement | None) -> tuple[int, str]:
    if judged is None:
        return 0, "belum dapat dicocokkan"
    return (0, "cocok") if judged.fits else (2, f"tidak cocok: selisih {number(abs(judged.difference))}")


def _words(judged: TotalsJudgement | None) -> str:
    if judged is None:
        return "Menunggu keempat angka dari saat yang sama."
    said = f"{number(judged.total)} kasus masuk, {number(judged.parts)} kasus berstatus"
    if judged.fits:
        return f"{said}: setiap kasus punya satu status."
    missing = f"{number(judged.difference)} tanpa status" if judged.difference > 0 else "ada yang terhitung dua kali"
    return f"{said}: {missing}."


def _flag_words(flags: Sequence[Flag]) -> str:
    if not flags:
        return "○ Tidak ada langkah tak wajar dalam 30 hari"
    return f"◆ {number(flags[0].row['n'])} kasus dengan langkah tak wajar, 30 hari"


def _flag(slot: int, flags: Sequence[Flag], city: City) -> html.Div:
    each = flags[slot] if slot < len(flags) else None
    case = f"{each.row['service']}/{each.row['case_id']}" if each else None
    return html.Div(
        [
            parts.text(f"totals-step-{slot}", _step(each) if each else "", "name"),
            parts.ago(f"totals-at-{slot}", each.row["status_at"] if each else None),
            parts.text(f"totals-whose-{slot}", _whose(each, city) if each else "", "sub"),
        ],
        id=f"totals-flag-{slot}",
        className="totals-flag" if each else "totals-flag unused",
        **parts.marked(case=case, status=each.row["status"] if each else None),
    )


def _step(each: Flag) -> str:
    if each.step is None:
        return "urutan status berubah"
    before, after = each.step
    if before is None:
        return short(f"dibuka sebagai {_name(each.service, after)}", _LONGEST_STEP)
    return short(f"{_name(each.service, before)} → {_name(each.service, after)}", _LONGEST_STEP)


def _name(service: Service, status: str) -> str:
    return service.statuses[status].name.lower() if status in service.statuses else status


def _whose(each: Flag, city: City) -> str:
    agency = city.agencies.get(each.row["agency"] or "")
    words = [each.row["case_id"], each.service.name, *([agency.short] if agency else [])]
    return short(" · ".join(words), _LONGEST_WHOSE)


PANEL = Panel(
    key="totals",
    title="Kecocokan data",
    streams=frozenset({"cases", "readings"}),
    questions=(Question("latest_readings"), Question("case_flags", every=5.0)),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    look="agencies",
    every=0.5,
    fit=Fit(width=41, height=12, rows=(".totals-service", ".totals-flag")),
)
