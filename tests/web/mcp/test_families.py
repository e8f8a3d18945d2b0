"""Resources, prompts and completions, in both eras."""

import pytest

from app.web.mcp.problems import UnknownPrompt, UnknownResource
from app.web.mcp.server import Completion, InputRequired, Listing, PromptText, Reading
from tests.web.mcp.door import Door
from tests.web.mcp.servers import server

ARGUMENT = {"name": "draft", "title": "Draft", "description": "What to test.", "required": True}
PROMPT = {"name": "test_draft", "title": "Test a draft", "arguments": [ARGUMENT]}
RESOURCE = {"uri": "ours://docs/start", "name": "start", "title": "Start", "icons": []}
TEMPLATE = {"uriTemplate": "ours://runs/{id}", "name": "run", "title": "Run"}
MESSAGE = {"role": "user", "content": {"type": "text", "text": "Hello"}}
PROMPT_REF = {"type": "ref/prompt", "name": "test_draft"}


class Resources:
    def list(self, context, cursor):
        return Listing([RESOURCE], 1, "private")

    def templates(self, context, cursor):
        return Listing([TEMPLATE], 2, "public")

    def read(self, context, uri):
        if uri != RESOURCE["uri"]:
            raise UnknownResource(uri)
        return Reading([{"uri": uri, "mimeType": "text/plain", "text": "words"}], 3, "private")


class Prompts:
    def list(self, context, cursor):
        return Listing([PROMPT], 4, "public")

    def get(self, context, name, arguments):
        if name != PROMPT["name"]:
            raise UnknownPrompt(name)
        if arguments.get("draft") == "ask":
            return InputRequired(state="s")
        return PromptText([MESSAGE], arguments.get("draft", ""))


class Completions:
    def __init__(self, found):
        self._found = found

    def complete(self, context, ref, argument, known):
        return self._found or Completion([ref.get("name") or ref["uri"], argument["value"], *known])


@pytest.fixture
def door():
    return _door()


def _door(found=None):
    return Door(server(resources=Resources(), prompts=Prompts(), completions=Completions(found)))


def _plain(answer):
    return {key: value for key, value in answer.result.items() if key != "_meta"}


def test_resources_and_templates_are_listed_with_cache_hints(door):
    assert _plain(door.modern("resources/list")) == {
        "resultType": "complete",
        "resources": [RESOURCE],
        "ttlMs": 1,
        "cacheScope": "private",
    }
    assert _plain(door.modern("resources/templates/list"))["resourceTemplates"] == [TEMPLATE]


def test_resource_is_read_with_cache_hints_where_they_are_known(door):
    params = {"uri": RESOURCE["uri"]}
    contents = [{**params, "mimeType": "text/plain", "text": "words"}]
    assert _plain(door.modern("resources/read", params)) == {
        "resultType": "complete",
        "contents": contents,
        "ttlMs": 3,
        "cacheScope": "private",
    }
    assert door.legacy("resources/read", params).result == {"contents": contents}


def test_resource_that_is_not_there_is_named_in_each_era_s_code(door):
    params = {"uri": "ours://nothing"}
    for answer, code in (
        (door.modern("resources/read", params), -32602),
        (door.legacy("resources/read", params), -32002),
    ):
        assert (answer.status, answer.code) == (200, code)
        assert answer.json["error"]["data"] == params


def test_prompts_and_their_arguments_are_listed_in_the_revision_s_members(door):
    assert door.modern("prompts/list").result["prompts"] == [PROMPT]
    oldest = door.legacy("prompts/list", revision="2025-03-26").result["prompts"]
    plain = {key: value for key, value in ARGUMENT.items() if key != "title"}
    assert oldest == [{"name": "test_draft", "arguments": [plain]}]


@pytest.mark.parametrize(
    ("arguments", "members"),
    [({}, {"messages": [MESSAGE]}), ({"draft": "d"}, {"messages": [MESSAGE], "description": "d"})],
)
def test_prompt_is_filled_in(door, arguments, members):
    params = {"name": "test_draft", "arguments": arguments}
    assert door.legacy("prompts/get", params).result == members


def test_prompt_may_need_input_first(door):
    params = {"name": "test_draft", "arguments": {"draft": "ask"}}
    assert door.modern("prompts/get", params).result["resultType"] == "input_required"


@pytest.mark.parametrize(
    "params", [{"name": "nothing"}, {}, {"name": "test_draft", "arguments": {"draft": 5}}]
)
def test_unknown_prompts_and_unreadable_arguments_are_invalid(door, params):
    assert door.legacy("prompts/get", params).code == -32602


@pytest.mark.parametrize("ref", [PROMPT_REF, {"type": "ref/resource", "uri": "test_draft"}])
def test_completion_is_given_what_is_known_already(door, ref):
    params = {
        "ref": ref,
        "argument": {"name": "a", "value": "b"},
        "context": {"arguments": {"c": "d"}},
    }
    assert door.legacy("completion/complete", params).result == {
        "completion": {"values": ["test_draft", "b", "c"], "total": 3, "hasMore": False}
    }


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Completion(), (0, 0, False)),
        (Completion([str(n) for n in range(150)]), (100, 150, True)),
        (Completion(["a"], total=9), (1, 9, True)),
    ],
)
def test_completion_tells_at_most_a_hundred_values(found, told):
    params = {"ref": PROMPT_REF, "argument": {"name": "a", "value": ""}}
    completion = _door(found).legacy("completion/complete", params).result["completion"]
    assert (len(completion["values"]), completion["total"], completion["hasMore"]) == told


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"ref": PROMPT_REF},
        {"ref": {"type": "ref/tool", "name": "x"}, "argument": {"name": "a", "value": ""}},
        {"ref": {"type": "ref/prompt"}, "argument": {"name": "a", "value": ""}},
        {"ref": PROMPT_REF, "argument": {"name": "a"}},
        {"ref": PROMPT_REF, "argument": {"name": "a", "value": ""}, "context": 5},
        {"ref": PROMPT_REF, "argument": {"name": "a", "value": ""}, "context": {"arguments": []}},
    ],
)
def test_unreadable_completion_requests_are_invalid(door, params):
    assert door.legacy("completion/complete", params).code == -32602


def test_every_family_is_a_capability(door):
    capabilities = door.modern("server/discover").result["capabilities"]
    assert capabilities == {"resources": {}, "prompts": {}, "completions": {}}
