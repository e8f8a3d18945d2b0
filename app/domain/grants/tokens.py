"""Access and refresh tokens: opaque, written down as digests, alive while their grant is."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.clients.known import KnownClient
from app.domain.grants.answers import SignInFacts, Tokens
from app.kit import secrets
from app.models.grants import AccessToken, Grant, RefreshToken

CODE, ACCESS, REFRESH, DEVICE = "polis_ac_", "polis_at_", "polis_rt_", "polis_dc_"
ACCESS_LIFE = timedelta(days=30)


def mint(
    session: Session,
    client: KnownClient,
    grant: Grant,
    audience: str | None,
    signed_in: SignInFacts,
    now: datetime,
) -> Tokens:
    """The first tokens of a grant; a client registered without refreshing gets none for it."""
    made = write(session, client, grant, secrets.mint(ACCESS), grant.scopes, audience, now)
    made = made._replace(signed_in=signed_in)
    if "refresh_token" not in client.grant_types:
        return made
    refresh = secrets.mint(REFRESH)
    session.add(link(grant, refresh, now))
    return made._replace(refresh_token=refresh)


def write(
    session: Session,
    client: KnownClient,
    grant: Grant,
    access: str,
    scopes: str,
    audience: str | None,
    now: datetime,
) -> Tokens:
    """Write an access token down and answer it; it never outlives its grant."""
    ends = min(now + _life(client), grant.expires_at)
    session.add(
        AccessToken(
            digest=secrets.digest(access),
            grant_id=grant.id,
            scopes=scopes,
            audience=audience,
            last_four=access[-4:],
            created_at=now,
            expires_at=ends,
        )
    )
    return Tokens(grant.id, access, None, left(ends, now), tuple(scopes.split()), None)


def link(grant: Grant, token: str, now: datetime, previous: bytes | None = None) -> RefreshToken:
    """A link of a grant's chain; narrowing is for access tokens alone (RFC 6749 §6)."""
    return RefreshToken(
        digest=secrets.digest(token),
        grant_id=grant.id,
        scopes=grant.scopes,
        last_four=token[-4:],
        created_at=now,
        previous=previous,
    )


def left(ends: datetime, now: datetime) -> int:
    """Whole seconds until a moment."""
    return max(0, int((ends - now).total_seconds()))


def _life(client: KnownClient) -> timedelta:
    seconds = client.access_life_s
    return ACCESS_LIFE if seconds is None else min(ACCESS_LIFE, timedelta(seconds=seconds))
