"""Answers in the two formats of GeoReport: JSON, and XML with the element names of the specification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import JSONResponse, Response

Form = Literal["json", "xml"]
Record = Mapping[str, Any]
XML = "text/xml; charset=utf-8"


def written(
    form: Form, root: str, each: str, records: Sequence[Record], status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """Return a list: an array of objects, or `<root>` with an element `each` a record."""
    if form == "json":
        return JSONResponse(list(records), status_code=status)
    tree = Element(root)
    for record in records:
        _fill(SubElement(tree, each), record)
    return _xml(tree, status)


def written_one(form: Form, root: str, record: Record) -> Response:
    """Return one object, or `<root>` with its fields as elements."""
    if form == "json":
        return JSONResponse(dict(record))
    tree = Element(root)
    _fill(tree, record)
    return _xml(tree, HTTPStatus.OK)


def _fill(element: Element, record: Record) -> None:
    """Put a record's fields into an element; a field that holds a list of records names their elements in its key."""
    for name, value in record.items():
        inside = SubElement(element, name)
        if isinstance(value, list):
            for item in value:
                child = SubElement(inside, _singular(name))
                if isinstance(item, Mapping):
                    _fill(child, item)
                else:
                    child.text = str(item)
        elif value is not None:
            inside.text = str(value).lower() if isinstance(value, bool) else str(value)


def _singular(name: str) -> str:
    return name.removesuffix("s")


def _xml(tree: Element, status: HTTPStatus) -> Response:
    return Response(tostring(tree, encoding="utf-8", xml_declaration=True), status_code=status, media_type=XML)
