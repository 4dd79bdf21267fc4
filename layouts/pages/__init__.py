"""The desk pages: one module each, collected once in the order of the menu, failing with the name of the file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from layouts.errors import LayoutError
from layouts.page import Page


def _collect() -> Mapping[str, Page]:
    pages: list[Page] = []
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        page = getattr(importlib.import_module(f"{__name__}.{info.name}"), "PAGE", None)
        if not isinstance(page, Page) or page.key != info.name:
            raise LayoutError(
                f"layouts/pages/{info.name}.py: found {page!r}, expected PAGE = page_of({info.name!r}, …)"
            )
        pages.append(page)
    if not pages:
        raise LayoutError("layouts/pages/: found no page, expected at least one")
    return MappingProxyType({page.key: page for page in sorted(pages, key=lambda found: (found.place, found.key))})


PAGES: Mapping[str, Page] = _collect()
"""By key."""
