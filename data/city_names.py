"""What the city pack says, written down for analysts: the tables of the schema `analisis` beside its views.

The pack stays the source: the tables are emptied and written anew in one transaction, so they say what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from psycopg import sql

from data.errors import translated
from data.link import connect
from sensors.city import City
from sensors.kinds import KINDS

Lines = Iterable[tuple[object, ...]]
_SECONDS = 60.0


def sync_names(url: str, city: City) -> int:
    """Write the pack's names; return how many lines. Raises `DataError`."""
    written = 0
    with translated(), connect(url, "names", _SECONDS) as connection, connection.transaction():
        for table, lines in _tables(city).items():
            name = sql.Identifier("analisis", table)
            connection.execute(sql.SQL("DELETE FROM {}").format(name))
            with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
                for line in lines:
                    copy.write_row(line)
                    written += 1
    return written


def _tables(city: City) -> Mapping[str, Lines]:
    """By table, its lines in the order of its columns."""
    services = city.services.values()
    return {
        "kota": [(city.region, city.name, city.zone.key)],
        "kecamatan": [(each.code, each.bps, each.name, each.area_km2) for each in city.districts.values()],
        "kelurahan": [(each.code, each.name, each.district, each.area_km2) for each in city.subdistricts.values()],
        "opd": [(each.key, each.name, each.short, each.sample) for each in city.agencies.values()],
        "perangkat": [
            (each.key, each.name, each.place, each.district, each.subdistrict, each.agency, each.point.lat,
             each.point.lon, each.point.approximate, each.source)
            for each in city.devices.values()
        ],
        "jenis_bacaan": [
            (each.key, each.name, each.unit, each.aggregate, each.expected_interval.total_seconds())
            for each in KINDS.values()
        ],
        "pasar": [(each.key, each.name, each.point.lat, each.point.lon) for each in city.markets.values()],
        "komoditas": [(each.key, each.name, each.unit, each.group) for each in city.commodities.values()],
        "layanan": [(each.key, each.name, each.sample) for each in services],
        "kategori": [
            (service.key, each.key, each.name, each.agency, each.counts)
            for service in services
            for each in service.categories.values()
        ],
        "status": [
            (service.key, each.key, each.name, each.role) for service in services for each in service.statuses.values()
        ],
    }  # fmt: skip
