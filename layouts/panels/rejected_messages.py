"""What was refused, message by message, with what it said; and the button by which it is read again.

For desks only: what strangers wrote does not hang on a wall. It is shown as it is, and never understood as anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from layouts import html, links, parts
from layouts.findings.streams import REASONS
from layouts.formats import clock, day, number, short
from layouts.html import Element
from layouts.panel import Context, Panel, Question, Row, Rows
from layouts.payloads import beginning
from layouts.translate import AS_IT_IS

LATE, STALE = timedelta(days=36_500), timedelta(days=36_501)
"""Silence is good here: what was refused once does not grow stale."""
KEY = links.REFUSED


def render(rows: Rows, context: Context) -> html.Section:
    """Draw which reason is chosen, the button with what became of its last press, and the messages, newest first."""
    found, state = rows.get("rejected_messages", ()), next(iter(rows.get("retry_state", ())), None)
    reason = context.options["reason"]
    body = [
        _choices(rows.get("rejected_reasons", ()), reason),
        _form(reason, shown=bool(found), runs=bool(state and state["beats"])),
        html.P(_retried(state, context) if state else "", id=f"{KEY}-retried", className="retried", role="status"),
        html.Div(_list(found, context, reason), id=f"{KEY}-list", className="refused"),
    ]
    total = found[0]["messages"] if found else 0
    note = f"{number(len(found))} terbaru dari {number(total)} pesan" if total > len(found) else ""
    observed = parts.newest([row["received_at"] for row in found] + ([state["done_at"]] if state else []))
    return parts.frame(PANEL, body, observed, empty=state is None, note=note)


def _words(reason: str) -> str:
    return REASONS.get(reason, short(reason, 40))


def _title(reason: str) -> str:
    words = _words(reason)
    return f"{words[0].upper()}{words[1:]}"


def _choices(found: Sequence[Row], chosen: str) -> html.Nav:
    """Every reason there is, as links; the chosen one also when nothing is left of it."""
    reasons = {row["reason"] for row in found} | ({chosen} if chosen else set())
    said = {"": "Semua alasan"} | {reason: _title(reason) for reason in sorted(reasons, key=_words)}
    return html.Nav(
        [
            html.A(
                words,
                href=links.refused(reason),
                className="choice chosen" if reason == chosen else "choice",
                **parts.aria(current="true" if reason == chosen else None),
            )
            for reason, words in said.items()
        ],
        id=f"{KEY}-reasons",
        className="choices",
        **parts.aria(label="Alasan"),
    )


def _form(reason: str, *, shown: bool, runs: bool) -> html.Form:
    """A plain form: it works where no script does."""
    which = f"yang ditolak karena {_words(reason)}" if reason else "semua yang ditolak"
    words = (
        f"Membaca ulang {which}. Perbaiki dulu paket kota lalu mulai ulang ruang ini: paket hanya dibaca saat mulai."
    )
    if not runs:
        words = "Pemeliharaan tidak berjalan: tombol ini tidak berbuat apa-apa sampai ia hidup lagi."
    return html.Form(
        [
            html.Button("Coba lagi", id=f"{KEY}-again", type="submit", className="button", disabled=not runs),
            html.Span(words, id=f"{KEY}-how", className="sub" if runs else "rank-2"),
        ],
        id=f"{KEY}-form",
        action=links.retry(reason),
        method="post",
        className="retry",
        hidden=not shown,
    )


def _retried(state: Row, context: Context) -> list[Element]:
    """What became of the newest request."""
    if state["requested_at"] is None:
        return []
    which = _title(state["reason"]) if state["reason"] else "Semua alasan"
    return [
        html.Span(f"{which}:", className="sub"),
        *_outcome(state),
        html.Span(f"· {_moment(state['done_at'] or state['requested_at'], context)}", className="sub"),
    ]


def _outcome(state: Row) -> Iterator[Element]:
    ident = f"{KEY}-outcome"
    if state["done_at"] is None:
        words = "Sedang dicoba lagi …" if state["beats"] else "Menunggu: pemeliharaan tidak berjalan"
        yield parts.badge(ident, 1 if state["beats"] else 2, words)
    elif state["failed"] is not None:
        yield parts.badge(ident, 3, "Gagal")
        yield html.Span(state["failed"], className="sub", **AS_IT_IS)
    else:
        words = f"{number(state['understood'])} dipahami, {number(state['kept'])} tetap ditolak"
        yield parts.text(ident, words)


def _moment(at: datetime, context: Context) -> str:
    return f"{day(at, context.city.zone)} {clock(at, context.city.zone)}"


def _list(found: Sequence[Row], context: Context, reason: str) -> Element:
    if not found:
        because = " dengan alasan ini" if reason else ""
        return parts.nothing(f"○ Tidak ada pesan yang ditolak{because}.")
    return html.Ol([_message(row, context, reason) for row in found])


def _message(row: Row, context: Context, reason: str) -> html.Li:
    ident = f"{KEY}-{row['id']}"
    facts = [
        html.Span([parts.ago(f"{ident}-ago", row["received_at"]), f" · {_moment(row['received_at'], context)}"]),
        *([] if reason else [html.Strong(html.A(_title(row["reason"]), href=links.refused(row["reason"])))]),
        html.Span(row["topic"], className="raw", **AS_IT_IS),
        html.Span(row["detail"], className="raw", **AS_IT_IS),
        parts.text(f"{ident}-times", _size(row, context), "sub"),
    ]
    return html.Li([html.Div(facts, className="refused-facts"), html.Div(list(_payload(row)))], id=ident)


def _size(row: Row, context: Context) -> str:
    first = f" sejak {_moment(row['first_received_at'], context)}" if row["times"] > 1 else ""
    return f"{number(row['times'])} kali{first} · {number(row['payload_bytes'])} byte"


def _payload(row: Row) -> Iterator[Element]:
    """What it said. What is not kept whole, because it was too large or named people, is not read again either."""
    shown = beginning(row["payload"], row["kept_bytes"])
    yield html.Pre(shown.text, className="raw", **AS_IT_IS) if shown.text else parts.nothing("Tanpa isi.")
    said = [
        *(["biner, ditulis dalam heksadesimal"] if shown.binary else []),
        *(["hanya awalnya"] if shown.more else []),
        *(["tidak disimpan utuh, jadi tidak ikut dibaca ulang"] if row["kept_bytes"] != row["payload_bytes"] else []),
    ]
    if said:
        yield html.Span(" · ".join(said), className="sub")


PANEL = Panel(
    key=KEY,
    title="Pesan yang ditolak, satu per satu",
    streams=frozenset({"rejected", "components"}),
    questions=(
        Question("rejected_messages", every=2.0),
        Question("rejected_reasons", every=2.0),
        Question("retry_state", every=0.5),
    ),
    render=render,
    late_after=LATE,
    stale_after=STALE,
    every=0.5,
    options=("reason",),
    desk_only=True,
)
