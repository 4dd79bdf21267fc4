"""Where a number leads: the addresses of the desk's pages, written in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from sensors.city import Device

_PAGES = {"gauge": "sungai", "station": "udara", "noise": "udara"}
"""What has a page of its own by where it stands; everything else is a device among the others."""


def cases(**filters: str) -> str:
    """The list of cases with these filters of its address; `from_` stands for `from`, empty ones are left out."""
    return with_choices("/aduan", **{name.rstrip("_"): value for name, value in filters.items()})


def case(service: str, case_id: str) -> str:
    """One case."""
    return f"/aduan/{quote(service, safe='')}/{quote(case_id, safe='')}"


ALARM_LOAD = "/beban-alarm"
"""What alarms cost the people at the desk."""


HANDOVER = "/serah-terima"
"""Where a shift is handed over: the page, and where its forms are sent."""
INCIDENT = "/kejadian"
_MINUTE = "%Y-%m-%dT%H:%M"
"""A moment in the city's own time, as an address says it."""


def incident(since: datetime, until: datetime, zone: ZoneInfo, **choices: str) -> str:
    """The report of what happened between two moments: from the minute of the first to after that of the last."""
    begins, ends = since.astimezone(zone), (until + timedelta(seconds=59)).astimezone(zone)
    return with_choices(INCIDENT, **{"from": f"{begins:{_MINUTE}}", "until": f"{ends:{_MINUTE}}", **choices})


def alarms(**filters: str) -> str:
    """The list of alarms with these filters of its address; empty ones are left out."""
    return with_choices("/alarm", **filters)


def alarm(ident: int) -> str:
    """One alarm."""
    return f"/alarm/{ident}"


def city_map(
    picked: str = "", at: tuple[float, float] | None = None, zoom: float = 0.0, layers: Sequence[str] = ()
) -> str:
    """The map that one can move: with a row of a layer picked, as `gauges/<key>`, from above a latitude and longitude.

    What it shows stands behind the # (`assets/atlas-choice.js`); what is not said is as the map opens by itself.
    """
    said = {
        "peta": f"{zoom:.2f}/{at[0]:.4f}/{at[1]:.4f}" if at else "",
        "lapisan": " ".join(layers),
        "pilih": picked,
    }
    told = urlencode({name: value for name, value in said.items() if value}, safe="/")
    return f"/peta#{told}" if told else "/peta"


def district(code: str) -> str:
    """One kecamatan."""
    return f"/wilayah/{code}"


def districts() -> str:
    """All kecamatan compared."""
    return "/wilayah"


def subdistrict(code: str) -> str:
    """One kelurahan."""
    return f"/kelurahan/{code}"


def agencies() -> str:
    """All agencies compared."""
    return "/opd"


def agency(key: str) -> str:
    """One agency."""
    return f"/opd/{key}"


def device(found: Device) -> str:
    """One gauge, station or other device."""
    return f"/{_PAGES.get(found.place, 'perangkat')}/{found.key}"


def unit(key: str) -> str:
    """One device as a device, whatever it measures: also one that no pack places."""
    return f"/perangkat/{quote(key, safe='')}"


def commodity(key: str) -> str:
    """One commodity over all markets."""
    return f"/harga/{key}"


def market(key: str) -> str:
    """One market."""
    return f"/pasar/{key}"


EXPLORER = "/jelajah"
"""Any stream, by time and place, as chart, table and file."""
ANSWER = f"{EXPLORER}/hasil"
"""The answer to a question of the explorer, as a part of its page."""
EXPORT = "/api/v1/export"
"""Where data sets leave as files."""
SUMMARY = "/api/v1/summary"
"""Where the interface tells the sums of a stream."""
METADATA = "/api/v1/metadata"
"""What a data set is."""


def explorer(**question: str) -> str:
    """The explorer with this question; empty parts are left out, `from_` stands for `from`."""
    return with_choices(EXPLORER, **{name.rstrip("_"): value for name, value in question.items()})


REPORTS = "/laporan"
"""What can be had as a document, and under what every report has its address."""


def report(name: str, kind: str = "pdf", **choices: str) -> str:
    """One report, as PDF or as data."""
    return with_choices(f"{REPORTS}/{name}.{kind}", **choices)


QUESTION = "jelajah"
"""The document that answers a question of the explorer, by its name among the reports."""
RETRY = "/data/coba-lagi"
"""Where a desk sends its request to read again what was refused."""
REFUSED = "rejected_messages"
"""The panel that shows what was refused, message by message."""


def refused(reason: str = "") -> str:
    """What was refused for one reason, or for any."""
    return f"{with_choices('/data', reason=reason)}#panel-{REFUSED}"


def retry(reason: str = "") -> str:
    """Where a form asks that what was refused, for one reason or for any, is read again."""
    return with_choices(RETRY, reason=reason)


def with_choices(path: str, **choices: str) -> str:
    """A page with these choices in its address; empty ones are left out."""
    said = urlencode({name: value for name, value in choices.items() if value})
    return f"{path}?{said}" if said else path
