"""A consent page shown a second time: nothing was decided, nothing of it is lost."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests import oauth
from tests.web.oauth.visitor import BASE, address, choices, fields, told

STATE = "caf\u00e9 & more"


@pytest.fixture
def client(polis):
    return oauth.client(polis.services, name="Notes")


def _not_you(page) -> tuple[str, dict[str, str]]:
    """Where somebody else comes back to after signing in."""
    link = unescape(re.search(r'href="(/login[^"]*)">Not you', page.text)[1])
    back = urlsplit(dict(parse_qsl(urlsplit(link).query))["next"])
    query = dict(parse_qsl(back.query))
    assert query.pop("signed_in_after").partition(".")[0].isdecimal()
    return back.path, query


def test_enter_in_a_field_decides_nothing(client, kim):
    page = kim.ask(client, state=STATE)
    again = kim.answer(page, "", limit="70", days="30")
    assert again.status_code == 200
    kept = fields(again)
    assert (kept["limit"], kept["days"], kim.grants()) == ("70", "30", [])
    assert _not_you(again) == _not_you(page)
    sent = told(kim.post("/oauth/authorize", {**kept, "decision": "approve"}))
    assert sent["state"] == STATE
    assert kim.grants()[0].monthly_cap_tokens == 70


def test_not_you_leads_back_to_the_same_request(client, kim):
    facts = {"state": STATE, "nonce": "n", "resource": f"{BASE}/mcp", "scope": "mcp openid"}
    path, query = _not_you(kim.ask(client, **facts))
    sent = dict(parse_qsl(urlsplit(address(client, **facts)).query))
    assert (path, query) == ("/oauth/authorize", {**sent, "sub_type": "user"})


def test_an_answer_for_no_organization_is_asked_again(client, kim):
    mine = kim.who.organization_id
    (link,) = choices(kim.ask(client, sub_type="organization")).values()
    page = kim.get(link)
    again = kim.answer(page, "approve", organization="")
    assert again.status_code == 422
    assert "Choose an organization you may connect." in again.text
    kept = fields(again)
    assert "code" in told(kim.answer(again, "approve", **{**kept, "organization": mine}))
