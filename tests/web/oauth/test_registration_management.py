"""A registration read, changed and ended by its token; what people approved ends with it."""

import pytest

from app.domain import leaks
from app.domain.clients import authenticate, verified
from app.domain.grants import approve
from app.domain.leaks import Report
from app.kit import clock
from app.models.grants import Consent, Grant
from tests import oauth
from tests.factories import member
from tests.web.oauth.registrar import BASE, Registrar

CALLBACK = "http://localhost/callback"


class Registration:
    """One client and what it knows of itself."""

    def __init__(self, registrar, **facts) -> None:
        self.registrar = registrar
        self.told = registrar.register(client_name="An app", **facts).get_json()

    def ask(self, method, token=None, path=None, **more):
        path = path or self.told["registration_client_uri"].removeprefix(BASE)
        token = token or self.told["registration_access_token"]
        return self.registrar.ask(method, path, token=token, **more)

    def put(self, **facts):
        before = {"client_name": "An app", "redirect_uris": [CALLBACK]}
        answer = self.ask("PUT", json={**before, **facts})
        if answer.status_code == 200:
            self.told = answer.get_json()
        return answer

    @property
    def known(self):
        return self.registrar.known(self.told["client_id"])


@pytest.fixture
def registrar(services):
    return Registrar(services)


@pytest.fixture
def registration(registrar):
    return Registration(registrar)


def approved(registration):
    """A person's grant and standing consent; gives the grant's id."""
    services, client, now = registration.registrar.services, registration.known, clock.now()
    who = member(services, verified=True)
    request = oauth.request(client)
    with services.transaction() as session:
        approve.grant(
            session, client, request, oauth.signed_in(who, now), who.organization_id,
            monthly_cap_tokens=None, expires_at=None, now=now,
        )  # fmt: skip
        session.add(
            Consent(
                user_id=who.user_id,
                organization_id=who.organization_id,
                client_id=client.id,
                subject_kind="user",
                scopes="mcp",
                redirect_uri=CALLBACK,
                given_at=now,
                client_revision=client.revision,
            )
        )  # fmt: skip


def standing(registration):
    """How many grants live and how many consents are remembered."""
    with registration.registrar.services.database.reading() as session:
        return (
            session.query(Grant).filter(Grant.ended_at.is_(None)).count(),
            session.query(Consent).count(),
        )


def test_a_registration_is_read_as_it_was_told(registration):
    answer = registration.ask("GET")
    assert answer.status_code == 200
    assert answer.get_json() == registration.told
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_token_changes_on_put_only(registration):
    first = registration.told["registration_access_token"]
    assert registration.ask("GET").get_json()["registration_access_token"] == first
    assert registration.put(client_name="Another").status_code == 200
    second = registration.told["registration_access_token"]
    assert second != first
    assert registration.ask("GET", token=first).status_code == 401
    assert registration.ask("GET").get_json()["client_name"] == "Another"


def test_after_delete_the_token_answers_401_and_the_client_is_unknown(registration):
    assert registration.ask("DELETE").status_code == 204
    assert registration.known is None
    for method in ("GET", "PUT", "DELETE"):
        answer = registration.ask(method, json={"redirect_uris": [CALLBACK]})
        assert (answer.status_code, answer.get_json()["error"]) == (401, "invalid_token")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_nobody_manages_a_registration_without_its_own_token(registrar, registration):
    other = Registration(registrar).told["registration_access_token"]
    for token in (other, "polis_crt_rubbish", registration.told["client_id"]):
        assert registration.ask("GET", token=token).status_code == 401
    path = registration.told["registration_client_uri"].removeprefix(BASE)
    assert registrar.ask("GET", path).status_code == 401
    assert registration.ask("GET", path="/api/oauth/register/unknown").status_code == 401
    assert registration.ask("GET", path="/api/oauth/register/%00").status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uris": ["http://localhost/other"]},
        {"redirect_uris": [CALLBACK, "https://x.example/cb"]},
        {"client_name": "Another app"},
        {"token_endpoint_auth_method": "client_secret_post"},
        {"jwks_uri": "https://x.example/keys"},
    ],
)
def test_another_place_name_method_or_key_ends_every_grant_and_consent(registration, change):
    approved(registration)
    before = registration.known.revision
    assert standing(registration) == (1, 1)
    assert registration.put(**change).status_code == 200
    assert standing(registration) == (0, 0)
    assert registration.known.revision == before + 1


@pytest.mark.parametrize(
    "change", [{"client_name": "Your bank"}, {"redirect_uris": ["https://evil.example/cb"]}]
)
def test_the_operators_word_is_for_the_registration_as_it_was(registration, change):
    with registration.registrar.services.transaction() as session:
        verified.mark(session, registration.told["client_id"], clock.now())
    assert registration.put(software_version="2").status_code == 200
    assert registration.known.verified
    assert registration.put(**change).status_code == 200
    assert not registration.known.verified


def test_a_put_that_changes_none_of_them_ends_nothing(registration):
    approved(registration)
    before = registration.known.revision
    assert registration.put(software_version="2", tos_uri="https://x.example/t").status_code == 200
    assert standing(registration) == (1, 1)
    assert registration.known.revision == before


def test_a_refused_put_changes_nothing(registration):
    approved(registration)
    token = registration.told["registration_access_token"]
    assert registration.put(redirect_uris=["http://evil.com/"]).status_code == 400
    assert registration.put(client_id="polis_ci_other").status_code == 400
    assert standing(registration) == (1, 1)
    assert registration.ask("GET", token=token).get_json() == registration.told


def test_delete_ends_every_grant_and_consent(registration):
    approved(registration)
    registration.ask("DELETE")
    assert standing(registration) == (0, 0)


def test_a_public_client_that_becomes_confidential_is_given_a_secret(registration):
    told = registration.put(token_endpoint_auth_method="client_secret_post").get_json()
    assert proves(registration, told["client_secret"])


def test_a_confidential_client_keeps_its_secret_until_it_becomes_public(registrar):
    registration = Registration(registrar, token_endpoint_auth_method="client_secret_post")
    secret = registration.told["client_secret"]
    kept = registration.put(
        token_endpoint_auth_method="client_secret_post", client_secret=secret, client_name="B"
    )
    assert kept.get_json()["client_secret"] == secret
    assert proves(registration, secret)
    assert "client_secret" not in registration.put(client_name="B").get_json()
    registration.put(token_endpoint_auth_method="client_secret_post", client_name="B")
    assert not proves(registration, secret)


def test_a_put_with_another_secret_is_refused(registrar):
    registration = Registration(registrar, token_endpoint_auth_method="client_secret_post")
    for secret in ("wrong", 7, "polis_cs_" + "x" * 38):
        answer = registration.put(
            token_endpoint_auth_method="client_secret_post", client_secret=secret
        )
        assert answer.get_json()["error"] == "invalid_client_metadata"


@pytest.mark.parametrize("repeated", [False, True])
def test_a_client_whose_secret_was_reported_comes_by_another_and_keeps_its_grants(
    registrar, repeated
):
    method = {"token_endpoint_auth_method": "client_secret_post"}
    registration = Registration(registrar, **method)
    approved(registration)
    dead = registration.told["client_secret"]
    with registrar.services.transaction() as session:
        assert leaks.report(session, dead, Report("a form", ""), clock.now())
    assert not proves(registration, dead)
    said = {**method, "client_secret": dead} if repeated else method
    new = registration.put(**said).get_json()["client_secret"]
    assert proves(registration, new)
    assert not proves(registration, dead)
    assert standing(registration) == (1, 1)
    assert registration.put(**method, client_secret=dead).status_code == 400
    assert "client_secret" not in registration.put(**method).get_json()
    assert proves(registration, new)


def proves(registration, secret):
    presented = authenticate.Presented(
        client_id=registration.told["client_id"], method="client_secret_post", secret=secret
    )
    with registration.registrar.services.transaction() as session:
        try:
            return authenticate.client(session, presented, clock.now()) is not None
        except authenticate.InvalidClient:
            return False
