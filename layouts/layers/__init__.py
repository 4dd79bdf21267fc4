"""The layers of the map: one module each, collected once, the lowest first, failing with the name of the file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from layouts.errors import LayoutError
from layouts.layer import Layer


def _collect() -> Mapping[str, Layer]:
    layers: list[Layer] = []
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        layer = getattr(importlib.import_module(f"{__name__}.{info.name}"), "LAYER", None)
        if not isinstance(layer, Layer) or layer.key != info.name:
            raise LayoutError(
                f"layouts/layers/{info.name}.py: found {layer!r}, expected LAYER = Layer(key={info.name!r}, …)"
            )
        layers.append(layer)
    if not layers:
        raise LayoutError("layouts/layers/: found no layer, expected at least one")
    return MappingProxyType({layer.key: layer for layer in sorted(layers, key=lambda found: (found.place, found.key))})


LAYERS: Mapping[str, Layer] = _collect()
"""By key."""
