"""Authorization codes: ten minutes, one use, bound to client, redirect, challenge, resource."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.db import changed
from app.domain.clients.known import KnownClient
from app.domain.grants import audience, end, tokens
from app.domain.grants.answers import Denied, SignInFacts, Tokens, invalid_grant
from app.domain.grants.request import AuthorizationRequest
from app.kit import secrets
from app.models.grants import AuthorizationCode, Grant

LIFE = timedelta(minutes=10)


class Presented(NamedTuple):
    """A code as a client brings it back."""

    code: str
    redirect_uri: str | None
    verifier: str | None
    audience: str | None  # path of the resource it names; None: none named


def issue(
    session: Session,
    grant_id: str,
    request: AuthorizationRequest,
    authenticated_at: datetime,
    now: datetime,
) -> str:
    """A code for a grant, told once."""
    code = secrets.mint(tokens.CODE)
    session.add(
        AuthorizationCode(
            digest=secrets.digest(code),
            grant_id=grant_id,
            redirect_uri=request.redirect_uri,
            challenge=request.challenge,
            nonce=request.nonce,
            authenticated_at=authenticated_at,
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return code


def redeem(
    session: Session, client: KnownClient, presented: Presented, now: datetime
) -> Tokens | Denied:
    """Tokens for a code; whoever proved to be its client and brings it again ends the grant."""
    found = session.execute(
        select(AuthorizationCode, Grant)
        .join(Grant, Grant.id == AuthorizationCode.grant_id)
        .where(AuthorizationCode.digest == secrets.digest(presented.code))
    ).first()
    if found is None or found[1].client_id != client.id:
        return invalid_grant("This code is unknown, or was issued to another client.")
    code, grant = found
    wrong = _mismatch(code, presented)
    good_at = audience.narrowed(grant.audience, presented.audience)
    if wrong or code.expires_at <= now:
        return invalid_grant(wrong or "This code has expired; codes live 10 minutes.")
    if isinstance(good_at, Denied):
        return good_at
    if not _use_up(session, code, now):
        end.grant(session, grant.id, "code_replayed", now)
        return invalid_grant("This code was used before; what it gave access to is revoked.")
    if grant.ended_at is not None:
        return invalid_grant("This connection was ended; ask for approval again.")
    facts = SignInFacts(code.nonce, code.authenticated_at)
    return tokens.mint(session, client, grant, good_at, facts, now)


def _mismatch(code: AuthorizationCode, presented: Presented) -> str | None:
    """What does not belong to this code; its verifier is what a public client proves itself by."""
    if presented.redirect_uri != code.redirect_uri:
        return "redirect_uri is not the one this code was sent to."
    if presented.verifier is None or not secrets.same(
        challenge(presented.verifier), code.challenge
    ):
        return "code_verifier does not belong to this code's challenge."
    return None


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636 §4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _use_up(session: Session, code: AuthorizationCode, now: datetime) -> bool:
    """One statement finds a code unused and uses it: of many at once, one."""
    unused = update(AuthorizationCode).where(
        AuthorizationCode.digest == code.digest, AuthorizationCode.used_at.is_(None)
    )
    return changed(session, unused.values(used_at=now)) == 1
