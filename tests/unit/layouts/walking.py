"""Walking through what a panel has drawn."""

from __future__ import annotations

from collections.abc import Iterator

from layouts.html import Element


def elements(root: Element) -> Iterator[Element]:
    """The root and everything below it, in reading order."""
    yield root
    for child in _children(root):
        if isinstance(child, Element):
            yield from elements(child)


def prop(element: Element, name: str) -> object:
    """A property as it is sent, `data-…` included; None where it is not set."""
    return element["props"].get(name)


def marked(root: Element, name: str, value: str) -> list[Element]:
    """Every element whose `name` is `value`."""
    return [element for element in elements(root) if prop(element, name) == value]


def words(root: Element) -> str:
    """All text below an element."""
    return " ".join(
        words(part) if isinstance(part, Element) else str(part) for part in _children(root) if part is not None
    )


def _children(root: Element) -> list[object]:
    children = prop(root, "children")
    return list(children) if isinstance(children, list | tuple) else [children]
