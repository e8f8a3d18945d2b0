"""id_tokens: who approved, for the one client that exchanged the code (OpenID Connect Core §2)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import keyset
from app.domain.clients.known import KnownClient
from app.domain.grants import userinfo
from app.domain.grants.answers import SignInFacts, Tokens
from app.models.clients import Client
from app.models.grants import SigningKey

LIFE = timedelta(hours=1)


def claims(
    session: Session,
    issuer: str,
    client: KnownClient,
    made: Tokens,
    facts: SignInFacts,
    now: datetime,
) -> dict[str, Any]:
    """What an id_token says."""
    told = userinfo.claims(session, made.grant_id, made.scopes) | {
        "iss": issuer,
        "aud": client.client_id,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFE).timestamp()),
        "auth_time": int(facts.authenticated_at.timestamp()),
    }
    return told if facts.nonce is None else told | {"nonce": facts.nonce}


def signer(session: Session, client: KnownClient, now: datetime) -> SigningKey:
    """The key in the algorithm the client registered; RS256 where it named none."""
    told = session.scalar(select(Client.told).where(Client.id == client.id)) or {}
    wished = told.get("id_token_signed_response_alg")
    known = wished if wished in keyset.ALGORITHMS else keyset.ALGORITHMS[0]
    return keyset.signer(session, known, now)
