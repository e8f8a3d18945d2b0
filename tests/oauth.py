"""Clients, approvals and tokens for tests about OAuth."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.bootstrap import Services
from app.domain.clients.find import known
from app.domain.clients.known import KnownClient
from app.domain.grants import approve, codes
from app.domain.grants import refresh as refreshing
from app.domain.grants.answers import Denied, Tokens
from app.domain.grants.codes import Presented
from app.domain.grants.refresh import Rotation
from app.domain.grants.request import AuthorizationRequest
from app.domain.signed_in import SignedIn
from app.kit import clock, ids, secrets
from app.models.clients import Client
from tests.factories import Member

GRACE = timedelta(seconds=30)
REDIRECT = "https://app.example/callback"
VERIFIER = "a-verifier-of-the-tests-that-is-long-enough-0123456789"


@dataclass(frozen=True)
class Approved:
    """A code somebody was just given, and the client it is for."""

    client: KnownClient
    code: str

    def presented(self, **more: Any) -> Presented:
        """The code as its own client brings it back."""
        facts = {"code": self.code, "redirect_uri": REDIRECT, "verifier": VERIFIER}
        return Presented(**({**facts, "audience": None} | more))


def client(services: Services, **more: Any) -> KnownClient:
    """A registered client, public unless asked otherwise."""
    facts: dict[str, Any] = {
        "kind": "registered",
        "name": "An app",
        "redirect_uris": [REDIRECT],
        "auth_methods": "none",
        "grant_types": "authorization_code refresh_token",
        "scopes": "mcp mcp:read openid profile email offline_access",
        "told": {},
        "created_at": clock.now(),
    } | more
    row = Client(id=ids.new("cli"), client_id=secrets.mint("polis_ci_"), revision=1, **facts)
    row.client_credentials = facts.get("client_credentials", False)
    with services.transaction() as session:
        session.add(row)
    return known(row)


def signed_in(who: Member, now: datetime) -> SignedIn:
    """A verified person in front of a browser."""
    return SignedIn("ses_test", who.user_id, "kim@example.com", "Kim", True, now)


def request(app: KnownClient, **more: Any) -> AuthorizationRequest:
    """A checked authorization request of a client."""
    plain = AuthorizationRequest(
        client_id=app.client_id,
        redirect_uri=REDIRECT,
        state="a state",
        scopes=("mcp", "openid", "email"),
        audience=None,
        challenge=codes.challenge(VERIFIER),
        nonce=None,
        subject_kind="user",
        prompt=(),
        max_age=None,
        login_hint=None,
    )
    return plain._replace(**more)


def approved(
    services: Services,
    who: Member,
    app: KnownClient | None = None,
    *,
    now: datetime | None = None,
    cap: int | None = None,
    expires_at: datetime | None = None,
    **more: Any,
) -> Approved:
    """A request somebody approved a moment ago."""
    app, now = app or client(services), now or clock.now()
    person = more.pop("person", None) or signed_in(who, now)
    with services.transaction() as session:
        code = approve.grant(
            session,
            app,
            request(app, **more),
            person,
            who.organization_id,
            monthly_cap_tokens=cap,
            expires_at=expires_at,
            now=now,
        )
    return Approved(app, code)


def redeem(services: Services, given: Approved, **more: Any) -> Tokens | Denied:
    """What the token endpoint decides about a code."""
    now = more.pop("now", None) or clock.now()
    found = codes.find(services.database, given.code)
    with services.transaction() as session:
        return codes.redeem(session, given.client, found, given.presented(**more), now)


def tokens(services: Services, who: Member, app: KnownClient | None = None, **more: Any) -> Tokens:
    """The tokens of a request somebody approved a moment ago."""
    given = approved(services, who, app, **more)
    made = redeem(services, given, now=more.get("now"))
    assert isinstance(made, Tokens), made
    return made


def refresh(services: Services, app: KnownClient, token: str, **more: Any) -> Tokens | Denied:
    """What the token endpoint decides about a refresh token."""
    rule = Rotation(more.get("keys", ("a secret of the tests alone",)), more.get("grace", GRACE))
    shown = refreshing.Presented(token, more.get("scope"), more.get("audience"))
    link = refreshing.find(services.database, token)
    with services.transaction() as session:
        return refreshing.redeem(session, app, link, shown, rule, more.get("now") or clock.now())
