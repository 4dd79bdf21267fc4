"""Market prices of the day: what is above its reference or moved, and which markets said nothing."""

from __future__ import annotations

from layouts.findings.price_concerns import Concern, concerns
from layouts.findings.price_words import against, bound, change, local_date, market_name
from layouts.findings.prices import silent_markets
from layouts.findings.standings import Standing, newest_day, standings
from layouts.formats import NOTHING, number, rupiah
from layouts.reports.facts import Facts, listed
from layouts.reports.paper import Cell, Column, Figure, Section, Source, Table

QUESTIONS = ("price_board", "price_days")
_MOST = 12
_COLUMNS = (
    Column("Komoditas", part=1.3),
    Column("Median", "right"),
    Column("1 hari", "right"),
    Column("7 hari", "right"),
    Column("30 hari", "right"),
    Column("Acuan", "right", 1),
    Column("Thd acuan", "right"),
    Column("Pasar di atas acuan", "right"),
)


def section(facts: Facts) -> Section:
    """What the mayor is told of prices."""
    city, today = facts.city, facts.city.calendar.local_day(facts.moment)
    found = standings(facts.rows, city, facts.moment)
    told = concerns(found, today)
    above = [each for each in told if each.why == "above"]
    moved = [each for each in told if each.standing.week_level]
    silent = silent_markets(facts.rows, city, facts.moment)
    heard = len(city.markets) - len(silent)
    shown = list(told)
    return Section(
        "prices",
        "Harga pasar",
        said=(_said(above, moved, heard, facts),),
        figures=(
            Figure(
                "prices.above",
                "Komoditas di atas acuan",
                len(above),
                number(len(above)),
                f"dari {number(sum(each.reference is not None for each in found))} yang punya acuan",
                2 if above else 0,
            ),
            Figure("prices.moved", "Bergerak > ambang, 7 hari", len(moved), number(len(moved)), "", 1 if moved else 0),
            Figure(
                "prices.markets",
                "Pasar melapor",
                heard,
                number(heard),
                f"dari {number(len(city.markets))}",
                1 if silent else 0,
            ),
        ),
        blocks=(
            Table(
                _COLUMNS,
                tuple(_row(each) for each in shown[:_MOST]),
                empty="Belum ada harga dalam periode ini.",
                note=_note(found, shown, silent, facts),
            ),
        ),
        sources=tuple(_sources(found, facts)),
        newest=max((row["observed_at"] for row in facts.of("price_board")), default=None),
    )


def _said(above: list[Concern], moved: list[Concern], heard: int, facts: Facts) -> str:
    markets = f"{number(heard)} dari {number(len(facts.city.markets))} pasar melapor"
    if not above and not moved:
        return f"{markets}; tidak ada komoditas di atas acuan atau bergerak melebihi ambang."
    names = listed([f"{each.standing.commodity.name} {against(each.standing.over)}" for each in above], 3)
    first = f"{number(len(above))} komoditas di atas acuan ({names})" if above else "tidak ada komoditas di atas acuan"
    return f"{markets}; {first}; {number(len(moved))} bergerak melebihi ambang dalam 7 hari."


def _row(each: Concern) -> tuple[Cell, ...]:
    one = each.standing
    reference = one.reference
    return (
        Cell(f"{one.commodity.name}, {one.commodity.unit}", one.commodity.key, strong=each.rank > 0),
        Cell(rupiah(one.middle), one.middle),
        *(_change(one, span) for span in (1, 7, 30)),
        Cell(bound(reference) if reference else NOTHING, reference.high if reference else None),
        Cell(against(one.over), one.over, each.rank if one.above else None),
        Cell(f"{number(len(one.markets_above))} dari {number(len(one.offers))}" if reference else NOTHING),
    )


def _change(one: Standing, span: int) -> Cell:
    found = one.changes.get(span)
    rank = found.step.level if found and found.step else None
    return Cell(change(found.percent if found else None), found.percent if found else None, rank)


def _note(found: tuple[Standing, ...], shown: list[Concern], silent: tuple[str, ...], facts: Facts) -> str:
    day = newest_day(found)
    said = [f"Median harga terakhir di tiap pasar per {local_date(day)}." if day else ""]
    if len(shown) > _MOST:
        said.append(f"{number(len(shown) - _MOST)} komoditas lain di bawah acuannya: halaman Harga.")
    if silent:
        named = listed([market_name(facts.city, key) for key in silent], 9)
        said.append(f"Tidak melapor hari itu: {named}; harganya yang lama tidak dipakai sebagai harga hari itu.")
    said.append("Ambang pergerakan mingguan adalah ambang proyek, bukan peraturan.")
    return " ".join(filter(None, said))


def _sources(found: tuple[Standing, ...], facts: Facts) -> list[Source]:
    rules = list(dict.fromkeys(each.reference.regulation for each in found if each.reference))
    return [
        Source("Harga", "laporan pasar lewat MQTT, harga terakhir tiap pasar per hari", f"acuan: {listed(rules, 4)}"),
        Source(
            "Pergerakan harga",
            "median antarpasar hari ini terhadap 7 hari lalu",
            f"ambang: {facts.city.price_steps[0].source}" if facts.city.price_steps else "",
            sample=True,
        ),
    ]
