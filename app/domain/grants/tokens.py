"""Access and refresh tokens: opaque, written down as digests, alive while their grant is."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.clients.known import KnownClient
from app.domain.grants.answers import SignInFacts, Tokens
from app.kit import secrets
from app.models.grants import AccessToken, Grant, RefreshToken

CODE, ACCESS, REFRESH = "polis_ac_", "polis_at_", "polis_rt_"
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
    refresh = secrets.mint(REFRESH) if "refresh_token" in client.grant_types else None
    access = secrets.mint(ACCESS)
    made = write(session, client, grant, access, refresh, grant.scopes, audience, now)
    return made._replace(signed_in=signed_in)


def write(
    session: Session,
    client: KnownClient,
    grant: Grant,
    access: str,
    refresh: str | None,
    scopes: str,
    audience: str | None,
    now: datetime,
) -> Tokens:
    """Write tokens down and answer them; an access token never outlives its grant."""
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
    if refresh is not None:
        session.add(
            RefreshToken(
                digest=secrets.digest(refresh),
                grant_id=grant.id,
                scopes=scopes,
                last_four=refresh[-4:],
                created_at=now,
            )
        )
    session.flush()
    return Tokens(grant.id, access, refresh, left(ends, now), tuple(scopes.split()), None)


def left(ends: datetime, now: datetime) -> int:
    """Whole seconds until a moment."""
    return max(0, int((ends - now).total_seconds()))


def _life(client: KnownClient) -> timedelta:
    seconds = client.access_life_s
    return ACCESS_LIFE if seconds is None else min(ACCESS_LIFE, timedelta(seconds=seconds))
