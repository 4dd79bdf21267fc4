"""What changed between two pictures of one panel, as the fewest changes of properties a page can apply.

Where an element with an id differs only in its properties, one change names it. Where the structure
differs, the nearest ancestor with an id gets new children.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.tree import Json, Tree


@dataclass(frozen=True, slots=True)
class Change:
    """New properties for the element with this id; a property that is gone is None."""

    id: str
    props: dict[str, Json]


def changes(old: Tree, new: Tree) -> list[Change]:
    """Return what turns `old` into `new`, in the order in which it must be applied.

    Both roots must carry the same id; the root may always be named, so there is always an answer.
    """
    found = _component(old, new)
    if found is not None:
        return found
    return [Change(new["props"]["id"], dict.fromkeys(old["props"]) | new["props"])]


def _component(old: Json, new: Json) -> list[Change] | None:
    """Changes between two nodes, or None when only an ancestor can carry the difference."""
    if old == new:
        return []
    if not (_is_component(old) and _is_component(new)) or _identity(old) != _identity(new):
        return None
    before, after = old["props"], new["props"]
    own = {
        name: after.get(name)
        for name in before.keys() | after.keys()
        if name != "children" and before.get(name) != after.get(name)
    }
    below = _children(before.get("children"), after.get("children"))
    if below is None:
        own["children"] = after.get("children")
        below = []
    if own and "id" not in after:
        return None
    return ([Change(after["id"], own)] if own else []) + below


def _children(old: Json, new: Json) -> list[Change] | None:
    if old == new:
        return []
    olds, news = _as_list(old), _as_list(new)
    if type(old) is not type(new) or len(olds) != len(news):
        return None
    found: list[Change] = []
    for before, after in zip(olds, news, strict=True):
        inner = _component(before, after)
        if inner is None:
            return None
        found += inner
    return found


def _as_list(children: Json) -> list[Json]:
    return children if isinstance(children, list) else [children]


def _is_component(node: Json) -> bool:
    return isinstance(node, dict) and "props" in node


def _identity(node: Tree) -> tuple[Json, ...]:
    return node["type"], node["props"].get("id")
