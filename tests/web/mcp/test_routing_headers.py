"""Headers that repeat arguments: found in the schema, compared by value."""

import pytest

from app.web.mcp.problems import RpcError
from app.web.mcp.routing_headers import decoded, mirrored, require_arguments

SCHEMA = {
    "properties": {
        "region": {"type": "string", "x-mcp-header": "Region"},
        "deep": {
            "type": "object",
            "properties": {"count": {"type": "integer", "x-mcp-header": "Count"}},
        },
        "plain": {"type": "string"},
    }
}
PATHS = mirrored(SCHEMA)


def test_annotations_are_found_at_any_depth_of_properties():
    assert PATHS == {"mcp-param-region": ("region",), "mcp-param-count": ("deep", "count")}


@pytest.mark.parametrize(
    "schema", [{}, {"properties": []}, {"properties": {"a": {"x-mcp-header": 5}}}]
)
def test_schemas_without_annotations_mirror_nothing(schema):
    assert mirrored(schema) == {}


@pytest.mark.parametrize(
    ("arguments", "headers"),
    [
        ({}, {}),
        (None, {}),
        ({"region": None}, {}),
        ({"deep": 5}, {}),
        ({"region": "eu"}, {"mcp-param-region": "eu"}),
        ({"region": "grüße"}, {"mcp-param-region": "=?base64?Z3LDvMOfZQ==?="}),
        ({"region": "=?base64?x"}, {"mcp-param-region": "=?base64?x"}),
        ({"deep": {"count": 10}}, {"mcp-param-count": "10"}),
        ({"deep": {"count": 10}}, {"mcp-param-count": "10.0"}),
        ({"deep": {"count": True}}, {"mcp-param-count": "true"}),
    ],
)
def test_headers_that_repeat_their_arguments_pass(arguments, headers):
    require_arguments(PATHS, arguments, headers)


@pytest.mark.parametrize(
    ("arguments", "headers"),
    [
        ({"region": "eu"}, {}),
        ({}, {"mcp-param-region": "eu"}),
        ({"region": "eu"}, {"mcp-param-region": "EU"}),
        ({"region": "eu"}, {"mcp-param-region": "=?base64?ZXU?="}),
        ({"region": "eu"}, {"mcp-param-region": "=?base64?/w==?="}),
        ({"deep": {"count": 10}}, {"mcp-param-count": "11"}),
        ({"deep": {"count": 10}}, {"mcp-param-count": "ten"}),
        ({"deep": {"count": True}}, {"mcp-param-count": "True"}),
    ],
)
def test_headers_that_differ_from_their_arguments_are_refused(arguments, headers):
    with pytest.raises(RpcError) as refusal:
        require_arguments(PATHS, arguments, headers)
    assert (refusal.value.code, refusal.value.status) == (-32020, 400)


def test_only_whole_base64_wrappings_are_unwrapped():
    assert decoded("=?base64?ZXU=?=") == "eu"
    assert decoded("ZXU=") == "ZXU="
    assert decoded("ZXU=?=") == "ZXU=?="
