"""The panels: one module each, collected once, failing with the name of the file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from layouts.errors import LayoutError
from layouts.panel import Panel


def _collect() -> Mapping[str, Panel]:
    panels: dict[str, Panel] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        panel = getattr(importlib.import_module(f"{__name__}.{info.name}"), "PANEL", None)
        if not isinstance(panel, Panel) or panel.key != info.name:
            raise LayoutError(
                f"layouts/panels/{info.name}.py: found {panel!r}, expected PANEL = Panel(key={info.name!r}, …)"
            )
        panels[panel.key] = panel
    if not panels:
        raise LayoutError("layouts/panels/: found no panel, expected at least one")
    return MappingProxyType(panels)


PANELS: Mapping[str, Panel] = _collect()
"""By key."""
