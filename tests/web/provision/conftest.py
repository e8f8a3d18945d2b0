"""The installation these tests talk to, an agent without anything, and its person."""

import json

import pytest

from app.domain import wallets
from app.domain.wallets import Wallet
from app.kit import clock
from tests.factories import Member
from tests.tools.installation import inline, polis, standing
from tests.web.account.browser import Visitor
from tests.web.fixtures import email, limited

__all__ = ["email", "inline", "limited", "polis", "standing"]


class Asking:
    """Asks an installation for a key."""

    def __init__(self, polis, peer="192.0.2.1"):
        self.polis, self.peer = polis, peer
        self._http = polis.app.test_client(use_cookies=False)

    def send(self, body, content_type="application/json", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._http.post(
            "/api/provision", data=data, content_type=content_type, headers=headers,
            base_url="http://127.0.0.1:8000", environ_overrides={"REMOTE_ADDR": self.peer},
        )  # fmt: skip

    def key(self, email):
        """What a first request is given."""
        answer = self.send({"email": email})
        assert answer.status_code == 201, answer.text
        self.polis.organizations.append(answer.json["organization_id"])
        return answer.json

    def agent(self, given):
        """The agent that holds a given key."""
        return self.polis.as_(Member("", given["organization_id"], given["api_key"], ""))


def trial_of(polis, organization_ids):
    """The trial tokens of all of them together."""
    mode = polis.services.settings.payment_mode
    with polis.services.database.reading() as session:
        return sum(
            wallets.standing(session, Wallet(each, "live", mode), clock.now()).trial
            for each in organization_ids
        )


@pytest.fixture
def asking(polis):
    return Asking(polis)


@pytest.fixture
def person(polis):
    """The person of the address, in front of a browser."""
    return Visitor(polis, peer="198.51.100.7")
