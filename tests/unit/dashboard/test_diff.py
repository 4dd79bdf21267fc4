"""The differ: whatever two pictures are, applying the changes to the first gives the second."""

from __future__ import annotations

import copy
import random
from typing import Any

from dashboard.diff import Change, changes
from dashboard.tree import Json, Tree
from layouts import html


def panel(*children: Json, **props: Json) -> Tree:
    return html.Section(list(children), id="panel-x", **props)


def apply(tree: Tree, items: list[Change]) -> Tree:
    """Do what the page does: find the element by its id and set the properties named."""
    result = copy.deepcopy(tree)
    for item in items:
        node = find(result, item.id)
        assert node is not None, f"the page has no element {item.id}"
        node["props"].update(copy.deepcopy(item.props))
    return result


def find(node: Json, name: str) -> Tree | None:
    if isinstance(node, list):
        return next((found for child in node if (found := find(child, name))), None)
    if not isinstance(node, dict) or "props" not in node:
        return None
    return node if node["props"].get("id") == name else find(node["props"].get("children"), name)


def settled(node: Json) -> Json:
    """A property that is None shows as one that is absent."""
    if isinstance(node, list):
        return [settled(child) for child in node]
    if isinstance(node, dict):
        return {name: settled(value) for name, value in node.items() if value is not None}
    return node


def test_the_same_picture_needs_no_change() -> None:
    assert changes(panel("a"), panel("a")) == []


def test_one_changed_number_names_only_its_element() -> None:
    old = panel(html.Div(html.Span("40", id="v", **{"data-value": "40"})), html.P("tetap"))
    new = panel(html.Div(html.Span("41", id="v", **{"data-value": "41"})), html.P("tetap"))
    assert changes(old, new) == [Change("v", {"data-value": "41", "children": "41"})]


def test_text_without_an_id_is_carried_by_the_nearest_ancestor_with_one() -> None:
    old, new = (panel(html.Div(html.P(html.B(word)), id="box"), html.P("tetap", id="p")) for word in ("a", "b"))
    (change,) = changes(old, new)
    assert change.id == "box"
    assert set(change.props) == {"children"}


def test_an_added_row_gives_its_list_new_children() -> None:
    old = panel(html.Ul([html.Li("1", id="r1")], id="rows"))
    new = panel(html.Ul([html.Li("1", id="r1"), html.Li("2", id="r2")], id="rows"))
    assert [change.id for change in changes(old, new)] == ["rows"]


def test_a_property_that_is_gone_is_set_to_none() -> None:
    assert changes(panel(title="x"), panel()) == [Change("panel-x", {"title": None})]


def test_a_style_is_one_property() -> None:
    old, new = (panel(html.Span(id="bar", style={"width": f"{n}%", "left": "0"})) for n in (1, 2))
    assert changes(old, new) == [Change("bar", {"style": {"width": "2%", "left": "0"}})]


def test_a_root_of_another_type_still_shows_all_of_the_new_picture() -> None:
    old, new = panel("a", title="t"), html.Div("b", id="panel-x")
    (change,) = changes(old, new)
    assert change.id == "panel-x"
    assert change.props["children"] == "b"
    assert change.props["title"] is None


def test_a_child_that_takes_another_id_is_replaced_with_its_siblings() -> None:
    old, new = (panel(html.Div([html.Span("x", id=name)], id="box")) for name in ("a", "b"))
    assert [change.id for change in changes(old, new)] == ["box"]


def test_whatever_changes_the_page_ends_with_the_new_picture() -> None:
    source = random.Random(20261121)
    for _ in range(500):
        old, new = (panel(*grow(source, 3), className=source.choice(["a", "b"])) for _ in range(2))
        assert settled(apply(old, changes(old, new))) == settled(new)


def grow(source: random.Random, depth: int, path: str = "n") -> list[Any]:
    """Random elements, some with ids that depend only on their place, some without."""
    children: list[Any] = []
    for number in range(source.randint(0, 3)):
        name = f"{path}{number}"
        inner = grow(source, depth - 1, name) if depth else source.choice(["", "1", "2"])
        marks = {"id": name} if source.random() < 0.6 else {}
        children.append(source.choice([html.Div, html.Span])(inner, title=source.choice(["x", "y"]), **marks))
    return children
