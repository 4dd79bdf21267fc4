"""The models of what devices read: one module a theme, collected once, each kind modelled in one place only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sensors.registry import modules_in, refuse
from sensors.virtual_city.moment import Model

__all__ = ["MODELS", "Model"]


def _collect() -> Mapping[str, Model]:
    models: dict[str, Model] = {}
    for name, module in modules_in(__name__, __path__).items():
        own = getattr(module, "MODELS", None)
        if not isinstance(own, Mapping) or not own:
            raise refuse(__name__, name, own, "MODELS = {kind: model, …}")
        for kind, model in own.items():
            if kind in models:
                raise refuse(__name__, name, kind, "a kind that no other module models")
            models[kind] = model
    return MappingProxyType(models)


MODELS: Mapping[str, Model] = _collect()
"""By kind; a kind without one keeps near its own example."""
