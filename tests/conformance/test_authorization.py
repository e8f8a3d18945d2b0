"""The official suite against our authorization server, consent given by a person in a real browser."""

import json
import urllib.request

import pytest

from tests.clients.connecting.conversation import Conversation
from tests.clients.connecting.person import query
from tests.conformance.suite import COMMAND, NODE
from tests.served import free_port

pytestmark = [
    pytest.mark.parametrize("served", ["sqlite"], indirect=True),
]
CHECKS = {
    "authorization-server-metadata",
    "authorization-server-metadata-cimd",
    "authorization-code-grant",
}


def _registered(served, callback: str) -> str:
    """A public client of the suite: it authenticates by nothing where metadata lists none."""
    body = json.dumps({"client_name": "conformance", "redirect_uris": [callback]}).encode()
    request = urllib.request.Request(
        f"{served.base}/api/oauth/register", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())["client_id"]


def test_both_scenarios_of_authorization_servers_pass_without_a_warning(served, person, tmp_path):
    port = free_port()
    client_id = _registered(served, f"http://127.0.0.1:{port}/callback")
    about = ("--url", served.base, "--client-id", client_id, "--resource", served.url)
    kept = ("--port", str(port), "--output-dir", str(tmp_path))
    command = [str(NODE), str(COMMAND), "authorization", *about, *kept]
    with Conversation(command, tmp_path) as suite:
        asked = query(url := suite.visit())
        person.approve(url)
        assert suite.end() == 0, suite.transcript
    assert asked["resource"] == served.url
    checks = [
        check for kept in tmp_path.rglob("checks.json") for check in json.loads(kept.read_text())
    ]
    assert {check["id"] for check in checks} == CHECKS
    assert {check["status"] for check in checks} == {"SUCCESS"}, checks
