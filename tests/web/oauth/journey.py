"""A whole connection over HTTP: registered, approved in a browser, exchanged, used."""

import json
from dataclasses import replace

from werkzeug.test import TestResponse

from app.domain.clients import find
from app.domain.clients.known import KnownClient
from tests import oauth
from tests.factories import Member
from tests.tools.agent import Agent
from tests.tools.installation import Installation
from tests.web.oauth.program import Program
from tests.web.oauth.visitor import BASE, Visitor, told

REGISTER = "/api/oauth/register"
NAMES = ("/api/mcp", "/mcp")
PRIVATE = "myapp://callback"


def registration(polis: Installation, path: str = REGISTER, **facts) -> TestResponse:
    """What a program is answered that registers itself; a member given as None is left out."""
    whole = {"redirect_uris": [oauth.REDIRECT], **facts}
    body = json.dumps({name: value for name, value in whole.items() if value is not None})
    kind = {"Content-Type": "application/json"}
    return polis.app.test_client().post(path, base_url=BASE, data=body, headers=kind)


def registered(polis: Installation, **facts) -> tuple[KnownClient, Program]:
    """A client that registered itself over HTTP, and its program."""
    answer = registration(polis, **facts)
    assert answer.status_code == 201, answer.text
    with polis.services.database.reading() as session:
        client = find.by_client_id(session, answer.json["client_id"])
    return client, Program(polis.app, client, answer.json.get("client_secret", ""))


def approval(kim: Visitor, client: KnownClient, **asked: str | None) -> oauth.Approved:
    """The code of a request somebody approved in their browser."""
    return oauth.Approved(client, told(kim.answer(kim.ask(client, **asked), "approve"))["code"])


def as_agent(polis: Installation, who: Member, token: str, path: str = NAMES[0]) -> Agent:
    """Whoever holds a token, at a name of the endpoint."""
    return polis.as_(replace(who, key=token), path)


def statuses(polis: Installation, who: Member, token: str) -> list[int]:
    """What a token is worth at each name of the endpoint."""
    return [as_agent(polis, who, token, path).ask("tools/list").status_code for path in NAMES]
