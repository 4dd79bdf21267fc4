"""The city's sketch on paper: kecamatan shaded by a count that is written in them, and signs where things stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from layouts.formats import number
from layouts.reports.paper import CityMap, Label, Sign, Table
from layouts.shapes import WIDTH, shapes_of
from sensors.city import City, Device

LEAST, MOST = (0xF1, 0xF5, 0xFA), (0x7F, 0xB3, 0xDC)
"""The shades of nothing and of the most: light enough for dark words on them."""
FEW = 5
"""The darkest shade stands for so many at the least: one report is not drawn like twenty."""
_EDGE = "#FFFFFF"


def city_map(
    city: City, counts: Mapping[str, int], devices: Iterable[tuple[Device, int]], title: str, note: str, beside: Table
) -> CityMap:
    """Kecamatan by their counts, and each placed device inside the city with its rank, the gravest on top."""
    shapes = shapes_of(city)
    most = max([FEW, *counts.values()])
    areas = "".join(
        f'<path d="{path}" fill="{_shade(counts.get(code, 0) / most)}" stroke="{_EDGE}" '
        'stroke-width="4" fill-rule="evenodd"/>'
        for code, path in shapes.paths.items()
    )
    box = f'viewBox="0 0 {WIDTH:g} {shapes.canvas.height:g}"'
    labels = tuple(
        Label(*shapes.labels[code], each.name, number(counts[code]) if counts.get(code) else "")
        for code, each in city.districts.items()
    )
    signs = tuple(
        Sign(*shapes.canvas.share(device.point.lat, device.point.lon), rank)
        for device, rank in sorted(devices, key=lambda item: (item[1], item[0].key))
        if not device.upstream
    )
    told = ", ".join(f"{each.name} {counts[code]}" for code, each in city.districts.items() if counts.get(code))
    schematic = " Peta skematik." if shapes.schematic else ""
    return CityMap(
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{areas}</svg>',
        shapes.canvas.height / WIDTH,
        labels,
        signs,
        alt=f"{title}: {told or 'tidak ada'}",
        title=title,
        note=f"{note}{schematic}",
        beside=beside,
    )


def _shade(share: float) -> str:
    return "#" + "".join(
        f"{round(least + (most - least) * share):02X}" for least, most in zip(LEAST, MOST, strict=True)
    )
