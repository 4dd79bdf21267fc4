"""Walking through what a panel has drawn."""

from __future__ import annotations

from collections.abc import Iterator

from dash.development.base_component import Component


def elements(root: Component) -> Iterator[Component]:
    """The root and everything below it, in reading order."""
    yield root
    children = getattr(root, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if isinstance(child, Component):
            yield from elements(child)


def prop(element: Component, name: str) -> object:
    """A property as it is sent, `data-…` included; None where it is not set."""
    return element.to_plotly_json()["props"].get(name)


def marked(root: Component, name: str, value: str) -> list[Component]:
    """Every element whose `name` is `value`."""
    return [element for element in elements(root) if prop(element, name) == value]


def words(root: Component) -> str:
    """All text below an element."""
    children = getattr(root, "children", None)
    parts = children if isinstance(children, list | tuple) else [children]
    return " ".join(words(part) if isinstance(part, Component) else str(part) for part in parts if part is not None)
