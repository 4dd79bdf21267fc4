"""The scenes: one module each, collected once in the order of their places, failing with the name of the file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from layouts.errors import LayoutError
from layouts.scene import Scene, compose, place_of, slot

__all__ = ["OVERVIEW", "SCENES", "Scene", "compose", "place_of", "slot"]


def _collect() -> Mapping[str, Scene]:
    scenes: list[Scene] = []
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        scene = getattr(importlib.import_module(f"{__name__}.{info.name}"), "SCENE", None)
        if not isinstance(scene, Scene) or scene.key != info.name:
            raise LayoutError(
                f"layouts/scenes/{info.name}.py: found {scene!r}, expected SCENE = scene_of({info.name!r}, …)"
            )
        scenes.append(scene)
    return MappingProxyType({scene.key: scene for scene in sorted(scenes, key=lambda found: (found.place, found.key))})


SCENES: Mapping[str, Scene] = _collect()
"""By key."""

OVERVIEW = SCENES["overview"]
