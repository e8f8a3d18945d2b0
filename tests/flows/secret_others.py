"""Everybody an operator's secrets are for, switched on: payments, a model, mail, other sign-ins.

Each is given its secret, and then has trouble with it, and says again what it was told.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.adapters.fetch.wire import certificate_for, server_tls
from tests.adapters.mail.post_office import ENCRYPTED, PostOffice
from tests.fake_models.process import FakeModels
from tests.fake_stripe.control.deliveries import post
from tests.fake_stripe.control.signing import Signing
from tests.fake_stripe.process import FakeStripe
from tests.fake_stripe.selling import visit
from tests.flows.person import Person
from tests.served import Served, rpc
from tests.waiting import until

OPERATORS = {
    "stripe_secret_key": "sk_live_canaryOfTheOperator0123456789",  # play money meets no model
    "stripe_webhook_secret": "whsec_canaryOfTheOperator0123456789",
    "engine_api_key": "canary-model-key-5b1e0c7d2f",
    "smtp_password": "canary smtp word over nine hills",
    "github_client_secret": "canary-github-secret-0f31aa92",
    "google_client_secret": "canary-google-secret-77bd1e04",
    "metrics_token": "canary-metrics-token-19fe2c66",
}
_SHOWN = b64encode(f"\0polis\0{OPERATORS['smtp_password']}".encode()).decode()  # on its wire
_ELSEWHERE = ("github", "google")


class Others(NamedTuple):
    """Those who know a secret of the operator's."""

    stripe: FakeStripe
    models: FakeModels
    office: PostOffice
    certificate: Path

    def serving(self, url: str, folder: Path) -> Served:
        """An installation that has every part switched on."""
        served = Served(url, folder, web_processes="1", worker_processes="1", **self._settings())
        served.environment["SSL_CERT_FILE"] = str(self.certificate)  # whom that machine believes
        return served

    def box(self, email: str) -> str:
        """The letters somebody got, the latest first."""
        taken = [message_from_string(each, policy=policy.default) for each in self.office.taken]
        mine = [each for each in reversed(taken) if each["To"] == email]
        return "\n".join(f"{each['Subject']}\n{each.get_content()}" for each in mine)

    def _settings(self) -> dict[str, str]:
        model = {name: str(value) for name, value in self.models.facts().items()}
        return {
            **model, "billing": "stripe", "stripe_api_base": self.stripe.base,
            "smtp_host": "localhost", "smtp_port": str(self.office.port), "smtp_user": "polis",
            **{f"{each}_client_id": f"our-{each}-app" for each in _ELSEWHERE},
            "fetch_denied": "0.0.0.0/0,::/0",  # whoever is elsewhere is told none of this
            **OPERATORS,
        }  # fmt: skip


@contextmanager
def everybody(folder: Path) -> Iterator[Others]:
    """All of them, each as a process or a thread of its own."""
    certificate = certificate_for("localhost", folder)
    with (
        FakeStripe(live=True) as stripe,
        FakeModels() as models,
        PostOffice(offers=ENCRYPTED, tls=server_tls(certificate)) as office,
    ):
        models.control.manners(key=OPERATORS["engine_api_key"])
        yield Others(stripe, models, office, certificate)


def opened(kim: Person) -> None:
    """What an operator does before anybody comes."""
    kim.keep("operator", *OPERATORS.values(), _SHOWN)
    assert kim.served.polis("setup-stripe")["mode"] == "stripe_live"


def troubled(kim: Person, others: Others, key: str, email: str) -> None:
    """Each secret is used, and refused by whoever it is for."""
    _pays(kim, others, key)
    _has_a_model_asked(kim, others, key)
    for each in _ELSEWHERE:
        _comes_back(kim, each)
    _is_written_to(kim, others, email)


def _pays(kim: Person, others: Others, key: str) -> None:
    """At Stripe, which fails first; then a notice in another's name, and all in its own."""
    others.stripe.control.fault(kind="500", path="/v1/checkout/*", times=10)
    assert _buys(kim, key)["error"]["code"] == "payments_unavailable"
    others.stripe.control.let_calls_go()
    assert visit(_buys(kim, key)["pay_url"], action="pay")[0] == 303
    happened = others.stripe.client().v1.events.list().data
    for secret, status in (("wrong", 400), ("current", 200)):
        for event in happened:
            body = json.dumps(event.to_dict(), default=str).encode()
            by = Signing(secret).header([OPERATORS["stripe_webhook_secret"]], body, event.created)
            assert post(f"{kim.served.base}/webhooks/stripe", body, by)["status"] == status


def _buys(kim: Person, key: str) -> dict:
    asked = {"name": "polis_topup", "arguments": {"pack": "small", "idempotency_key": "canary"}}
    return rpc(kim.served.url, key, "tools/call", asked)["result"]["structuredContent"]


def _has_a_model_asked(kim: Person, others: Others, key: str) -> None:
    """It plays a panel for our key; it would not for another, and says ours again."""
    assert ran(kim, key, "canary played")["status"] == "complete"
    assert others.models.calls, "nobody asked the model"
    others.models.control.manners(key="another")
    _ordered(kim, key, "canary refused")
    until(lambda: "Denied" in kim.served.log)  # the run is tried again, and nobody waits for it


def ran(kim: Person, key: str, name: str) -> dict:
    """A run of somebody's that has ended, by the name of its request."""
    told = _ordered(kim, key, name)
    while not told.get("done"):
        told = kim.served.call("polis_status", {"run_id": told["run_id"], "wait_s": 20}, key)
    return told


def _ordered(kim: Person, key: str, name: str) -> dict:
    call = {"content_type": "text", "content": "Hello", "persona_count": 10}
    return kim.served.call("polis_test", {**call, "idempotency_key": name}, key)


def _comes_back(kim: Person, provider: str) -> None:
    """From where they would sign in; nobody there can be asked who they are."""
    there = kim.open(f"/login/with/{provider}").headers["Location"]
    back = {"code": "canary-code", "state": parse_qs(urlsplit(there).query)["state"][0]}
    page = kim.open(f"/login/with/{provider}/callback?{urlencode(back)}")
    assert page.status_code == 403, page.text
    assert "provider.not_told" in kim.served.log


def _is_written_to(kim: Person, others: Others, email: str) -> None:
    """By a mail server that took us in all the time, and now says our password again."""
    assert set(others.office.shown) == {f"AUTH PLAIN {_SHOWN}"}
    others.office.answer_to_auth = "535 {line} is not known"
    assert kim.fill("/login?again=1", email=email, how="link").status_code == 200
    until(lambda: "The mail server answered 535" in kim.served.log)
