"""Rules and dashboard for Prometheus: every expression parses, and every name in it is one that the room tells.

promtool, where it could be had, judges the rules as well.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from dashboard.exposition import exposition
from deploy.local.promtool import find
from ingest.fetch.counts import Counts
from ingest.metrics import Metrics

ROOT = Path(__file__).resolve().parents[3] / "deploy"
RULES = ROOT / "prometheus" / "liveroom.rules.yml"
BOARD = ROOT / "grafana" / "liveroom.json"
NAME = re.compile(r"\b(?:liveroom[a-z_:0-9]*[a-z0-9]|up)\b(?=[\s{)\[]|$)")
ELSEWHERE = {"up", "liveroom_broker_dropped"}
"""Prometheus' own, and what the watch of the broker tells."""


def rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(BOARD.read_text())["panels"]
    return found


def expressions() -> Iterator[tuple[str, str]]:
    for rule in rules():
        yield rule.get("alert") or rule["record"], rule["expr"]
    for panel in panels():
        for target in panel["targets"]:
            yield f"{panel['title']} {target['refId']}", target["expr"]


def told() -> set[str]:
    """Every name that a scrape may hold: families that were never counted have only their name there."""
    text = exposition([]).decode() + Metrics().text(0, 0.0) + Counts().text()
    names = {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}
    for family, kind in re.findall(r"^# TYPE (\S+) (\S+)$", text, flags=re.MULTILINE):
        names |= {f"{family}{end}" for end in (("_bucket", "_sum", "_count") if kind == "histogram" else ("",))}
    return names


@pytest.mark.parametrize(("name", "expression"), list(expressions()))
def test_an_expression_is_promql_over_what_the_room_tells(name: str, expression: str) -> None:
    promql_parser.parse(expression)
    known = told() | ELSEWHERE | {rule["record"] for rule in rules() if "record" in rule}
    found = set(NAME.findall(expression))
    assert found, expression
    assert found <= known, found - known


def test_every_alert_says_what_it_means_and_how_grave_it_is() -> None:
    alerts = [rule for rule in rules() if "alert" in rule]
    assert len(alerts) >= 10
    assert len({rule["alert"] for rule in alerts}) == len(alerts)
    for rule in alerts:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"].keys() == {"summary", "description"}


def test_the_dashboard_asks_whichever_prometheus_one_chooses() -> None:
    board = json.loads(BOARD.read_text())
    assert [each["name"] for each in board["templating"]["list"]] == ["datasource"]
    assert len({panel["id"] for panel in panels()}) == len(panels())
    assert {panel["datasource"]["uid"] for panel in panels()} == {"${datasource}"}
    places = [panel["gridPos"] for panel in panels()]
    assert all(place["x"] + place["w"] <= 24 for place in places)


def test_promtool_accepts_the_rules_and_the_configuration() -> None:
    promtool = find()
    if promtool is None:
        pytest.skip("promtool is not there (apt-get install prometheus): the rules were parsed without it")
    for command in (["check", "rules", str(RULES)], ["check", "config", str(RULES.with_name("prometheus.yml"))]):
        done = subprocess.run([promtool, *command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    text = exposition([{"instance": "ingest-0", "metrics": Metrics().text(0, 0.0)}]).decode()
    done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stdout + done.stderr  # 3: it would name something otherwise
