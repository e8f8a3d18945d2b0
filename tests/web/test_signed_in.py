"""Where a sign-in may lead: to a path of ours, whatever was asked for."""

from urllib.parse import urljoin, urlsplit

import pytest

from app.web.signed_in import HOME, next_path, sign_in_address

OURS = (
    "/", "/app/", "/app/apps", "/oauth/authorize?client_id=https://claude.ai/x&state=a%20b%2F&scope=mcp",
    "/docs/overview#tokens", "/device?user_code=BCDF-GHJK", "/a/b.c?d=../..",
)  # fmt: skip
ELSEWHERE = (
    None, "", "evil.example", "//evil.example", "///evil.example", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "https://evil.example",
    "http:evil.example", "https:/evil.example", "https:///evil.example", "javascript:alert(1)",
    "JaVaScRiPt://127.0.0.1:8000/%0aalert(1)", "data:text/html,x", "vbscript:x", "mailto:x@evil.example",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example",
    "/\r\nSet-Cookie: a=b", "/\x00/evil.example", "//evil.example@127.0.0.1:8000/", "//127.0.0.1:8000@evil.example",
    "/..//evil.example", "/.//evil.example", "/app/..//evil.example", "/\uff0fevil.example", "\uff0f/evil.example",
    "/\u2028/evil.example", "?next=//evil.example", "#//evil.example", "@evil.example", ":80//evil.example",
    "/" + "a" * 9000,
)  # fmt: skip


@pytest.mark.parametrize("path", OURS)
def test_a_path_of_ours_is_gone_on_to(path):
    assert next_path(path) == path


@pytest.mark.parametrize("payload", ELSEWHERE, ids=repr)
def test_no_payload_leads_elsewhere(payload):
    path = next_path(payload)
    assert path == HOME
    assert urlsplit(urljoin("https://polis.example/login", path)).netloc == "polis.example"


def test_what_was_asked_for_comes_along_in_one_piece():
    path = "/oauth/authorize?state=a&b=c d"
    assert sign_in_address("/app/?a=b&c") == "/login?next=%2Fapp%2F%3Fa%3Db%26c"
    assert sign_in_address(path, again=True).endswith("&again=1")
