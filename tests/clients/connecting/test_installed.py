"""Inspector and mcp-remote connect by OAuth, refresh from what they stored, and are refused."""

import pytest

from tests.clients.connecting import registering
from tests.clients.connecting.ending import Requests, expire, is_refused, revoke
from tests.clients.connecting.installed import Inspector, Remote, ask
from tests.clients.connecting.person import query

pytestmark = [
    pytest.mark.parametrize("served", ["sqlite"], indirect=True),
]

INSPECTOR = registering.Expected("mcp mcp:read offline_access", kind="native")


@pytest.mark.parametrize(
    ("era", "kind"), [("legacy", None), ("auto", "complete")], ids=["legacy", "auto"]
)
def test_inspector_connects_refreshes_and_is_refused_once_revoked(
    era, kind, served, person, tmp_path
):
    inspector = Inspector(era, served.url, tmp_path)
    requests = Requests(served)
    with inspector.run() as first:
        asked = query(url := first.visit())
        person.approve(url)
        result = first.told("result")["result"]
        assert first.end() == 0
    assert (result["structuredContent"]["organization"], result.get("resultType")) == ("demo", kind)
    registering.began(requests)
    before = inspector.kept()
    registering.check(served, asked, before.client, before.tokens, INSPECTOR)
    expire(served, before.tokens["access_token"])
    requests = Requests(served)
    with inspector.run("--stored-auth-only") as second:
        result = second.told("result")["result"]
        assert second.end() == 0
    after = inspector.kept()
    registering.refreshed(requests, before.tokens, after.tokens)
    assert result["structuredContent"]["organization"] == "demo"
    revoke(served, asked["client_id"], after.tokens["refresh_token"])
    assert is_refused(served.url, after.tokens["access_token"])
    with inspector.run("--stored-auth-only") as third:
        assert third.told("error")["error"]["code"] == "auth_required"
        assert third.end() != 0


@pytest.mark.parametrize("era", ["legacy", "auto"])
def test_mcp_remote_connects_refreshes_and_is_refused_once_revoked(era, served, person, tmp_path):
    remote = Remote(era, served.url, tmp_path)
    requests = Requests(served)
    with remote.run() as first:
        asked = query(url := first.visit())
        person.approve(url)
        assert ask(first)["structuredContent"]["organization"] == "demo"
        assert ("speaks MCP 2026-07-28" in first.transcript) is (era == "auto")
        first.end()
    registering.began(requests)
    before = remote.kept()
    registering.check(served, asked, before.client, before.tokens, registering.NEWER)
    expire(served, before.tokens["access_token"])
    requests = Requests(served)
    with remote.run() as second:
        assert ask(second)["structuredContent"]["organization"] == "demo"
        second.end()
    after = remote.kept()
    registering.refreshed(requests, before.tokens, after.tokens)
    revoke(served, asked["client_id"], after.tokens["refresh_token"])
    assert is_refused(served.url, after.tokens["access_token"])
    with remote.run() as third:
        assert query(third.visit())["client_id"] == asked["client_id"]
