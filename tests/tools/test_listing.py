"""What `tools/list` says: eleven tools in one order, each described whole, none beyond the scope."""

import re

import pytest
from jsonschema import Draft202012Validator

from app.tools import TOOLS
from tests.tools.agent import MODERN, NEWEST_LEGACY
from tests.web.pages.test_static_files import get

NAMES = [
    "polis_account", "polis_estimate", "polis_test", "polis_status", "polis_report", "polis_ask",
    "polis_thread", "polis_compare", "polis_runs", "polis_cancel", "polis_topup",
]  # fmt: skip
FREE = [
    "polis_account", "polis_estimate", "polis_status", "polis_report", "polis_thread", "polis_runs",
]  # fmt: skip
DESTRUCTIVE, READ_ONLY = {"polis_cancel"}, set(FREE)
REPEATABLE = READ_ONLY | {"polis_cancel"}
REACHING_OUT = {"polis_test", "polis_compare", "polis_ask", "polis_topup"}
DESCRIBED = [pytest.param(tool.describe(), id=name) for name, tool in TOOLS.items()]

each_tool = pytest.mark.parametrize("described", DESCRIBED)


def _every(schema):
    """A schema and all schemas inside it."""
    yield schema
    for part in schema.get("properties", {}).values():
        yield from _every(part)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from _every(schema[keyword])


def test_eleven_tools_come_in_the_same_order_every_time(polis):
    agent = polis.agent()
    for _ in range(2):
        assert [tool["name"] for tool in agent.result("tools/list")["tools"]] == NAMES
    assert [tool["name"] for tool in agent.modern("tools/list")["tools"]] == NAMES


def test_a_reading_key_sees_the_free_tools_alone(polis):
    reader = polis.agent(scopes=("mcp:read",))
    assert [tool["name"] for tool in reader.result("tools/list")["tools"]] == FREE
    assert reader.modern("tools/list")["cacheScope"] == "private"


def test_a_cursor_nobody_handed_out_is_refused(polis):
    answer = polis.agent().ask("tools/list", {"cursor": "x"})
    assert answer.json["error"]["code"] == -32602


def test_older_revisions_are_shown_only_what_they_know(polis):
    agent = polis.agent()
    oldest = agent.result("tools/list", revision="2025-03-26")["tools"][0]
    assert oldest.keys() == {"name", "description", "inputSchema", "annotations"}
    middle = agent.result("tools/list", revision="2025-06-18")["tools"][0]
    assert middle.keys() == oldest.keys() | {"title", "outputSchema"}


@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
def test_every_tool_and_the_server_show_our_mark_from_our_own_origin(polis, revision):
    agent = polis.agent()
    asked = agent.modern if revision == MODERN else agent.result
    icons = [tool["icons"] for tool in asked("tools/list")["tools"]]
    if revision == MODERN:
        told = asked("server/discover")["_meta"]["io.modelcontextprotocol/serverInfo"]
    else:
        told = asked("initialize", {"protocolVersion": revision, "capabilities": {}})["serverInfo"]
    assert icons == [told["icons"]] * 11
    assert told["websiteUrl"] == polis.services.settings.base_url
    for icon in told["icons"]:
        path = icon["src"].removeprefix(polis.services.settings.base_url)
        answer = get(polis, path)
        assert (answer.status_code, answer.mimetype) == (200, icon["mimeType"])


@each_tool
def test_names_fit_every_directory(described):
    assert re.fullmatch(r"[a-z_]{1,64}", described["name"])
    assert 20 < len(described["description"]) < 1024


@each_tool
def test_all_four_annotations_are_stated_and_true(described):
    name, hints = described["name"], described["annotations"]
    assert hints == {
        "title": described["title"],
        "readOnlyHint": name in READ_ONLY,
        "destructiveHint": name in DESTRUCTIVE,
        "idempotentHint": name in REPEATABLE,
        "openWorldHint": name in REACHING_OUT,
    }


@each_tool
def test_inputs_are_flat_and_closed(described):
    schema = described["inputSchema"]
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    for part in _every(schema):
        assert not part.keys() & {"$ref", "$defs", "anyOf", "oneOf", "allOf", "title", "const"}
        assert part["type"] in {"object", "string", "integer", "array"}
        assert part["type"] != "object" or part["additionalProperties"] is False
        assert "default" not in part or part["default"] is not None


@each_tool
def test_outputs_admit_the_refusal_and_need_only_the_usage(described):
    schema = described["outputSchema"]
    Draft202012Validator.check_schema(schema)
    assert (schema["type"], schema["required"]) == ("object", ["_usage"])
    assert {"_usage", "error"} <= schema["properties"].keys()
    for part in _every(schema):
        assert not part.keys() & {"$ref", "$defs", "oneOf", "allOf", "title", "x-nullable"}


@each_tool
@pytest.mark.parametrize("side", ["inputSchema", "outputSchema"])
def test_every_field_is_described(described, side):
    for part in _every(described[side]):
        for name, field in part.get("properties", {}).items():
            assert len(field.get("description", "")) > 5, name
            assert field["description"].endswith("."), name


@each_tool
def test_no_argument_travels_in_a_header(described):
    assert all("x-mcp-header" not in part for part in _every(described["inputSchema"]))


@pytest.mark.parametrize(
    ("tool", "field", "facts"),
    [
        ("polis_test", "content", {"maxLength": 50_000}),
        ("polis_test", "audience", {"maxLength": 500}),
        ("polis_test", "label", {"maxLength": 80}),
        ("polis_test", "persona_count", {"minimum": 10, "maximum": 1000, "default": 100}),
        ("polis_test", "detail", {"enum": ["snapshot", "standard", "deep"], "default": "standard"}),
        ("polis_test", "content_type", {"enum": ["text", "tweet", "linkedin", "markdown", "url"]}),
        ("polis_status", "wait_s", {"minimum": 0, "maximum": 25, "default": 0}),
        ("polis_thread", "wait_s", {"minimum": 0, "maximum": 25, "default": 0}),
        ("polis_report", "limit", {"minimum": 1, "maximum": 100}),
        ("polis_ask", "question", {"minLength": 1, "maxLength": 2000}),
        ("polis_ask", "target", {"enum": ["persona", "archetype", "segment", "panel"]}),
        ("polis_compare", "variants", {"minItems": 2, "maxItems": 5}),
        ("polis_runs", "limit", {"minimum": 1, "maximum": 50}),
        ("polis_topup", "pack", {"enum": ["small", "medium", "large", "scale"]}),
    ],
)
def test_bounds_are_told_where_they_hold(tool, field, facts):
    shown = TOOLS[tool].describe()["inputSchema"]["properties"][field]
    assert facts.items() <= shown.items()


def test_estimating_takes_what_testing_takes():
    assert TOOLS["polis_estimate"].input is TOOLS["polis_test"].input
