"""`/api/docs`: the interface on one page, made from its OpenAPI document; no script, nothing from the net."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

PREFIX = "/api/"
QUOTED = re.compile("`([^`]+)`")
STYLE = (
    "body{background:#0B1220;color:#E5E7EB;font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:68rem;"
    "padding:0 1rem}a{color:#7DD3FC}code{color:#F0E442}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #334155}"
    "td:first-child{white-space:nowrap}h2{margin-top:2.5rem}"
)


def manual(document: Mapping[str, Any]) -> str:
    """Return the page for an OpenAPI document, with the operations under `/api/` only."""
    title = escape(document["info"]["title"])
    paths = [(path, verbs) for path, verbs in document["paths"].items() if path.startswith(PREFIX)]
    operations = "".join(_operation(path, verb, told) for path, verbs in paths for verb, told in verbs.items())
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} · API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><h1>{title} · API</h1><p>Read only. Every list gives <code>items</code> and <code>next</code>: hand "
        "<code>next</code> back with the same filters for the page after it. A wrong filter is a 422 that names it, "
        "and every failure is <code>application/problem+json</code>. "
        'The same as a document for programs: <a href="/api/openapi.json">OpenAPI</a>. Beside it: '
        '<a href="/open311/v2/services.json">Open311 GeoReport v2</a>, <a href="/sta/v1.1">OGC SensorThings 1.1</a>, '
        '<a href="/metrics">Prometheus</a>.</p>'
        f"{operations}</body></html>"
    )


def _operation(path: str, verb: str, told: Mapping[str, Any]) -> str:
    answered = told["responses"]["200"]["content"]
    rows = "".join(_parameter(parameter) for parameter in told.get("parameters", ()))
    return (
        f'<section><h2><code>{escape(verb.upper())} <a href="{escape(path)}">{escape(path)}</a></code></h2>'
        f"<p>{escape(told['summary'])}. Answers {escape(', '.join(answered))}.</p>"
        f"<table><thead><tr><th>filter</th><th>takes</th><th>meaning</th></tr></thead><tbody>{rows}</tbody></table>"
        "</section>"
    )


def _parameter(parameter: Mapping[str, Any]) -> str:
    schema = parameter["schema"]
    cells = (
        f"<code>{escape(parameter['name'])}</code>",
        escape(", ".join(_taken(schema))),
        QUOTED.sub(r"<code>\1</code>", escape(parameter.get("description", ""))),
    )
    return f"<tr>{''.join(f'<td>{text}</td>' for text in cells)}</tr>"


def _taken(schema: Mapping[str, Any]) -> Iterator[str]:
    """What a schema allows, in words: its choices, else its type and bounds; that it may be left empty is not said."""
    for choice in schema.get("anyOf", (schema,)):
        if "enum" in choice:
            yield " | ".join(map(str, choice["enum"]))
        elif choice.get("maxLength") != 0:
            yield str(choice.get("format") or choice.get("type", "text"))
    if "minimum" in schema and "maximum" in schema:
        yield f"{schema['minimum']} to {schema['maximum']}"
    if schema.get("default") is not None:
        yield f"usually {schema['default']}"
