"""The weather forecast of BMKG for a kelurahan (api.bmkg.go.id/publik/prakiraan-cuaca?adm4=…), as it is published.

`{lokasi: {adm4, …}, data: [{lokasi, cuaca: [[item, …], …]}]}`: one list of three-hourly items a day, three days, issued
twice a day. `utc_datetime` and `analysis_date` are UTC without saying so; `local_datetime` stands beside the former and
must agree with it. The numbers in `weather` are not documented and change for the same words (infoBMKG/data-cuaca issue
3): they are kept, but only the words in `weather_desc` are ever interpreted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sensors.item import Item
from sensors.parse import not_ahead, told
from sensors.reading import CodecError, Refusal

STEP = timedelta(hours=3)
KEPT_DAYS = 7
"""Days for which a forecast of the past is kept; an older one is refused."""
_FARTHEST = timedelta(days=16)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected in a kelurahan for the three hours from `valid_at` on, by the analysis of `analysed_at`.

    °C, %, mm in the three hours, km/h, the direction the wind comes from in BMKG's letters, and % of the sky in cloud.
    """

    channel: str
    subdistrict: str
    valid_at: datetime
    analysed_at: datetime
    temperature: float | None
    humidity: float | None
    rain: float | None
    weather: int | None
    words: str | None
    wind_speed: float | None
    wind_from: str | None
    cloud: float | None


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What a document holds; `skipped` counts its nulls, `refused` says what of it is not taken and why."""

    found: tuple[Forecast, ...]
    skipped: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Whose document it is, when it came, and which kelurahan and zone it may speak of."""

    channel: str
    received_at: datetime
    subdistricts: Collection[str]
    zone: ZoneInfo


def is_forecast(found: object) -> bool:
    """Whether a JSON document has the form of a forecast."""
    if not isinstance(found, dict):
        return False
    places = found.get("data")
    return isinstance(places, list) and (
        "lokasi" in found or any(isinstance(place, dict) and "cuaca" in place for place in places)
    )


def parse_forecast(found: object, source: Source) -> Forecasts:
    """The items of a document, each taken or refused on its own. Raises `CodecError` when it has none at all."""
    taken: list[Forecast] = []
    refused: list[Refusal] = []
    skipped = 0
    for code, where, raw in _items(found, source, refused):
        try:
            item = Item(raw, where)
            skipped += item.skipped
            taken.append(_forecast(item, code, source))
        except CodecError as error:
            refused.append(Refusal(error.reason, error.detail))
    if not taken and not refused:
        raise CodecError("bad-message", f"data: found {told(found)} without items, expected cuaca of a kelurahan")
    return Forecasts(tuple(taken), skipped, tuple(refused))


def _items(found: object, source: Source, refused: list[Refusal]) -> Iterator[tuple[str, str, object]]:
    """Each item with the code of its kelurahan and its place in the document."""
    head = found if isinstance(found, dict) else {}
    places = head.get("data")
    for number, place in enumerate(places if isinstance(places, list) else ()):
        where = f"data[{number}]"
        try:
            code = _code(place, head, where, source.subdistricts)
            days = _days(place, where)
        except CodecError as error:
            refused.append(Refusal(error.reason, error.detail))
            continue
        flat = [item for day in days for item in (day if isinstance(day, list) else [day])]
        yield from ((code, f"{where}.cuaca[{nth}]", item) for nth, item in enumerate(flat))


def _days(place: object, where: str) -> list[object]:
    days = place.get("cuaca") if isinstance(place, dict) else None
    if not isinstance(days, list):
        raise CodecError("bad-message", f"{where}.cuaca: found {told(days)}, expected an array")
    return days


def _code(place: object, head: dict[str, object], where: str, known: Collection[str]) -> str:
    if not isinstance(place, dict):
        raise CodecError("bad-message", f"{where}: found {told(place)}, expected an object")
    lokasi = place.get("lokasi") or head.get("lokasi")
    code = lokasi.get("adm4") if isinstance(lokasi, dict) else None
    if not isinstance(code, str) or code not in known:
        raise CodecError(
            "unknown-subdistrict", f"{where}.lokasi.adm4: found {told(code)}, expected a kelurahan of the city pack"
        )
    return code


def _forecast(item: Item, code: str, source: Source) -> Forecast:
    weather = item.number("weather", 0, 999)
    forecast = Forecast(
        channel=source.channel,
        subdistrict=code,
        valid_at=_valid(item, source),
        analysed_at=_analysed(item, source),
        temperature=item.number("t", -20, 60),
        humidity=item.number("hu", 0, 100),
        rain=item.number("tp", 0, 1000),
        weather=None if weather is None else int(weather),
        words=item.text("weather_desc", 80),
        wind_speed=item.number("ws", 0, 400),
        wind_from=item.text("wd", 32),
        cloud=item.number("tcc", 0, 100),
    )
    if forecast.temperature is None and forecast.words is None and forecast.rain is None:
        raise CodecError("empty", f"{item.where}: found neither t nor weather_desc nor tp, expected one of them")
    return forecast


def _valid(item: Item, source: Source) -> datetime:
    at = item.utc("utc_datetime") or item.utc("datetime")
    if at is None:
        raise item.wrong("bad-time", "utc_datetime", "the time in UTC")
    oldest, farthest = source.received_at - timedelta(days=KEPT_DAYS), source.received_at + _FARTHEST
    if not oldest <= at <= farthest:
        raise item.wrong("bad-time", "utc_datetime", f"{KEPT_DAYS} days ago to {_FARTHEST.days} days ahead")
    local = item.time("local_datetime")
    if local is not None and local.replace(tzinfo=local.tzinfo or source.zone) != at:
        raise item.wrong("bad-time", "local_datetime", f"the time of utc_datetime in {source.zone.key}")
    return at


def _analysed(item: Item, source: Source) -> datetime:
    """Without it nothing says which of two forecasts is the newer."""
    at = item.utc("analysis_date")
    if at is None:
        raise item.wrong("bad-time", "analysis_date", "the time of the analysis in UTC")
    return not_ahead(f"{item.where}.analysis_date", at, source.received_at)
