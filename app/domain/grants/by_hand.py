"""Approvals without a browser: tokens and codes for tests and benches, made as any others are."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.accounts import Person
from app.domain.clients import find, register
from app.domain.clients.known import KnownClient
from app.domain.grants import approve, codes, scopes
from app.domain.grants.answers import Denied, Tokens
from app.domain.grants.codes import Presented
from app.domain.grants.request import AuthorizationRequest
from app.domain.signed_in import SignedIn
from app.kit import secrets

REDIRECT_URI = "http://127.0.0.1/callback"

_NAME = "Tokens by hand"
_VERIFIER = "pkce_"  # its letters are all unreserved (RFC 7636 §4.1)


class Connecting(NamedTuple):
    """A client nobody runs, the person it is connected for, and what its codes are proved by."""

    client: KnownClient
    person: Person
    verifier: str


def client(session: Session, person: Person, now: datetime) -> Connecting:
    """Register a public client of its own, so that no other client's grants are touched."""
    asked = {"client_name": _NAME, "redirect_uris": [REDIRECT_URI]}
    made = register.register(session, asked, own_host="", address="127.0.0.1", now=now)
    known = find.by_client_id(session, made.client_id)
    assert known is not None  # it was made two lines above
    return Connecting(known, person, secrets.mint(_VERIFIER))


def code(session: Session, of: Connecting, now: datetime) -> str:
    """A code nobody has used, of a grant of its own."""
    return approve.grant(
        session,
        of.client,
        _request(of),
        _operator(of.person, now),
        of.person.organization_id,
        monthly_cap_tokens=None,
        expires_at=None,
        now=now,
    )


def tokens(session: Session, of: Connecting, now: datetime) -> Tokens:
    """What such a code is exchanged for."""
    presented = Presented(code(session, of, now), REDIRECT_URI, of.verifier, None)
    found = codes.find(session, presented.code)
    made = codes.redeem(session, of.client, found, presented, now)
    assert not isinstance(made, Denied)  # the code is a moment old, and all of it fits
    return made


def _request(of: Connecting) -> AuthorizationRequest:
    asked = scopes.asked_by(of.client, None)
    assert not isinstance(asked, Denied)  # nothing was asked for by name
    return AuthorizationRequest(
        client_id=of.client.client_id,
        redirect_uri=REDIRECT_URI,
        state=None,
        scopes=asked,
        audience=None,
        challenge=codes.challenge(of.verifier),
        nonce=None,
        subject_kind="user",
        prompt=(),
        max_age=None,
        login_hint=None,
    )


def _operator(person: Person, now: datetime) -> SignedIn:
    """Whoever runs the command stands in for the person, whose address need not be proved."""
    return SignedIn("", person.user_id, person.email, "", verified=True, authenticated_at=now)
