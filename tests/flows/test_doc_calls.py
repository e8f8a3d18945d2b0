"""The calls the pages show for a client of any kind, pasted: SDKs, Claude Code, curl, an app's own."""

import json
import re
from html import unescape

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from app.domain.grants import codes
from app.kit import clock, ids
from tests.clients.drive import python
from tests.flows.claude_code import added, greeted
from tests.flows.pasting import EMAIL, approved, blocks, issued, kim, pasted, running
from tests.flows.test_quickstart import NODE, clean
from tests.needed import BY_NPM, needed
from tests.oauth import VERIFIER
from tests.web.apps.desk import NEW, SECRET

__all__ = ["kim", "running"]

KEY = ECKey.generate_key("P-256", {"kid": "ours"})
HELLO = {"content_type": "text", "content": "Hello, world", "persona_count": 10}


def test_the_python_of_the_guide_tells_of_the_account(running, tmp_path):
    (text,) = blocks(running, "connect-clients")["python polis_account.py"]
    said = clean(running, tmp_path, [needed(python("mcp2"), BY_NPM), "-"], text)
    assert "'organization': 'demo'" in said


def test_the_javascript_of_the_guide_tells_of_the_account(running, tmp_path):
    (text,) = blocks(running, "connect-clients")["ts polis-account.mjs"]
    node = needed(NODE, BY_NPM)
    (tmp_path / "node_modules").symlink_to(NODE.parents[2])
    (tmp_path / "polis-account.mjs").write_text(text)
    said = clean(running, tmp_path, [node, "polis-account.mjs"], "")
    assert "organization: 'demo'" in said


def test_every_line_for_claude_code_connects(running, tmp_path):
    guides = blocks(running, "connect-claude")["sh Terminal"]
    told = [text for text in guides if text.startswith("claude ")]
    told += blocks(running, "api-keys")["sh Claude Code"]
    servers = [added(running, tmp_path, text) for text in told]
    assert {(each.name, each.url) for each in servers} == {("polis", f"{running.base}/mcp")}
    signs_in, by_key, with_app, by_key_too = servers
    assert [greeted(each)[0] for each in (signs_in, with_app)] == [401, 401]
    assert [greeted(each)[0] for each in (by_key, by_key_too)] == [200, 200]


@pytest.mark.parametrize(
    ("slug", "title"), [("api-keys", "sh cURL"), ("connect-clients", "sh Terminal")]
)
def test_an_account_is_asked_for_by_curl(running, tmp_path, slug, title):
    block = blocks(running, slug)[title][-1]
    assert json.loads(pasted(running, tmp_path, block))["organization"] == "demo"


def test_a_complete_request_is_one_and_the_same_by_curl_and_by_mcp(running, tmp_path):
    page = blocks(running, "test-options")
    (by_curl,), (by_mcp,) = page["bash cURL"], page["json MCP"]
    begun = json.loads(pasted(running, tmp_path, by_curl))
    assert begun["status"] == "pending"
    call = json.loads(by_mcp)
    again = running.call(call["name"], call["arguments"])  # its idempotency_key is the same
    assert again["run_id"] == begun["run_id"]


def test_a_call_on_the_wire_is_answered_in_the_form_that_is_shown(running, tmp_path):
    page = blocks(running, "mcp-tools")
    (block,), (shown,) = page["bash a call by hand"], page["json its answer"]
    run_id = running.call("polis_test", HELLO)["run_id"]
    real = json.loads(pasted(running, tmp_path, block.replace("run_…", run_id)))
    told = json.loads(shown)
    told["result"]["structuredContent"]["_usage"].pop("…")
    assert sorted(shapes(told) - shapes(real)) == []
    assert told.keys() == real.keys()
    assert told["result"].keys() == real["result"].keys()
    assert (told["jsonrpc"], told["id"]) == (real["jsonrpc"], real["id"])


def shapes(value: object, at: str = "") -> set[str]:
    """Every place of an answer, with the type of what stands there."""
    if isinstance(value, dict):
        return set().union(*(shapes(each, f"{at}.{name}") for name, each in value.items()))
    if isinstance(value, list):
        return set().union(*(shapes(each, f"{at}[]") for each in value))
    return {f"{at}: {type(value).__name__}"}


def test_a_new_keys_page_shows_a_call_that_the_key_answers(running, kim, tmp_path):
    made = kim.fill("/app/keys", name="ci")
    call = unescape(re.search(r'<code id="try-curl">([^<]+)</code>', made.text)[1])
    assert json.loads(pasted(running, tmp_path, call))["email"] == EMAIL


def test_an_app_asks_for_a_token_of_its_own_and_about_it(running, kim, tmp_path):
    made = kim.fill(
        NEW, name="Nightly digest", kind="confidential", scopes="mcp",
        redirect_uris="https://drafts.example/callback",
    )  # fmt: skip
    assert made.status_code == 201, made.text
    page = re.search(r'"(/app/developer-apps/cli_\w+)', made.text)[1]
    assert kim.press(page, page, acts_alone="on").status_code in {200, 303}
    facts = {
        "CLIENT_ID": re.search(r"polis_ci_\w{38}", made.text)[0],
        "CLIENT_SECRET": SECRET.search(made.text)[0],
    }
    (ask,) = blocks(running, "build-an-app")["sh Client credentials"]
    token = json.loads(pasted(running, tmp_path, ask, **facts))
    assert "refresh_token" not in token
    assert running.call("polis_account", {}, token["access_token"])["organization"]
    tokens = blocks(running, "tokens")
    (about,) = tokens["sh With a secret"]
    facts |= {"TOKEN": token["access_token"]}
    told = json.loads(pasted(running, tmp_path, about, **facts))
    assert (told["active"], told["client_id"]) == (True, facts["CLIENT_ID"])
    assert told.keys() <= json.loads(tokens["json 200 OK"][1]).keys()
    facts |= {"TOKEN": issued(running)["ACCESS"]}  # another client's
    assert json.loads(pasted(running, tmp_path, about, **facts)) == {"active": False}


def test_a_client_proves_itself_with_a_signed_assertion(running, kim, tmp_path):
    page = blocks(running, "build-an-app")
    keys = json.dumps({"keys": [KEY.as_dict(private=False)]})
    method = f'"token_endpoint_auth_method": "private_key_jwt", "jwks": {keys}, "client_name"'
    register = page["sh Register"][0].replace('"client_name"', method)
    client_id = json.loads(pasted(running, tmp_path, register))["client_id"]
    facts = {"CLIENT_ID": client_id, "RANDOM": "a-state"}
    facts |= {"BASE64URL_SHA256_OF_VERIFIER": codes.challenge(VERIFIER)}
    address = page["text Authorization URL"][0]
    for name, value in facts.items():
        address = re.sub(rf"\b{name}\b", value, address)
    code = approved(kim, re.sub(r"\s+", "", address))["code"]
    now = clock.milliseconds(clock.now()) // 1000
    claims = {
        "iss": client_id, "sub": client_id, "aud": running.base, "jti": ids.new("j"),
        "iat": now, "exp": now + 60,
    }  # fmt: skip
    signed = jwt.encode({"alg": "ES256", "kid": KEY.kid}, claims, KEY)
    (exchange,) = page["sh Exchange, with a signed assertion"]
    facts = {"CODE": code, "VERIFIER": VERIFIER, "SIGNED_JWT": signed}
    assert json.loads(pasted(running, tmp_path, exchange, **facts))["access_token"]
