"""A plain tree written as HTML: what the first answer of a page holds. `assets/live.js` draws the same trees later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from dashboard.tree import Json

ATTRIBUTES = {"className": "class", "htmlFor": "for"}  # the rest is called what HTML calls it
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_CAPITAL = re.compile(r"[A-Z]")


def markup(tree: Json, *, links: bool = True) -> str:
    """Return a tree, a list of trees or a text as HTML; nothing for None. Without `links` their words stay."""
    return "".join(_pieces(tree if links else _unlinked(tree)))


def _unlinked(node: Json) -> Json:
    if isinstance(node, list):
        return [_unlinked(each) for each in node]
    if not isinstance(node, dict):
        return node
    props = {**node["props"], "children": _unlinked(node["props"].get("children"))}
    return (
        {**node, "type": "Span", "props": props | {"href": None}} if node["type"] == "A" else {**node, "props": props}
    )


def _pieces(node: Json) -> Iterator[str]:
    if node is None:
        return
    if isinstance(node, list):
        for each in node:
            yield from _pieces(each)
    elif isinstance(node, dict):
        name, props = node["type"].lower(), node["props"]
        yield f"<{name}{''.join(_attributes(props))}>"
        if name not in VOID:
            yield from _pieces(props.get("children"))
            yield f"</{name}>"
    else:
        yield escape(str(node), quote=False)


def _attributes(props: Mapping[str, Json]) -> Iterator[str]:
    for name, value in props.items():
        if name == "children" or value is None or value is False:
            continue
        written = _style(value) if name == "style" else "" if value is True else str(value)
        yield f' {ATTRIBUTES.get(name, name)}="{escape(written)}"'


def _style(style: Mapping[str, Json]) -> str:
    return ";".join(
        f"{_CAPITAL.sub(lambda letter: '-' + letter[0].lower(), name)}:{value}" for name, value in style.items()
    )
