"""The weather office's part: CAP 1.2 warnings of the heavy rain that the simulated sky is about to bring.

Every one says in its sender, its source and its text that it is simulated; some are cancelled once the rain is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sensors.virtual_city.chance import draw
from sensors.virtual_city.daytime import HOUR, LocalTime
from sensors.virtual_city.weather import KM_PER_DEGREE, Cell
from sensors.virtual_city.world import World

SENDER, SOURCE = "simulasi@virtual-city", "BMKG (simulasi)"
_HEAVY, _VIOLENT, _EXTREME = 20.0, 40.0, 60.0  # mm/h in the middle of a cell; 20 is BMKG's "sangat lebat" of an hour
_LEAD = 0.75 * HOUR
_ROUND = 0.5 * HOUR
_WIDTH = 1.6  # standard deviations to both sides of the track that are warned
_CANCELLED = 0.4  # part of the warnings that are taken back before they run out


@dataclass(frozen=True, slots=True)
class Alert:
    """One warning, or the cancel of an earlier one (`ends`: its identifier and when it was sent); instants epoch s."""

    at: float
    ident: str
    onset: float
    expires: float
    severity: str
    headline: str
    polygon: tuple[tuple[float, float], ...]
    ends: tuple[str, float] | None = None


def alerts(world: World, since: float, until: float) -> Iterator[Alert]:
    """The warnings and cancels sent in (since, until], in the order of time."""
    found = [
        alert
        for cell in world.sky.cells(since - 12 * HOUR, until + 3 * HOUR)
        if cell.peak_mm_h >= _HEAVY
        for alert in _of(world, cell)
        if since < alert.at <= until
    ]
    yield from sorted(found, key=lambda alert: alert.at)


def _of(world: World, cell: Cell) -> Iterator[Alert]:
    sky = world.sky
    reach = 1.5 * cell.radius_km / cell.speed_kmh * HOUR
    onset, over = cell.arrives - reach, cell.passes(sky.extent.east_km(sky.extent.east)) + reach
    at = onset - _LEAD
    if at <= sky.begins < over:  # staged: nobody could warn before the scenario began
        at = sky.begins + 1
    ident, expires = f"SIM{int(cell.arrives)}", (over // _ROUND + 2) * _ROUND
    severity, words = _grave(cell.peak_mm_h)
    warned = Alert(float(round(at)), ident, max(float(round(onset)), at), expires, severity, words, _swath(world, cell))
    yield warned
    if draw(world.seed, "cancelled", int(cell.arrives)) < _CANCELLED:
        yield Alert(
            float(round(over + 600)), f"{ident}-C", warned.onset, expires, severity,
            "Peringatan hujan lebat dicabut", (), (ident, warned.at),
        )  # fmt: skip


def _grave(peak: float) -> tuple[str, str]:
    """CAP severity and headline by the rain in the middle of a cell."""
    if peak >= _EXTREME:
        return "Extreme", "Hujan ekstrem disertai petir dan angin kencang"
    if peak >= _VIOLENT:
        return "Severe", "Hujan sangat lebat disertai petir dan angin kencang"
    return "Moderate", "Hujan lebat disertai petir"


def _swath(world: World, cell: Cell) -> tuple[tuple[float, float], ...]:
    """What the cell will cross: a closed band from the western to the eastern edge of the city."""
    extent = world.sky.extent
    south, north = (
        round(extent.south + (cell.track_km + side * _WIDTH * cell.radius_km) / KM_PER_DEGREE, 4) for side in (-1, 1)
    )
    west, east = round(extent.west, 4), round(extent.east, 4)
    return ((south, west), (south, east), (north, east), (north, west), (south, west))


def document(alert: Alert, local: LocalTime, clock: Callable[[float], float]) -> bytes:
    """The alert as CAP 1.2; `clock` turns the world's instants into the clock's."""
    sent = _stamp(alert.at, local, clock)
    head = f"<identifier>{alert.ident}</identifier><sender>{SENDER}</sender><sent>{sent}</sent><status>Actual</status>"
    kind = f"<msgType>{'Cancel' if alert.ends else 'Alert'}</msgType><scope>Public</scope>"
    if alert.ends:
        ident, at = alert.ends
        kind += f"<references>{SENDER},{ident},{_stamp(at, local, clock)}</references>"
    info = "" if alert.ends else _info(alert, local, clock)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
        f"{head}{kind}{info}</alert>"
    ).encode()


def _info(alert: Alert, local: LocalTime, clock: Callable[[float], float]) -> str:
    words = (
        "Simulasi, bukan dari BMKG: hujan melintasi kota dari barat ke timur. Waspadai genangan, pohon tumbang dan "
        "jarak pandang yang pendek."
    )
    corners = " ".join(f"{lat:.4f},{lon:.4f}" for lat, lon in alert.polygon)
    return (
        "<info><language>id</language><category>Met</category><event>Hujan lebat</event><urgency>Immediate</urgency>"
        f"<severity>{alert.severity}</severity><certainty>Likely</certainty>"
        f"<effective>{_stamp(alert.at, local, clock)}</effective><onset>{_stamp(alert.onset, local, clock)}</onset>"
        f"<expires>{_stamp(alert.expires, local, clock)}</expires><senderName>{SOURCE}</senderName>"
        f"<headline>{escape(alert.headline)}</headline><description>{escape(words)}</description>"
        f"<area><areaDesc>Banten</areaDesc><polygon>{corners}</polygon></area></info>"
    )


def _stamp(at: float, local: LocalTime, clock: Callable[[float], float]) -> str:
    """CAP knows no fractions of a second."""
    return local.stamp(float(round(clock(at))))
