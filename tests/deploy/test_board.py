"""The board and the alerts: each figure they name is one a served installation tells, in sound PromQL."""

import json
import re
from urllib.request import urlopen

import pytest
import yaml

from app import bootstrap
from app.docs.facts.installation import alerts
from app.kit.meters import BY_NAME, RARE, Histogram, Meter
from app.web import create_app
from app.web.mcp import product as mcp
from tests.deploy.promql import Query, parsed
from tests.factories import settings_for
from tests.samples import names
from tests.served import ROOT

BOARD = json.loads((ROOT / "deploy/grafana/polis.json").read_text())
ALERTS_FILE = ROOT / "deploy/prometheus/alerts.yml"
RULES = [
    rule for group in yaml.safe_load(ALERTS_FILE.read_text())["groups"] for rule in group["rules"]
]
PANELS = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
OF_PROMETHEUS = {"up"}  # Prometheus' own, of each target
# What our code writes into labels, beside the routes and what is told as 0 from the start.
VALUES = {
    ("polis_http_request_seconds", "status"): {f"{digit}xx" for digit in "12345"},
    ("polis_tool_calls_total", "outcome"): {"ok"},
    ("polis_tokens_held", "book"): {"live", "test"},
}
QUERIES = [
    *(target["expr"] for panel in PANELS for target in panel["targets"]),
    *(rule["expr"] for rule in RULES),
    *(each["expr"] for each in BOARD["annotations"]["list"]),
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_sound_and_knows_the_labels_of_its_figures(query):
    for name, labels in parsed(query).selectors:
        if name in OF_PROMETHEUS:
            continue
        meter = meter_of(name)
        known = {*meter.labels, *(["le"] if isinstance(meter, Histogram) else [])}
        assert labels.keys() <= known, query


def test_each_figure_they_name_is_one_a_served_installation_tells(served):
    with urlopen(f"{served.base}/metrics", timeout=30) as answer:
        told = names(answer.read().decode())
    named = {name for query in QUERIES for name, _ in parsed(query).selectors}
    assert named - told == OF_PROMETHEUS


def meter_of(name: str) -> Meter:
    """The meter a figure is of."""
    return BY_NAME[re.sub(r"_(bucket|sum|count)$", "", name) if name not in BY_NAME else name]


def test_a_label_is_held_against_values_there_are(tmp_path):
    known = values(tmp_path)
    held = [
        (meter_of(name).name, label, pattern)
        for query in QUERIES
        for name, labels in parsed(query).selectors
        if name not in OF_PROMETHEUS
        for label, patterns in labels.items()
        for pattern in patterns
    ]
    assert len(held) > 10
    assert [
        (name, label, pattern)
        for name, label, pattern in held
        if not any(re.fullmatch(pattern, value) for value in known[name, label])
    ] == []


def values(folder) -> dict[tuple[str, str], set[str]]:
    """By meter and label, what our code writes there."""
    app = create_app(bootstrap.build(settings_for("", folder)))
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    found = VALUES | {("polis_http_request_seconds", "route"): rules | {*mcp.PATHS}}
    for meter, told in RARE:
        for label, value in zip(meter.labels, told, strict=True):
            found.setdefault((meter.name, label), set()).add(value)
    return found


def test_every_figure_is_on_the_board():
    shown = {name for query in QUERIES for name, _ in parsed(query).selectors}
    missing = {name for name in BY_NAME if not any(each.startswith(name) for each in shown)}
    assert missing == set()


@pytest.mark.parametrize(
    "broken",
    [
        "sum(rate(x[5m])", "rate(x[5])", 'x{a="b}', "sum by (a rate(x[5m])", "x > ", "x{a=b}", "",
        "nosuch(x)", "rate(x)", "x y", "x[5m]",
    ],
)  # fmt: skip
def test_what_is_no_query_is_told_as_such(broken):
    with pytest.raises(ValueError, match=r"."):
        Query(broken)


def test_an_alert_says_how_urgent_it_is_what_is_wrong_and_what_to_do():
    for rule in RULES:
        assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"].keys() == {"summary", "do"}
        assert len(rule["annotations"]["do"]) > 60
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_the_page_lists_every_alert_as_the_file_has_it():
    told = {name: (severity, do) for name, severity, _, do in alerts(ALERTS_FILE.read_text())}
    assert told == {
        rule["alert"]: (rule["labels"]["severity"], rule["annotations"]["do"]) for rule in RULES
    }


def test_panels_stand_beside_and_below_each_other_without_overlap():
    taken = set()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
