"""An agent's HTTP client that holds every answer to what all answers promise."""

import json
from functools import cache
from typing import Any

from flask import Flask
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from app.tools import TOOLS
from app.web.mcp.era import CAPABILITIES, VERSION
from app.web.mcp.routing_headers import NAMED_BY
from tests.factories import Member

Json = dict[str, Any]

NEWEST_LEGACY, MODERN = "2025-11-25", "2026-07-28"
TASKS = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
TOKENS = {
    "included_tokens_remaining", "trial_tokens_remaining", "pack_tokens_remaining", "held_tokens",
}  # fmt: skip
OVERAGE = {"in_overage", "overage_usd", "cap_usd", "cap_remaining_usd"}  # all, or for an app none
ALWAYS = TOKENS | OVERAGE | {"plan", "livemode"}
LIMIT_TOKENS = {"credential_limit_tokens", "credential_limit_remaining"}
SOMETIMES = LIMIT_TOKENS | {"period_ends_at", "no_auth"}


class Agent:
    """One credential at one endpoint."""

    def __init__(self, app: Flask, who: Member | None, path: str = "/api/mcp") -> None:
        settings = app.extensions["polis"].settings
        self._http = app.test_client(use_cookies=False)
        self.who = who
        self.peer = "127.0.0.1"
        self.path = path
        self.headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "Host": f"127.0.0.1:{settings.bind.rpartition(':')[2]}",  # as it stands for any base URL
        }
        if who is not None:
            self.headers["Authorization"] = f"Bearer {who.key}"

    def send(self, body: object, *, method: str = "POST", **headers: str | None) -> TestResponse:
        """One request; a header given as None is left out."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        merged = {k: v for k, v in {**self.headers, **named}.items() if v is not None}
        environ = {"REMOTE_ADDR": self.peer}
        return self._http.open(
            self.path, method=method, data=data, headers=merged, environ_overrides=environ
        )

    def ask(
        self, method: str, params: Json | None = None, *, revision: str = NEWEST_LEGACY, **headers
    ) -> TestResponse:
        """One JSON-RPC request of a handshake revision."""
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
        return self.send(message, **{"mcp_protocol_version": revision, **headers})

    def ask_modern(
        self, method: str, params: Json | None = None, capabilities: Json | None = None, **meta
    ) -> TestResponse:
        """One JSON-RPC request of the stateless revision."""
        about = {VERSION: MODERN, CAPABILITIES: capabilities or {}, **meta}
        params = {**(params or {}), "_meta": about}
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        name = params.get(NAMED_BY.get(method, ""))
        return self.send(message, mcp_protocol_version=MODERN, mcp_method=method, mcp_name=name)

    def result(self, method: str, params: Json | None = None, **more) -> Json:
        """The result of a request that is answered."""
        answer = self.ask(method, params, **more)
        assert answer.status_code == 200, answer.text
        return answer.json["result"]

    def modern(self, method: str, params: Json | None = None, *more, **meta) -> Json:
        """The result of a stateless request that is answered."""
        answer = self.ask_modern(method, params, *more, **meta)
        assert answer.status_code == 200, answer.text
        return answer.json["result"]

    def outcome(self, tool: str, arguments: Json) -> Json:
        """A tool's result, refusals included, held to the promises."""
        result = self.result("tools/call", {"name": tool, "arguments": arguments})
        return promised(tool, result)

    def call(self, tool: str, /, **arguments: Any) -> Json:
        """A tool's answer."""
        result = self.outcome(tool, arguments)
        assert result["isError"] is False, result["structuredContent"]
        return result["structuredContent"]

    def refusal(self, tool: str, /, **arguments: Any) -> Json:
        """A tool's refusal."""
        result = self.outcome(tool, arguments)
        assert result["isError"] is True, result["structuredContent"]
        error = result["structuredContent"]["error"]
        assert set(error) == {"code", "message", "hint", "details", "request_id"}
        assert error["message"].endswith(".")
        return error


def promised(tool: str, result: Json) -> Json:
    """A tool's result that keeps what every one promises: two equal forms, its schema, `_usage`."""
    structured = result["structuredContent"]
    assert [block["type"] for block in result["content"]] == ["text"]
    assert json.loads(result["content"][0]["text"]) == structured
    validator(tool).validate(structured)
    hold_usage(structured["_usage"])
    return result


def hold_usage(usage: Json) -> None:
    """Exactly the named fields, those of overage together, token counts as integers."""
    assert set(usage) >= ALWAYS - OVERAGE
    assert usage.keys() & OVERAGE in (OVERAGE, set())
    assert set(usage) <= ALWAYS | SOMETIMES
    for name in usage.keys() & (TOKENS | LIMIT_TOKENS):
        assert type(usage[name]) is int, name
        assert usage[name] >= 0, name


def events(body: bytes) -> list[Json]:
    """The messages of an SSE answer, or of a part of it."""
    return [json.loads(line[6:]) for line in body.split(b"\n") if line.startswith(b"data: ")]


@cache
def validator(tool: str) -> Draft202012Validator:
    """What an answer of a tool has to satisfy: the schema the tool itself declares."""
    schema = TOOLS[tool].describe()["outputSchema"]
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
