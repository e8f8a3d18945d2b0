"""What an account does whose address nobody has confirmed, as the letter to that address says."""

import re

import pytest

from tests import oauth
from tests.tools.installation import HELLO
from tests.web.keys.test_keys import agent, secret
from tests.web.member import said
from tests.web.oauth.visitor import address


def test_it_tries_with_a_test_key_and_connects_invites_and_buys_nothing(polis, someone, email):
    someone.sign_up(email)
    letter = " ".join(someone.letter(email).body.split())
    assert "can try Polis with a test key, but connect no app, invite nobody and buy" in letter
    someone.sign_in(email)
    someone.open("/app/keys")
    tried, real = (
        agent(polis, secret(someone.send("/app/keys", name="k", book=book)))
        for book in ("test", "live")
    )
    polis.complete_run(tried)
    assert real.refusal("polis_test", **HELLO)["code"] == "not_enough_tokens"
    asked = someone.open(address(oauth.client(polis.services)))
    assert (asked.status_code, "decision" in asked.text) == (403, False)
    someone.open("/app/team")
    invited = someone.send("/app/team/invitations", email="x@example.com", role="member")
    assert invited.status_code == 403
    bought = someone.send("/app/billing/buy", item="pack:small")
    assert "Confirm your e-mail address before you buy." in bought.text
    offered = real.refusal("polis_topup", pack="small")["message"]
    assert "has confirmed an e-mail address yet." in offered


@pytest.mark.parametrize("path", ["/app/", "/app/new"])
def test_it_is_told_to_confirm_and_not_to_buy_what_it_may_not(someone, email, path):
    someone.sign_up(email)
    someone.sign_in(email)
    page = said(someone.open(path))
    assert "Your address is not confirmed yet." in page
    assert "Buy tokens" not in page
    assert "No tokens are left." not in page
    someone.press(someone.link(email))
    assert "No tokens are left." not in said(someone.open(path))  # the trial has come


def test_it_is_not_sent_to_billing_where_tokens_are_missing(someone, email):
    someone.sign_up(email)
    someone.sign_in(email)
    someone.open("/app/new")
    refused = someone.send("/app/new", do="start", text="Hello", content_type="text")
    assert refused.status_code == 402
    assert "Trial tokens come once your address is confirmed" in said(refused)
    assert "Ask an owner" not in said(refused)
    assert re.findall(r'<a href="/app/billing">[^<]*tokens', refused.text) == []
