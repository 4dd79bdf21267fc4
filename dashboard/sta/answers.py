"""Entities with their links, page by page, and what is to be given along with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from dashboard.sta.entities import ENTITIES, TIME, Entity, Link
from dashboard.sta.errors import QueryError
from dashboard.sta.options import EXPAND, ORDER, SKIP, TOKEN, Options, Token, write_token
from dashboard.sta.records import Record
from data.selecting import Compare, Every, Selection, count, select, select_each
from data.store import Store
from layouts.panel import Row
from sensors.city import City
from sensors.kinds import KINDS

MOST_COUNTED = 1_000_000
SPANS = (timedelta(hours=1), timedelta(days=1), timedelta(days=16))
"""How far back a set is looked through that is too large to be sorted, before all of it is."""
MOST_ALONG = 20_000
"""Entities that one `$expand` may give along in all: those of the page times `$top` within."""


@dataclass(frozen=True)
class Answers:
    """What the store answers for one city."""

    city: City
    store: Store

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What the pack calls devices and kinds, as the questions take it."""
        pack = [
            {
                "key": device.key, "name": device.name, "description": f"{device.name} ({device.place})",
                "lat": device.point.lat, "lon": device.point.lon, "approximate": device.point.approximate,
                "district": device.district, "subdistrict": device.subdistrict, "agency": device.agency,
            }
            for device in self.city.devices.values()
        ]  # fmt: skip
        words = [{"key": kind.key, "name": kind.name, "unit": kind.unit} for kind in KINDS.values()]
        return {"pack": json.dumps(pack), "words": json.dumps(words)}

    def selection(self, entity: Entity, options: Options, same: Mapping[str, Any]) -> Selection:
        """Return what to ask for one more row than a page has, so that it is known whether there is another."""
        order = options.order or entity.usual
        return Selection(entity.question, self._words, same, options.where, order, options.top + 1, options.skip)

    async def one(self, entity: Entity, same: Mapping[str, Any]) -> Row | None:
        """Return the only row with these values."""
        rows = await select(self.store, Selection(entity.question, self._words, same, rows=1))
        return rows[0] if rows else None

    async def page(self, entity: Entity, options: Options, same: Mapping[str, Any], root: str, here: str) -> Record:
        """Return a page of an entity set; `here` is its address without options."""
        asked = self.selection(entity, options, same)
        if entity.vast and not same:
            rows = await self._newest_first(asked, options)
        else:
            rows = await select(self.store, asked)
        told: Record = {}
        if options.counted:
            total = await count(self.store, asked, MOST_COUNTED + 1)
            if total <= MOST_COUNTED:  # beyond it a count would cost more than it says
                told["@iot.count"] = total
        told |= _further(options, rows, here)
        told["value"] = await self.records(entity, rows[: options.top], options, root)
        return told

    async def _newest_first(self, asked: Selection, options: Options) -> Sequence[Row]:
        """Return a page of a set that is too large to be sorted: of the last hour, or if it holds too few, of more."""
        if asked.order[0][0] != TIME:
            raise QueryError(ORDER, options.told[ORDER], "phenomenonTime first, or the Observations of one Datastream")
        newest = options.token.at if options.token else (await self.store.ask("sta_newest", {}))[0]["newest"]
        if newest is not None and asked.order[0][1]:
            for span in SPANS:
                since = Compare(TIME, "time", ">=", newest - span)
                where = since if asked.where is None else Every((asked.where, since))
                rows = await select(self.store, replace(asked, where=where))
                if len(rows) == asked.rows:
                    return rows
        return await select(self.store, asked)

    async def records(self, entity: Entity, rows: Sequence[Row], options: Options, root: str) -> list[Record]:
        """Return rows as entities, with what is to be given along."""
        records = [_record(entity, row, options, root) for row in rows]
        for name, inside in options.expand.items():
            await self._along(entity.links[name], name, rows, records, inside, root)
        return records

    async def _along(
        self, link: Link, name: str, rows: Sequence[Row], records: Sequence[Record], inside: Options, root: str
    ) -> None:
        """Put into each record what the link leads to: all of it by one question."""
        target = ENTITIES[link.target]
        if link.many and len(rows) * inside.top > MOST_ALONG:
            raise QueryError(EXPAND, name, f"at most {MOST_ALONG} in all: a smaller $top, here or within")
        options = inside if link.many else replace(inside, top=1, skip=0)
        own = [[int(row[mine]) for mine, _ in link.pairs] for row in rows]
        parents = list(dict.fromkeys(map(tuple, own)))
        asked = self.selection(target, options, {})
        found = await select_each(self.store, asked, [theirs for _, theirs in link.pairs], parents) if parents else []
        by_parent: dict[int, list[Row]] = {number: [] for number in range(len(parents))}
        for row in found:
            by_parent[row["parent"]].append(row)
        kept = [row for rows_of in by_parent.values() for row in rows_of[: options.top]]
        told = {id(row): each for row, each in zip(kept, await self.records(target, kept, options, root), strict=True)}
        for record, parent in zip(records, own, strict=True):
            rows_of = by_parent[parents.index(tuple(parent))]
            mine = [told[id(row)] for row in rows_of[: options.top]]
            if link.many:
                record[name] = mine
                further = _further(options, rows_of, f"{record['@iot.selfLink']}/{name}")
                record |= {f"{name}{key}": address for key, address in further.items()}
            else:
                record[name] = mine[0] if mine else None


def _record(entity: Entity, row: Row, options: Options, root: str) -> Record:
    """One entity: its number, its address, what it says, and where its links lead."""
    number = entity.number(row)
    here = f"{root}/{entity.name}({number if isinstance(number, int) else repr(number)})"
    told = entity.record(row, root)
    links = [name for name in entity.links if name not in options.expand]
    if options.select:
        told = {name: value for name, value in told.items() if name in options.select}
        links = [name for name in links if name in options.select]
    ways = {f"{name}@iot.navigationLink": f"{here}/{name}" for name in links}
    return {"@iot.id": number, "@iot.selfLink": here, **told, **ways}


def _further(options: Options, rows: Sequence[Row], here: str) -> Record:
    """The address of the next page; none at the end.

    What is sorted by time goes on from a time, however long it is; the rest by `$skip`, which is refused where it goes
    too far.
    """
    page = rows[: options.top]
    if len(rows) <= options.top or not page:
        return {}
    told = {name: value for name, value in options.told.items() if name not in (SKIP, TOKEN)}
    token = _token_after(options, page)
    told |= {SKIP: str(options.skip + options.top)} if token is None else {TOKEN: write_token(token)}
    return {"@iot.nextLink": f"{here}?{urlencode(told, safe='$(),;=/:~', quote_via=quote)}"}


def _token_after(options: Options, page: Sequence[Row]) -> Token | None:
    """Where the page after this one begins; None where that is not a matter of time, or not known."""
    if not options.order or options.order[0][0] != TIME:
        return None
    last = page[-1][TIME]
    seen = sum(row[TIME] == last for row in page)
    if options.token is not None:  # what was skipped is all of its time
        return Token(last, seen + (options.skip if options.token.at == last else 0))
    return Token(last, seen) if seen < len(page) or not options.skip else None
