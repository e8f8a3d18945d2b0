"""S30: every secret is replaced while machines restart one after another under load, and nobody fails.

What stands before them passes over a machine that does not listen, as a load balancer does.
"""

import hashlib
import hmac
import json
import time
import urllib.request
from datetime import timedelta
from threading import Lock
from urllib.parse import urlencode

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import BigInteger, func, select, type_coerce, update

from app import bootstrap
from app.adapters.stripe.client import API_VERSION
from app.models.grants import SigningKey
from tests import invariants, oauth
from tests.databases import DATABASES
from tests.factories import member, settings_for
from tests.flows.person import Person
from tests.oauth import REDIRECT, VERIFIER
from tests.prove.front import fronting
from tests.prove.load import under_load
from tests.prove.machines import Fleet
from tests.rounds import rounds
from tests.served import free_port, rpc

OLD, NEW = "the-secret-of-yesterday-long-enough", "the-secret-of-tomorrow-long-enough"
TOLD, TOLD_ANEW = "whsec_yesterday", "whsec_tomorrow"
STAGES = (  # what each machine is told, and with what Stripe signs meanwhile
    ({"secret_key": f"{OLD},{NEW}", "stripe_webhook_secret": f"{TOLD},{TOLD_ANEW}"}, (TOLD,)),
    ({"secret_key": f"{NEW},{OLD}"}, (TOLD, TOLD_ANEW)),
    ({"secret_key": NEW, "stripe_webhook_secret": TOLD_ANEW}, (TOLD_ANEW,)),
)
PEOPLE = 4
EMAIL, PASSWORD = "kim@example.com", "seven paper boats in harbour"


@pytest.fixture(params=DATABASES)
def fleet(request, copies, tmp_path):
    url, port = copies.fresh(request.param, tmp_path), free_port()
    facts = {
        "base_url": f"http://127.0.0.1:{port}", "secret_key": OLD, "stripe_webhook_secret": TOLD,
        "stripe_secret_key": "sk_test_1", "trial_tokens_per_day": "1000",
    }  # fmt: skip
    with (
        Fleet(url, tmp_path, webs=2, workers=1, **facts) as running,
        fronting(port, [web.port for web in running.webs]) as front,
    ):
        running.front = front
        yield running


class World:
    """Everybody who has something that a secret of ours vouches for."""

    def __init__(self, fleet):
        self.fleet, self.front, self.signs = fleet, fleet.front, (TOLD,)
        facts = {"secret_key": (OLD,), "stripe_secret_key": "sk_test_1"}
        self.services = bootstrap.build(settings_for(fleet.database_url, fleet.folder, **facts))
        self.who = member(self.services, verified=True)
        self.client = oauth.client(self.services)
        self.held = [self._connected() for _ in range(PEOPLE)]
        self._locks = [Lock() for _ in self.held]
        fleet.polis("user", "create", "--email", EMAIL, "--password", PASSWORD, "--verified")
        self.kim = self.signs_in()

    def request(self, number):
        """Each kind in its turn; signing in is slow on purpose, and seldom."""
        if number % 50 == 0:
            self.signs_in()
        kinds = (self.calls, self.refreshes, self.exchanges, self.tells, self.looks)
        kinds[number % len(kinds)](number)

    def calls(self, _number):
        assert "result" in rpc(self.front.url, self.who.key, "ping", {})

    def refreshes(self, number):
        place = number // 5 % PEOPLE
        with self._locks[place]:
            form = {"grant_type": "refresh_token", "refresh_token": self.held[place]}
            self.held[place] = self._token(**form)["refresh_token"]

    def exchanges(self, _number):
        """A code, and an id_token that the key set of this moment vouches for."""
        given = oauth.approved(self.services, self.who, self.client, scopes=("openid", "mcp"))
        made = self._token(
            grant_type="authorization_code", code=given.code, redirect_uri=REDIRECT,
            code_verifier=VERIFIER,
        )  # fmt: skip
        keys = json.loads(self._page("/.well-known/jwks.json"))
        jwt.decode(made["id_token"], KeySet.import_key_set(keys), algorithms=["RS256"])

    def tells(self, number):
        """A notice of Stripe's, signed by all secrets it knows just now."""
        about = {"type": "nothing.happened", "livemode": False, "api_version": API_VERSION}
        told = {"id": f"evt_{number}", "created": int(time.time()), **about}
        body = json.dumps({**told, "data": {"object": {"livemode": False}}})
        moment = str(int(time.time()))
        signed = (hmac.digest(k.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hex() for k in self.signs)  # fmt: skip
        marks = ",".join([f"t={moment}", *(f"v1={each}" for each in signed)])
        self._page("/webhooks/stripe", body, Stripe_Signature=marks)

    def looks(self, _number):
        """Somebody who signed in before all this is signed in still."""
        assert self.kim.open("/app/").status_code == 200

    def signs_in(self):
        """The form of one machine is taken at the other."""
        kim = Person(self.front)
        assert kim.fill("/login", email=EMAIL, password=PASSWORD).status_code == 303
        return kim

    def days_pass(self, days):
        """For the keys that sign id_tokens."""
        columns = (SigningKey.created_at, SigningKey.signs_until, SigningKey.told_until)
        passed = timedelta(days=days) // timedelta(milliseconds=1)
        earlier = {each.key: type_coerce(each, BigInteger) - passed for each in columns}
        with self.services.database.transaction() as session:
            session.execute(update(SigningKey).values(earlier))

    def _connected(self):
        return oauth.tokens(self.services, self.who, self.client, scopes=("mcp",)).refresh_token

    def _token(self, **form):
        body = urlencode({"client_id": self.client.client_id, **form})
        return json.loads(self._page("/api/oauth/token", body))

    def _page(self, path, body=None, **headers):
        named = {name.replace("_", "-"): each for name, each in headers.items()}
        data = None if body is None else body.encode()
        request = urllib.request.Request(self.front.base + path, data, named)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()


def test_s30_every_secret_is_replaced_under_load_without_one_failure(fleet, measured):
    world = World(fleet)
    with under_load(world.request) as load:
        for settings, signs in STAGES:
            fleet.set(**settings)
            for machine in (*fleet.workers, *fleet.webs):
                load.after(rounds(200))
                machine.restart()
            world.signs = signs
            world.days_pass(50)  # so that keys of id_tokens follow each other under all this
            load.after(rounds(500))
    measured("S30", "requests while every secret is replaced", len(load.answered))
    measured("S30", "of those, requests that failed", len(load.failed) + load.turned_away)
    assert (load.failed, load.turned_away) == ([], 0)
    with world.services.database.reading() as session:
        made = select(func.count()).select_from(SigningKey)
        assert session.scalar(made.where(SigningKey.algorithm == "RS256")) >= 2
    invariants.check(world.services.database)
    world.services.database.dispose()
