"""Authorization codes: ten minutes, one use, bound to client, redirect, challenge, resource."""

import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.db import Change, Database, Query, Transaction, insert_of, session_of
from app.domain.clients.known import KnownClient
from app.domain.grants import audience, end, tokens
from app.domain.grants.answers import Denied, SignInFacts, Tokens, invalid_grant
from app.domain.grants.request import AuthorizationRequest
from app.domain.grants.tokens import Family
from app.kit import secrets
from app.models.grants import AuthorizationCode, Grant

LIFE = timedelta(minutes=10)

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636 §4.1


class Presented(NamedTuple):
    """A code as a client brings it back."""

    code: str
    redirect_uri: str | None
    verifier: str | None
    audience: str | None  # path of the resource it names; None: none named


class Code(NamedTuple):
    """A code as it was issued, and the family that begins with it."""

    redirect_uri: str
    challenge: str
    nonce: str | None
    authenticated_at: datetime
    expires_at: datetime
    family: Family


def issue(
    session: Session,
    grant_id: str,
    request: AuthorizationRequest,
    authenticated_at: datetime,
    now: datetime,
) -> str:
    """A code for a grant, told once."""
    code = secrets.mint(tokens.CODE)
    _ISSUE(
        session,
        digest=secrets.digest(code),
        grant_id=grant_id,
        redirect_uri=request.redirect_uri,
        challenge=request.challenge,
        nonce=request.nonce,
        authenticated_at=authenticated_at,
        expires_at=now + LIFE,
        used_at=None,
    )
    return code


def find(where: Session | Database, code: str) -> Code | None:
    """A code as it was issued; asked of the database, before any transaction."""
    return _FIND.one(where, digest=secrets.digest(code))


def redeem(
    where: Transaction, client: KnownClient, code: Code | None, presented: Presented, now: datetime
) -> Tokens | Denied:
    """Tokens for a code; whoever proved to be its client and brings it again ends the grant.

    A grant that ended since the code was found takes with it what is written here.
    """
    if code is None or code.family.client_id != client.id:
        return invalid_grant("This code is unknown, or was issued to another client.")
    wrong = _mismatch(code, presented)
    good_at = audience.narrowed(code.family.audience, presented.audience)
    if wrong or code.expires_at <= now:
        return invalid_grant(wrong or "This code has expired; codes live 10 minutes.")
    if isinstance(good_at, Denied):
        return good_at
    if not _USE_UP(where, of=secrets.digest(presented.code), now=now):  # of many at once, one
        end.grant(session_of(where), code.family.id, "code_replayed", now)
        return invalid_grant("This code was used before; what it gave access to is revoked.")
    if code.family.ended_at is not None:
        return invalid_grant("This connection was ended; ask for approval again.")
    facts = SignInFacts(code.nonce, code.authenticated_at)
    return tokens.mint(where, client, code.family, good_at, facts, now)


def _mismatch(code: Code, presented: Presented) -> str | None:
    """What does not belong to this code; its verifier is what a public client proves itself by."""
    if presented.redirect_uri != code.redirect_uri:
        return "redirect_uri is not the one this code was sent to."
    verifier = presented.verifier or ""
    if not _VERIFIER.fullmatch(verifier) or not secrets.same(challenge(verifier), code.challenge):
        return "code_verifier does not belong to this code's challenge."
    return None


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636 §4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _found(redirect_uri: str, challenge: str, nonce: str | None, *rest: Any) -> Code:
    authenticated_at, expires_at, *family = rest
    return Code(redirect_uri, challenge, nonce, authenticated_at, expires_at, Family(*family))


_ISSUE = Change(insert_of(AuthorizationCode))
_FIND = Query(
    select(
        AuthorizationCode.redirect_uri,
        AuthorizationCode.challenge,
        AuthorizationCode.nonce,
        AuthorizationCode.authenticated_at,
        AuthorizationCode.expires_at,
        *tokens.FAMILY,
    )
    .join(Grant, Grant.id == AuthorizationCode.grant_id)
    .where(AuthorizationCode.digest == bindparam("digest")),
    _found,
)
_USE_UP = Change(
    update(AuthorizationCode)
    .where(AuthorizationCode.digest == bindparam("of"), AuthorizationCode.used_at.is_(None))
    .values(used_at=bindparam("now"))
)
