"""What the pages for developers have their readers paste, pasted: blocks, and whole programs."""

import json
import re
import subprocess
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.domain.grants import codes
from tests.flows.pasting import EMAIL, approved, blocks, filled, issued, kim, pasted, running
from tests.flows.test_quickstart import NODE, clean, fetched
from tests.needed import BY_NPM, needed
from tests.oauth import VERIFIER
from tests.web.oauth.visitor import fields

__all__ = ["kim", "running"]

OPEN = re.compile(r"(http://127\.0\.0\.1:\d+/oauth/authorize\?\S+)")


@pytest.mark.parametrize("kind", ["PKCE only", "with secret"])
def test_an_app_is_built_block_by_block(running, kim, tmp_path, kind):
    page = blocks(running, "build-an-app")
    register = page["sh Register"][0]
    if kind == "with secret":
        how = '"token_endpoint_auth_method": "client_secret_basic", "client_name"'
        register = register.replace('"client_name"', how)
    client = json.loads(pasted(running, tmp_path, register))
    facts = {"CLIENT_ID": client["client_id"], "CLIENT_SECRET": client.get("client_secret", "")}
    facts |= {"BASE64URL_SHA256_OF_VERIFIER": codes.challenge(VERIFIER), "RANDOM": "a-state"}
    address = re.sub(r"\s+", "", filled(page["text Authorization URL"][0], **facts))
    told = approved(kim, address.replace("scope=mcp", "scope=openid+profile+email+mcp"))
    assert (told["state"], told["iss"]) == ("a-state", running.base)
    facts |= {"CODE": told["code"], "VERIFIER": VERIFIER}
    tokens = json.loads(pasted(running, tmp_path, page[f"sh Exchange, {kind}"][0], **facts))
    shown = json.loads(page["json 200 OK"][0])
    assert tokens.keys() - {"id_token"} == shown.keys()
    facts |= {"REFRESH_TOKEN": tokens["refresh_token"]}
    refresh = page["sh Refresh"][0]
    if kind == "with secret":
        refresh = refresh.replace("-d client_id=CLIENT_ID", "-u CLIENT_ID:CLIENT_SECRET")
    again = json.loads(pasted(running, tmp_path, refresh, **facts))
    assert again["refresh_token"] != tokens["refresh_token"]
    userinfo = f"ACCESS_TOKEN={again['access_token']}\n{page['sh Userinfo'][0]}"
    who = json.loads(pasted(running, tmp_path, userinfo))
    assert who.keys() == json.loads(page["json With openid, profile and email"][0]).keys()
    assert who["email"] == EMAIL


def test_a_device_is_connected_block_by_block(running, kim, tmp_path):
    page = blocks(running, "build-an-app")
    client = json.loads(pasted(running, tmp_path, page["sh Register"][1]))
    facts = {"CLIENT_ID": client["client_id"]}
    asked = json.loads(pasted(running, tmp_path, page["sh Ask for a code"][0], **facts))
    assert asked.keys() == json.loads(page["json 200 OK"][1]).keys()
    shown = fields(kim.fill("/device", user_code=asked["user_code"]))
    assert kim.open("/device", {**shown, "decision": "approve"}).status_code == 200
    facts |= {"DEVICE_CODE": asked["device_code"]}
    assert json.loads(pasted(running, tmp_path, page["sh Poll"][0], **facts))["access_token"]


@pytest.mark.parametrize(
    ("language", "command"), [("sh cURL", ["sh", "-eu"]), ("python Python", ["python3", "-u"])]
)
def test_the_whole_program_connects_and_calls_a_tool(running, kim, tmp_path, language, command):
    (text,) = blocks(running, "build-an-app")[language]
    (tmp_path / "program").write_text(text, encoding="utf-8")
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path), "BROWSER": "true"}
    with subprocess.Popen(
        [*command, "program"], cwd=tmp_path, env=env, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as program:  # fmt: skip
        line = next(line for line in program.stdout if OPEN.search(line))
        back = kim.fill(OPEN.search(line)[1].removeprefix(running.base), decision="approve")
        address = back.headers["Location"]
        if language == "sh cURL":
            typed = dict(parse_qsl(urlsplit(address).query))["code"] + "\n"
        else:
            typed = ""
            assert "close this window" in fetched(address)
        said, _ = program.communicate(typed, timeout=60)
    assert program.returncode == 0, said
    assert '"organization' in said.replace("'", '"')


def test_an_integration_is_tested_in_four_calls(running, tmp_path):
    page, mine = blocks(running, "tokens"), issued(running)
    calls = [text[0] for title, text in page.items() if re.match(r"sh \d · ", title)]
    known = "".join(f"{name}={value}\n" for name, value in mine.items())
    works, refreshed, revoked, dead = (pasted(running, tmp_path, known + each) for each in calls)
    assert works == "200\n"
    assert json.loads(refreshed)["refresh_token"] != mine["REFRESH"]
    assert json.loads(revoked) == {}
    assert "This connection was ended on" in dead


def test_a_token_is_refreshed_asked_about_and_given_back(running, tmp_path):
    page, mine = blocks(running, "tokens"), issued(running)
    facts = {"CLIENT_ID": mine["CLIENT_ID"], "REFRESH_TOKEN": mine["REFRESH"]}
    new = json.loads(pasted(running, tmp_path, page["sh cURL"][0], **facts))
    assert new.keys() == json.loads(page["json 200 OK"][0]).keys()
    facts |= {"TOKEN": new["access_token"]}
    (ask,) = page["sh Public client: the token speaks for itself"]
    (revoke,) = page["sh Revoke"]
    told = json.loads(pasted(running, tmp_path, ask, **facts))
    assert told["active"] is True
    assert told.keys() <= json.loads(page["json 200 OK"][1]).keys()
    assert json.loads(pasted(running, tmp_path, revoke, **facts)) == {}


AROUND = """
const stored = { refresh_token: %s, client_id: %s };
const store = async (body: object) => console.log("stored", Object.keys(body).join(" "));
const connectAgain = async () => console.log("connect again");
const wait = async (seconds: number) => console.log("wait", seconds);
"""


def test_the_refresh_in_typescript_stores_what_is_new_and_connects_again_where_it_is_over(
    running, tmp_path
):
    node, mine = needed(NODE, BY_NPM), issued(running)
    (refresh,) = blocks(running, "tokens")["ts TypeScript"]
    for token, said in ((mine["REFRESH"], "stored access_token"), ("polis_rt_x", "connect again")):
        around = AROUND % (json.dumps(token), json.dumps(mine["CLIENT_ID"]))
        (tmp_path / "refresh.mts").write_text(around + refresh, encoding="utf-8")
        told = clean(running, tmp_path, [node, "--no-warnings", "refresh.mts"], "")
        assert told.startswith(said)


@pytest.mark.parametrize("language", ["bash cURL", "python Python", "ts TypeScript"])
def test_a_complete_call_of_the_rest_api_works_in_each_language(running, tmp_path, language):
    (text,) = blocks(running, "rest-api")[language]
    command, typed = (
        {"bash": ["bash", "-eu"], "python": ["python3", "-"]}.get(language.split()[0]),
        text,
    )
    if command is None:
        (tmp_path / "call.mts").write_text(text, encoding="utf-8")
        command, typed = [needed(NODE, BY_NPM), "--no-warnings", "call.mts"], ""
    said = clean(running, tmp_path, command, typed)
    assert re.search(r"run_\w+", said)
    assert "pending" in said
