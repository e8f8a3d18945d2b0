"""What an account does whose address nobody has confirmed, as the letter to that address says."""

from tests import oauth
from tests.tools.installation import HELLO
from tests.web.keys.test_keys import agent, secret
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
