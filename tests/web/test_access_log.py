"""The access log: one line an answer, of words of ours alone, whatever was asked and how."""

import json

import pytest

from app.kit import secrets
from tests.tools.installation import polis, standing

__all__ = ["polis", "standing"]

SECRET = secrets.mint("polis_ml_")
FORGED = "%22%7D%0A%7B%22event%22:%22forged%22"
PATHS = [
    "/link/{}", "/pay/{}", "/api/oauth/register/{}", "/docs/{}", "/app/runs/{}", "/static/{}/x",
    "/.well-known/oauth-protected-resource/{}", "/.well-known/oauth-authorization-server/{}",
    "/api/mcp/.well-known/{}", "/mcp/.well-known/{}", "/mcp/{}", "/mcp{}", "/api/{}", "/api/v1/{}", "/{}",
    "/login?next={}", "/api/oauth/token?code={}", "/oauth/authorize?state={}", "/mcp?key={}",
]  # fmt: skip


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "evil.example"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "HEAD", "PUT", "BREW"])
def test_s19_a_line_holds_no_argument_of_a_path_and_nothing_a_stranger_wrote(
    polis, method, host, capsys
):
    http = polis.app.test_client()
    for path in PATHS:
        for written in (SECRET, FORGED, f"{SECRET}%0A"):
            asked = path.format(written)
            http.open(asked, method=method, headers={"Host": host, "Origin": "https://x.example"})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(lines) == 3 * len(PATHS)
    assert {line["event"] for line in lines} == {"http"}
    assert SECRET[9:] not in repr(lines)


@pytest.mark.parametrize("path", ["/api/oauth/token", "/.well-known/jwks.json", "/register", "/"])
def test_a_preflight_to_another_host_is_misdirected_like_all_else(polis, path):
    http = polis.app.test_client()
    asked = {"Host": "evil.example", "Origin": "https://x.example"}
    assert http.options(path, headers=asked).status_code == 421
