"""An app is connected in a real browser with scripts switched off, from registration to a tool."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.adapters.mail.mailbox import Mailbox
from app.domain import sessions
from app.domain.sessions import Browser
from app.kit import clock, ids
from app.models.grants import Grant
from tests import oauth
from tests.browser.looks import faults
from tests.browser.loopback import waiting
from tests.browser.test_pages import LOOKS
from tests.factories import Member, member

NO_SCRIPT = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}
PASSWORD = "seven paper boats in harbour"


def _registered(site, **facts) -> str:
    answer = site.app.test_client().post("/api/oauth/register", base_url=site.base, json=facts)
    assert answer.status_code == 201, answer.text
    return answer.json["client_id"]


def _link(client_id: str, redirect_uri: str, **more: str) -> str:
    facts = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "code_challenge": oauth.codes.challenge(oauth.VERIFIER),
        "code_challenge_method": "S256",
        "state": "a state",
    }
    return f"/oauth/authorize?{urlencode(facts | more)}"


def _exchanged(site, client_id: str, code: str, redirect_uri: str) -> str:
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": oauth.VERIFIER,
    }
    answer = site.app.test_client().post("/api/oauth/token", base_url=site.base, data=form)
    assert answer.status_code == 200, answer.text
    return answer.json["access_token"]


def _signed_in(site, page, who=None) -> Member:
    """A browser somebody signed in with a moment ago."""
    who = who or member(site.services, verified=True)
    with site.services.transaction() as session:
        begun = sessions.begin(session, who.user_id, Browser("127.0.0.1", "x"), clock.now())
    page.context.add_cookies([{"name": "polis", "value": begun.secret, "url": site.base}])
    return who


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_somebody_new_connects_a_program_and_it_calls_a_tool(page, site):
    email = f"{ids.new('p')}@example.com"
    with waiting() as program:
        registered = re.sub(r":\d+/", "/", program.callback)  # the port is whichever is free
        client_id = _registered(site, redirect_uris=[registered], client_name="Notes")
        page.goto(_link(client_id, program.callback, resource=f"{site.base}/mcp", scope="mcp"))
        page.get_by_role("link", name="Create an account").click()
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Create").click()
        site.work_off()
        letters = Mailbox(site.services.database, site.services.links.keys).read(email)
        page.goto(re.search(r"(/link/\S+)", letters[0].body)[1])
        page.get_by_role("main").get_by_role("button").first.click()
        page.wait_for_url("**/oauth/authorize?**")
        expect(page.get_by_role("heading", level=1)).to_contain_text("a program on this computer")
        page.get_by_label("Spend limit a month").fill("200")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You may close this page")
        told = program.told
    assert (told["state"], told["iss"]) == ("a state", site.base)
    token = _exchanged(site, client_id, told["code"], program.callback)
    who = Member(user_id="", organization_id="", key=token, key_id="")
    account = site.as_(who, "/mcp").call("polis_account")
    assert account["trial_tokens_remaining"] == 300
    page.goto("/app/apps")
    row = page.get_by_role("row").filter(has_text="Notes")
    expect(row).to_contain_text("200")
    row.get_by_role("button", name="Disconnect Notes").click()
    page.get_by_role("main").get_by_role("button", name=re.compile("Disconnect")).first.click()
    expect(page.get_by_text("No app is connected.")).to_be_visible()
    assert site.as_(who, "/mcp").ask("tools/list").status_code == 401


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_denying_brings_the_browser_back_with_no_code(page, site):
    _signed_in(site, page)
    with waiting() as program:
        client_id = _registered(site, redirect_uris=[program.callback])
        page.goto(_link(client_id, program.callback))
        page.get_by_role("button", name="Deny").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You may close this page")
        assert program.told["error"] == "access_denied"
        assert "code" not in program.told


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_going_back_and_approving_again_ends_on_a_friendly_page(page, site):
    _signed_in(site, page)
    with waiting() as program:
        client_id = _registered(site, redirect_uris=[program.callback])
        page.goto(_link(client_id, program.callback))
        approve = page.get_by_role("button", name="Approve")
        form = page.locator("form", has=approve)
        action, fields = form.get_attribute("action"), form.locator("input[type=hidden]").all()
        sent = {each.get_attribute("name"): each.get_attribute("value") for each in fields}
        chosen = form.locator("input[type=radio][checked]").get_attribute("value")
        approve.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You may close this page")
        more = {"organization": chosen, "limit": "300", "days": "90", "decision": "approve"}
        again = page.request.post(f"{site.base}{action}", form={**sent, **more})
        assert len(program.asked) == 1
    assert "already connected" in again.text()


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_pressing_enter_in_the_limit_decides_nothing(page, site):
    who = _signed_in(site, page)
    with waiting() as program:
        client_id = _registered(site, redirect_uris=[program.callback])
        page.goto(_link(client_id, program.callback))
        page.get_by_label("Spend limit a month").fill("70")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("to use Polis for you?")
        expect(page.get_by_label("Spend limit a month")).to_have_value("70")
        assert program.asked == []
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You may close this page")
        assert program.told["code"]
    with site.services.database.reading() as session:
        made = select(Grant.monthly_cap_tokens).where(Grant.user_id == who.user_id)
        assert list(session.scalars(made)) == [70]


@pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)
def test_who_asks_and_the_warning_are_what_is_seen_and_read_out_first(page, site):
    _signed_in(site, page)
    page.goto(
        _link(_registered(site, redirect_uris=["http://127.0.0.1/cb"]), "http://127.0.0.1/cb")
    )
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Approve only if you started this yourself.")).to_be_in_viewport(
        ratio=1
    )


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_pages_of_a_connection_have_no_fault_at_any_width_in_any_light(page, site):
    who = _signed_in(site, page)
    local = oauth.client(site.services, name="Notes", redirect_uris=["http://127.0.0.1/cb"])
    claude = "https://claude.ai/api/mcp/auth_callback"
    known = oauth.client(site.services, name="Claude", redirect_uris=[claude])
    oauth.approved(site.services, who, local, cap=70, redirect_uri="http://127.0.0.1/cb")
    pages = {
        "unverified": _link(local.client_id, "http://127.0.0.1:5000/cb", scope="mcp openid email"),
        "verified": _link(known.client_id, claude, scope="mcp offline_access"),
        "reading": _link(known.client_id, claude, scope="mcp:read"),
        "organizations": _link(known.client_id, claude, sub_type="organization"),
        "mismatch": _link(known.client_id, claude + "/"),
        "apps": "/app/apps",
    }
    found = {}
    for name, path in pages.items():
        page.goto(path)
        found[name] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}
