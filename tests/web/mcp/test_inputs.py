"""Calls that need input first: only what this very request says its client can give."""

import pytest

from app.web.mcp.capabilities import elicits
from app.web.mcp.server import InputRequired, ToolResult
from tests.web.mcp.door import Door
from tests.web.mcp.servers import with_tool

FORM = {"method": "elicitation/create", "params": {"message": "?", "requestedSchema": {}}}
PAGE = {
    "method": "elicitation/create",
    "params": {"mode": "url", "message": "?", "url": "https://ours.example"},
}
MODEL = {"method": "sampling/createMessage", "params": {}}
ROOTS = {"method": "roots/list"}


def _needing(requests, state=None):
    return Door(with_tool(lambda *_: InputRequired(requests, state)))


@pytest.mark.parametrize(
    ("request_", "capabilities"),
    [
        (FORM, {"elicitation": {}}),
        (FORM, {"elicitation": {"form": {}}}),
        (PAGE, {"elicitation": {"form": {}, "url": {}}}),
        (MODEL, {"sampling": {}}),
        (ROOTS, {"roots": {}}),
    ],
)
def test_declared_kinds_of_input_are_asked_for(request_, capabilities):
    answer = _needing({"a": request_}, "state").modern("tools/call", {"name": "look"}, capabilities)
    result = answer.result
    assert result.pop("_meta")
    assert result == {
        "resultType": "input_required",
        "inputRequests": {"a": request_},
        "requestState": "state",
    }


@pytest.mark.parametrize(
    ("request_", "capabilities", "required"),
    [
        (FORM, {}, {"elicitation": {}}),
        (FORM, {"elicitation": {"url": {}}}, {"elicitation": {}}),
        (PAGE, {"elicitation": {}}, {"elicitation": {"url": {}}}),
        (MODEL, {"elicitation": {}}, {"sampling": {}}),
        (ROOTS, {}, {"roots": {}}),
    ],
)
def test_undeclared_kinds_of_input_are_not_asked_for(request_, capabilities, required):
    answer = _needing({"a": request_}).modern("tools/call", {"name": "look"}, capabilities)
    assert (answer.status, answer.code) == (400, -32021)
    assert answer.json["error"]["data"] == {"requiredCapabilities": required}


def test_requests_alone_come_back_without_state():
    result = _needing({"a": ROOTS}).modern("tools/call", {"name": "look"}, {"roots": {}}).result
    assert (result["inputRequests"], "requestState" in result) == ({"a": ROOTS}, False)


def test_state_alone_asks_the_client_to_come_back():
    result = _needing({}, "later").modern("tools/call", {"name": "look"}).result
    assert (result["requestState"], "inputRequests" in result) == ("later", False)


def test_answers_come_back_with_the_repeated_call():
    def look(context, arguments):
        if "a" not in context.input_responses:
            return InputRequired({"a": FORM}, "s")
        return ToolResult({"got": context.input_responses["a"], "state": context.request_state})

    door = Door(with_tool(look))
    capabilities = {"elicitation": {}}
    params = {"name": "look", "inputResponses": {"a": {"action": "accept"}}, "requestState": "s"}
    result = door.modern("tools/call", params, capabilities).result
    assert result["structuredContent"] == {"got": {"action": "accept"}, "state": "s"}


@pytest.mark.parametrize(
    ("declared", "mode", "takes"),
    [
        (None, "form", False),
        ("yes", "form", False),
        ({}, "form", True),
        ({}, "url", False),
        ({"url": {}}, "form", False),
        ({"url": {}}, "url", True),
    ],
)
def test_empty_elicitation_means_forms_only(declared, mode, takes):
    assert elicits({"elicitation": declared}, mode) is takes
