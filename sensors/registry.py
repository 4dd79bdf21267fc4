"""One module per thing: walk a folder once and collect what each module declares, failing with the file's name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType

from sensors.errors import SensorsError


class RegistryError(SensorsError):
    """A module of a registry folder does not declare what every module there must; the message names the file."""


def modules_in(package: str, folder: Sequence[str]) -> dict[str, ModuleType]:
    """Import every module directly in `folder` (the package's `__path__`); by module name, in its order."""
    names = sorted(info.name for info in pkgutil.iter_modules(folder))
    if not names:
        raise RegistryError(f"{_file(package)}/: found no module, expected at least one")
    return {name: importlib.import_module(f"{package}.{name}") for name in names}


def refuse(package: str, module: str, found: object, expected: str) -> RegistryError:
    """The error that names the file of a module which does not fit."""
    return RegistryError(f"{_file(package)}/{module}.py: found {found!r}, expected {expected}")


def _file(package: str) -> str:
    return package.replace(".", "/")
