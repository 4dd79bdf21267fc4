"""One question about one stream, and the statements that answer it.

Values stand in a statement as literals that psycopg has quoted: what a page shows an analyst is word for word what the
room has run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, LiteralString

from psycopg import sql

from data.analysis.streams import LAT, LON, Field, Stream
from sensors.kinds import KINDS

Step = Literal["hour", "day", "week", "month"]
Filters = tuple[tuple[str, tuple[str, ...]], ...]
SCHEMA: LiteralString = "analisis"


@dataclass(frozen=True, slots=True)
class Asked:
    """A stream from `since` to before `until`, whole days of the city's `zone`; `filters` by name, any of the words.

    A question with a `step` is about sums of steps of time; of readings it is about one kind, of prices one commodity.
    """

    stream: Stream
    since: datetime
    until: datetime
    zone: str
    filters: Filters = ()
    step: Step | None = None

    def one(self, name: str) -> str | None:
        """The only word of a filter; None where it has none or several."""
        words = dict(self.filters).get(name, ())
        return words[0] if len(words) == 1 else None

    def within(self, since: datetime, until: datetime) -> Asked:
        """The same about a part of its time."""
        return replace(self, since=since, until=until)

    @property
    def adds_up(self) -> bool:
        """Whether the figure of a step is a sum: rain, vehicles."""
        kind = KINDS.get(self.one("kind") or "")
        return self.stream.key == "readings" and kind is not None and kind.aggregate == "sum"


def buckets(asked: Asked) -> sql.Composed:
    """Its steps in order of time: `at`, `n`, `value`, `low`, `high`, and from how many `sources`."""
    step = sql.SQL("date_trunc({}, {}, {})").format(
        sql.Literal(asked.step), sql.SQL(asked.stream.time), sql.Literal(asked.zone)
    )
    return sql.SQL("SELECT {} AS at, {}\nFROM {}\nWHERE {}\nGROUP BY 1\nORDER BY 1").format(
        step, _sums(asked), _summed(asked), _where(asked)
    )


def total(asked: Asked) -> sql.Composed:
    """All of its time as one step: `n`, `value`, `low`, `high`, `sources`."""
    return sql.SQL("SELECT {}\nFROM {}\nWHERE {}").format(_sums(asked), _summed(asked), _where(asked))


def rows(asked: Asked, fields: Sequence[sql.Composable], *, placed: bool = False) -> sql.Composed:
    """Its rows, in no promised order; `placed` ones have a position."""
    return sql.SQL("SELECT {}\nFROM {}\nWHERE {}").format(
        sql.SQL(", ").join(fields), _view(asked.stream.view), _where(asked, placed=placed)
    )


def page(asked: Asked, after: Sequence[object], limit: int) -> sql.Composed:
    """So many of its rows, the newest first, from `after` on: the time and the ties of the last row before."""
    order = [asked.stream.time, *asked.stream.ties]
    key = sql.SQL(", ").join(map(sql.SQL, order))
    past: sql.Composable = sql.SQL("")
    if after:
        past = sql.SQL(" AND ({}) < ({})").format(key, sql.SQL(", ").join(map(sql.Literal, after)))
    return sql.SQL("SELECT {}\nFROM {}\nWHERE {}{}\nORDER BY {}\nLIMIT {}").format(
        sql.SQL(", ").join(map(plain, asked.stream.fields)),
        _view(asked.stream.view),
        _where(asked),
        past,
        sql.SQL(", ").join(sql.SQL("{} DESC").format(sql.SQL(name)) for name in order),
        sql.Literal(limit),
    )


def plain(field: Field) -> sql.Composed:
    """A field as it is, under the interface's name."""
    return sql.SQL("{} AS {}").format(sql.SQL(field.column), sql.SQL(field.name))


def slices(asked: Asked) -> list[Asked]:
    """The same question in stretches of time that one statement reads at once."""
    length, at, found = timedelta(days=asked.stream.slice_days), asked.since, list[Asked]()
    while at < asked.until:
        end = min(at + length, asked.until)
        found.append(asked.within(at, end))
        at = end
    return found


def _sums(asked: Asked) -> sql.Composable:
    if asked.stream.key == "readings":
        value = "sum(jumlah)" if asked.adds_up else "sum(jumlah) / sum(banyak)"
        return sql.SQL(
            "coalesce(sum(banyak), 0)::bigint AS n, {} AS value, min(terendah) AS low, max(tertinggi) AS high, "
            "count(DISTINCT perangkat) AS sources"
        ).format(sql.SQL(value))
    if asked.stream.key == "prices":
        return sql.SQL(
            "count(*) AS n, avg(harga)::float8 AS value, min(harga)::float8 AS low, max(harga)::float8 AS high, "
            "count(DISTINCT pasar) AS sources"
        )
    return sql.SQL("count(*) AS n, count(*)::float8 AS value, NULL::float8 AS low, NULL::float8 AS high, 0 AS sources")


def _summed(asked: Asked) -> sql.Composable:
    """The view whose sums are the steps: readings are summed up already, by hours or by days of the city."""
    if asked.stream.key == "readings":
        return _view("pembacaan_jam" if asked.step == "hour" else "pembacaan_hari")
    return _view(asked.stream.view)


def _view(name: LiteralString) -> sql.Composable:
    return sql.SQL("{}.{}").format(sql.SQL(SCHEMA), sql.SQL(name))


def _where(asked: Asked, *, placed: bool = False) -> sql.Composable:
    time = sql.SQL(asked.stream.time)
    said: list[sql.Composable] = [
        sql.SQL("{} >= {} AND {} < {}").format(time, sql.Literal(asked.since), time, sql.Literal(asked.until))
    ]
    if asked.stream.counted and (asked.step is None or asked.stream.key != "readings"):
        said.append(sql.SQL("dihitung"))
    for name, words in asked.filters:
        column = sql.SQL(asked.stream.filters[name])
        if len(words) == 1:
            said.append(sql.SQL("{} = {}").format(column, sql.Literal(words[0])))
        else:
            said.append(sql.SQL("{} = ANY({})").format(column, sql.Literal(list(words))))
    if placed:
        said.append(sql.SQL("{} IS NOT NULL AND {} IS NOT NULL").format(sql.SQL(LAT), sql.SQL(LON)))
    return sql.SQL("\n  AND ").join(said)
