"""A program that calls the REST twin with a credential of an agent's."""

import json
from typing import Any

from werkzeug.test import TestResponse

from tests.tools.agent import Agent, hold_usage, validator


class Program:
    """POSTs JSON, and holds every answer to the tool's schema."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    def send(self, tool: str, body: object = None, **more: Any) -> TestResponse:
        """One request, whatever becomes of it."""
        agent, path = self._agent, f"/api/v1/{tool}"
        before, agent.path = agent.path, path
        try:
            return agent.send({} if body is None else body, **more)
        finally:
            agent.path = before

    def call(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """A tool's answer."""
        answer = self.send(tool, arguments)
        assert answer.status_code == 200, answer.text
        return promised(tool, answer)

    def refusal(self, tool: str, status: int, /, **arguments: Any) -> dict[str, Any]:
        """A tool's refusal, under this status."""
        answer = self.send(tool, arguments)
        assert answer.status_code == status, answer.text
        return promised(tool, answer)["error"]


def promised(tool: str, answer: TestResponse) -> dict[str, Any]:
    """The body of an answer that keeps what every one promises."""
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Request-Id"]
    body = json.loads(answer.data)
    validator(f"polis_{tool}").validate(body)
    hold_usage(body["_usage"])
    return body
